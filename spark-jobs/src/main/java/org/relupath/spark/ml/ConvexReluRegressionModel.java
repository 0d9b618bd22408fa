package org.relupath.spark.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.relupath.spark.ml.param.KeyParams;

/** The network that a {@link ConvexReluRegressor} has fitted; it takes raw features. */
public final class ConvexReluRegressionModel
    extends RegressionModel<Vector, ConvexReluRegressionModel>
    implements ConvexReluModel, MLWritable {
  private static final long serialVersionUID = 1;

  /** No initialiser: super constructors ask for it first. */
  private final String uid;

  private final FittedPath path;

  /** Without networks, for those who look up what a stage is called. */
  public ConvexReluRegressionModel() {
    this(Identifiable$.MODULE$.randomUID("convexReluRegressionModel"), null);
  }

  ConvexReluRegressionModel(String uid, FittedPath path) {
    this(new StageId(uid), path);
    KeyParams.setDefaults(this);
  }

  private ConvexReluRegressionModel(StageId id, FittedPath path) {
    this.uid = id.uid();
    this.path = path;
  }

  @Override
  public String uid() {
    return StageId.of(uid);
  }

  @Override
  public FittedPath path() {
    return path;
  }

  /** Predictions; with {@link #describe} the model's own texts instead. */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    return isSet(describe()) ? ModelTexts.of(this, rows) : super.transform(rows);
  }

  @Override
  public int numFeatures() {
    return path.features();
  }

  @Override
  public double predict(Vector features) {
    return path.scores(features, getFeaturesCol())[0];
  }

  @Override
  public ConvexReluRegressionModel copy(ParamMap extra) {
    ConvexReluRegressionModel copy = new ConvexReluRegressionModel(uid, path);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return ModelFile.writer(this, path);
  }

  /** Reads one that was saved. */
  public static MLReader<ConvexReluRegressionModel> read() {
    return ModelFile.reader(ConvexReluRegressionModel.class, ConvexReluRegressionModel::new);
  }

  /** Reads one that was saved in a folder. */
  public static ConvexReluRegressionModel load(String folder) {
    return read().load(folder);
  }
}
