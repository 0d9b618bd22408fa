package org.relupath.spark.ml;

import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.relupath.spark.ml.param.ConvexReluSetters;
import org.relupath.spark.ml.param.KeyParams;

/**
 * Globally optimal two-layer ReLU networks of classes, by the squared error against -1 and +1: one
 * network of two classes, whose score says which; of K more one for each class against all others,
 * of which the largest score says which. Each is optimal as {@link ConvexReluRegressor} has it.
 *
 * <p>Labels are 0, 1, ..., K-1, all of them among the rows. Ratios of lambda are shares of the
 * largest lambda_max of the classes.
 *
 * <p>Probabilities are scaled (Platt) on the scores of 5-fold cross-validation, which costs five
 * more solves a lambda: only where {@code probabilityCol} has a name, which it has not unless it is
 * given one.
 */
public final class ConvexReluClassifier
    extends ProbabilisticClassifier<Vector, ConvexReluClassifier, ConvexReluClassificationModel>
    implements ConvexReluSetters<ConvexReluClassifier>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** No initialiser: super constructors ask for it first. */
  private final String uid;

  private final transient Fits fits;

  /** With an identifier of its own. */
  public ConvexReluClassifier() {
    this(Identifiable$.MODULE$.randomUID("convexReluClassifier"));
  }

  /** With a given identifier. */
  public ConvexReluClassifier(String uid) {
    this(new StageId(uid), new Fits());
    KeyParams.setDefaults(this);
    setDefault(probabilityCol(), "");
  }

  private ConvexReluClassifier(StageId id, Fits fits) {
    this.uid = id.uid();
    this.fits = fits;
  }

  @Override
  public String uid() {
    return StageId.of(uid);
  }

  /** {@code balanced} lets the rows of a class and those of all others weigh the same in a fit. */
  public Param<String> classWeights() {
    return KeyParams.choice(this, "class-weights");
  }

  /** The value of {@link #classWeights}. */
  public String getClassWeights() {
    return getOrDefault(classWeights());
  }

  /** See {@link #classWeights}. */
  public ConvexReluClassifier setClassWeights(String value) {
    set(classWeights(), value);
    return this;
  }

  @Override
  public ConvexReluClassificationModel train(Dataset<?> rows) {
    boolean probabilities = !getProbabilityCol().isEmpty();
    if (isDefined(thresholds()) && !probabilities) {
      throw new IllegalArgumentException(
          "thresholds: are of probabilities, expected a probabilityCol as well");
    }
    FitSettings settings = FitSettings.ofClasses(this, probabilities);
    FittedPath path = Fits.of(fits).fit(rows, settings, true);
    return new ConvexReluClassificationModel(uid, path);
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
  public ConvexReluClassifier copy(ParamMap extra) {
    return copyValues(new ConvexReluClassifier(new StageId(uid), fits), extra);
  }

  /** Reads one that was saved. */
  public static MLReader<ConvexReluClassifier> read() {
    return new Reading().read();
  }

  /** Reads one that was saved in a folder. */
  public static ConvexReluClassifier load(String path) {
    return read().load(path);
  }

  private static final class Reading implements DefaultParamsReadable<ConvexReluClassifier> {}
}
