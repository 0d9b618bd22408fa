package org.relupath.spark.ml;

import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.relupath.spark.ml.param.KeyParams;
import scala.Tuple3;

/**
 * The networks that a {@link ConvexReluClassifier} has fitted; they take raw features. The raw
 * prediction is the scores: of two classes (-f(x), f(x)), of more one a class.
 */
public final class ConvexReluClassificationModel
    extends ProbabilisticClassificationModel<Vector, ConvexReluClassificationModel>
    implements ConvexReluModel, MLWritable {
  private static final long serialVersionUID = 1;

  /** No initialiser: super constructors ask for it first. */
  private final String uid;

  private final FittedPath path;

  /** Without networks, for those who look up what a stage is called. */
  public ConvexReluClassificationModel() {
    this(Identifiable$.MODULE$.randomUID("convexReluClassificationModel"), null);
  }

  ConvexReluClassificationModel(String uid, FittedPath path) {
    this(new StageId(uid), path);
    KeyParams.setDefaults(this);
    setDefault(probabilityCol(), "");
  }

  private ConvexReluClassificationModel(StageId id, FittedPath path) {
    this.uid = id.uid();
    this.path = path;
  }

  @Override
  public String uid() {
    return StageId.of(uid);
  }

  /** See {@link ConvexReluClassifier#classWeights}. */
  public Param<String> classWeights() {
    return KeyParams.choice(this, "class-weights");
  }

  @Override
  public FittedPath path() {
    return path;
  }

  /** Predictions; with {@link #describe} the model's own texts instead. */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    if (isSet(describe())) {
      return ModelTexts.of(this, rows);
    }
    // Without a raw column Spark predicts from probabilities, where score 0 is not one half.
    boolean scored = !getRawPredictionCol().isEmpty() || getPredictionCol().isEmpty();
    if (scored || isDefined(thresholds())) {
      return super.transform(rows);
    }
    String raw = uid() + "_raw";
    ConvexReluClassificationModel own = copy(ParamMap.empty());
    own.setRawPredictionCol(raw);
    return own.transform(rows).drop(raw);
  }

  @Override
  public int numFeatures() {
    return path.features();
  }

  @Override
  public int numClasses() {
    return Math.max(2, path.size());
  }

  @Override
  public Vector predictRaw(Vector features) {
    double[] scores = path.scores(features, getFeaturesCol());
    return scores.length == 1
        ? Vectors.dense(0 - scores[0], new double[] {scores[0]})
        : Vectors.dense(scores);
  }

  /** The class of the largest score, the first of equal ones; of two classes 1 from score 0 on. */
  @Override
  public double raw2prediction(Vector raw) {
    if (isDefined(thresholds())) {
      return probability2prediction(raw2probability(raw));
    }
    return raw.size() == 2 ? (raw.apply(1) >= 0 ? 1 : 0) : raw.argmax();
  }

  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    double[] scores = raw.toArray();
    double[] own = path.probabilities(path.size() == 1 ? new double[] {scores[1]} : scores);
    double[] into = ((DenseVector) raw).values();
    System.arraycopy(own, 0, into, 0, into.length);
    return raw;
  }

  // Scala narrows its type in a way that Java does not see.
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return new Tuple3(this, getProbabilityCol(), getPredictionCol());
  }

  @Override
  public ConvexReluClassificationModel copy(ParamMap extra) {
    ConvexReluClassificationModel copy = new ConvexReluClassificationModel(uid, path);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return ModelFile.writer(this, path);
  }

  /** Reads one that was saved. */
  public static MLReader<ConvexReluClassificationModel> read() {
    return ModelFile.reader(
        ConvexReluClassificationModel.class, ConvexReluClassificationModel::new);
  }

  /** Reads one that was saved in a folder. */
  public static ConvexReluClassificationModel load(String folder) {
    return read().load(folder);
  }
}
