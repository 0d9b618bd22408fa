package org.relupath.spark.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.relupath.spark.ml.param.ConvexReluSetters;
import org.relupath.spark.ml.param.KeyParams;

/**
 * The globally optimal two-layer ReLU network of numbers:
 *
 * <pre>minimise  1/(2n) sum_r (f(x_r) - y_r)^2 + lambda/2 sum_j (||W_j||^2 + a_j^2),
 *           f(x) = sum_j (x'W_j)_+ a_j</pre>
 *
 * <p>by its convex program, over the activation patterns that {@code gateSource} gives, with a
 * certificate. lambda is {@link #regParam}, or a share {@link #lambdaRatio} of the smallest lambda
 * whose network is zero.
 */
public final class ConvexReluRegressor
    extends Regressor<Vector, ConvexReluRegressor, ConvexReluRegressionModel>
    implements ConvexReluSetters<ConvexReluRegressor>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** No initialiser: super constructors ask for it first. */
  private final String uid;

  private final transient Fits fits;

  /** With an identifier of its own. */
  public ConvexReluRegressor() {
    this(Identifiable$.MODULE$.randomUID("convexReluRegressor"));
  }

  /** With a given identifier. */
  public ConvexReluRegressor(String uid) {
    this(new StageId(uid), new Fits());
    KeyParams.setDefaults(this);
  }

  private ConvexReluRegressor(StageId id, Fits fits) {
    this.uid = id.uid();
    this.fits = fits;
  }

  @Override
  public String uid() {
    return StageId.of(uid);
  }

  @Override
  public ConvexReluRegressionModel train(Dataset<?> rows) {
    FittedPath path = Fits.of(fits).fit(rows, FitSettings.ofNumbers(this), false);
    return new ConvexReluRegressionModel(uid, path);
  }

  /**
   * Lambdas that this estimator and its copies have solved so far, rungs of ladders among them, of
   * every output.
   */
  public int solves() {
    return fits == null ? 0 : fits.solves();
  }

  /** A copy that shares what this one has solved. */
  @Override
  public ConvexReluRegressor copy(ParamMap extra) {
    return copyValues(new ConvexReluRegressor(new StageId(uid), fits), extra);
  }

  /** Reads one that was saved. */
  public static MLReader<ConvexReluRegressor> read() {
    return new Reading().read();
  }

  /** Reads one that was saved in a folder. */
  public static ConvexReluRegressor load(String path) {
    return read().load(path);
  }

  private static final class Reading implements DefaultParamsReadable<ConvexReluRegressor> {}
}
