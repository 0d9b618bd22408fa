package org.relupath.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.spark.train.TrainSettings;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.Training;

/** Networks of classes as stages of Spark ML. */
class ConvexReluClassifierTest {
  private static ConvexReluClassifier estimator() {
    return new ConvexReluClassifier().setGates(40).setLambdas(3).setLambdaRatio(0.05);
  }

  @Test
  void twoClassesAreSidesOfAScore() {
    List<Row> rows = MlRows.classes(60, 3, 2, 1);
    Dataset<Row> frame = MlRows.frame(rows);
    ConvexReluClassificationModel model = estimator().setProbabilityCol("probability").fit(frame);
    assertThat(model.numClasses()).isEqualTo(2);
    double right = 0;
    for (Row row : model.transform(frame).collectAsList()) {
      Vector raw = row.getAs("rawPrediction");
      Vector probability = row.getAs("probability");
      double prediction = row.getAs("prediction");
      assertThat(raw.apply(0)).isEqualTo(-raw.apply(1));
      assertThat(prediction).isEqualTo(raw.apply(1) >= 0 ? 1.0 : 0.0);
      assertThat(probability.apply(0) + probability.apply(1)).isEqualTo(1.0);
      right += prediction == row.<Double>getAs("label") ? 1 : 0;
    }
    assertThat(model.summary().trainAccuracy()).isEqualTo(right / 60);
    assertThat(model.evaluate(frame).accuracy()).isEqualTo(right / 60);
  }

  /** Probabilities are those of the training of the same lambda from a program. */
  @Test
  void probabilitiesAreThoseOfTheCommand() {
    Dataset<Row> frame = MlRows.frame(MlRows.classes(60, 3, 2, 1));
    ConvexReluClassificationModel model = estimator().setProbabilityCol("p").fit(frame);
    Network fit =
        fit(frame, model.summary().lambda(), settings().with("probabilities", true)).network();
    assertThat(model.network().calibration()).isEqualTo(fit.calibration());
    ConvexReluClassificationModel without = estimator().fit(frame);
    assertThat(without.transform(frame).columns()).doesNotContain("p").doesNotContain("");
    Vector x = frame.first().getAs(0);
    assertThatThrownBy(() -> without.predictProbability(x))
        .hasMessage(
            "probabilityCol: the network has no probabilities, expected one that was fitted with a"
                + " probabilityCol");
  }

  private static TrainSettings settings() {
    return TrainSettings.defaults()
        .with("label", "label")
        .with("features", "features")
        .with("loss-scaling", "mean")
        .with("gates", 40);
  }

  private static TrainedNetwork fit(Dataset<Row> frame, double lambda, TrainSettings settings) {
    try (Training training = Training.fit(frame, settings.with("lambda", lambda))) {
      return training.solve().best();
    }
  }

  /** Spark would take the larger probability: a score of 0 is another border. */
  @Test
  void predictionsAreThoseOfScoresWhateverColumnsThereAre() {
    Dataset<Row> frame = MlRows.frame(MlRows.classes(60, 3, 2, 1));
    ConvexReluClassificationModel model =
        estimator().setLambdaRatio(0.5).setProbabilityCol("p").fit(frame);
    List<Row> own = model.transform(frame).select("p", "prediction").collectAsList();
    assertThat(own)
        .anyMatch(row -> (row.<Vector>getAs(0).apply(1) >= 0.5 ? 1 : 0) != row.getDouble(1));
    model.setRawPredictionCol("");
    Dataset<Row> other = model.transform(frame);
    assertThat(other.columns())
        .containsExactlyInAnyOrder("features", "label", "weight", "p", "prediction");
    assertThat(other.select("p", "prediction").collectAsList()).isEqualTo(own);
  }

  @Test
  void aNegativeZeroIsClassZero() {
    Dataset<Row> frame = MlRows.frame(MlRows.classes(80, 3, 3, 4));
    ConvexReluClassificationModel model = estimator().fit(frame);
    Dataset<Row> signed = frame.withColumn("label", functions.expr("if(label = 0, -0.0D, label)"));
    assertThat(model.evaluate(signed)).isEqualTo(model.evaluate(frame));
  }

  /** Each class against all others, at one lambda; the largest score is the class. */
  @Test
  void moreClassesAreAsManyNetworks() {
    List<Row> rows = MlRows.classes(80, 3, 3, 4);
    Dataset<Row> frame = MlRows.frame(rows);
    ConvexReluClassificationModel model = estimator().setProbabilityCol("p").fit(frame);
    MultiOutputNetwork network = (MultiOutputNetwork) model.stored();
    ConvexReluSummary summary = model.summary();
    assertThat(model.numClasses()).isEqualTo(3);
    assertThat(network.classes()).isEqualTo(List.of(0.0, 1.0, 2.0));
    assertThat(model.networks()).hasSize(model.pathLambdas().length);
    assertThat(summary.lambda()).isCloseTo(0.05 * summary.lambdaMax(), within(1e-15));
    double objective = 0;
    for (int k = 0; k < 3; k++) {
      TrainedNetwork own = fit(frame, summary.lambda(), settings().with("positive", (double) k));
      OutputFit output = summary.outputs().get(k);
      objective += own.certificate().objective();
      double gap = 2e-8 * own.certificate().objective();
      assertThat(output.objective()).isCloseTo(own.certificate().objective(), within(gap));
      assertThat(output.lambdaMax()).isLessThanOrEqualTo(summary.lambdaMax());
      for (Row row : rows) {
        double[] x = row.<Vector>getAs(0).toArray();
        double score = own.network().predict(new Matrix(1, 3, x))[0];
        double ours = model.predictRaw(row.getAs(0)).apply(k);
        assertThat(ours).isCloseTo(score, within(Math.sqrt(160 * gap)));
      }
    }
    assertThat(summary.objective()).isCloseTo(objective, within(1e-7));
    double right = 0;
    for (Row row : model.transform(frame).collectAsList()) {
      Vector raw = row.getAs("rawPrediction");
      Vector probabilities = row.getAs("p");
      assertThat(row.<Double>getAs("prediction")).isEqualTo(raw.argmax());
      assertThat(java.util.Arrays.stream(probabilities.toArray()).sum())
          .isCloseTo(1, within(1e-15));
      right += raw.argmax() == row.<Double>getAs("label") ? 1 : 0;
    }
    assertThat(summary.trainAccuracy()).isEqualTo(right / 80);
    assertThat(model.evaluate(frame).accuracy()).isEqualTo(right / 80);
    assertThat(model.evaluate(frame).mse()).isCloseTo(summary.trainMse(), within(1e-12));
    assertThatThrownBy(model::network).hasMessageContaining("several outputs, expected one");
  }

  /** A probability counts by its share of its threshold, as Spark has it. */
  @Test
  void thresholdsAreSparks() {
    Dataset<Row> frame = MlRows.frame(MlRows.classes(60, 3, 2, 1));
    ConvexReluClassificationModel model =
        estimator().setProbabilityCol("p").setThresholds(new double[] {0.9, 0.1}).fit(frame);
    for (Row row : model.transform(frame).collectAsList()) {
      Vector p = row.getAs("p");
      assertThat(row.<Double>getAs("prediction"))
          .isEqualTo(p.apply(1) / 0.1 > p.apply(0) / 0.9 ? 1.0 : 0.0);
    }
    assertThatThrownBy(() -> estimator().setThresholds(new double[] {0.9, 0.1}).fit(frame))
        .hasMessage("thresholds: are of probabilities, expected a probabilityCol as well");
  }

  @Test
  void isReadAsItWasWritten(@TempDir Path folder) throws Exception {
    List<Row> rows = MlRows.classes(80, 3, 3, 4);
    ConvexReluClassificationModel model =
        estimator().setProbabilityCol("p").setClassWeights("balanced").fit(MlRows.frame(rows));
    model.save(folder.resolve("model").toString());
    ConvexReluClassificationModel back =
        ConvexReluClassificationModel.load(folder.resolve("model").toString());
    assertThat(back.summary()).isEqualTo(model.summary());
    assertThat(back.networkJson()).isEqualTo(model.networkJson());
    assertThat(back.networkJson(0)).isEqualTo(model.networkJson(0));
    assertThat(back.getProbabilityCol()).isEqualTo("p");
    for (Row row : rows) {
      Vector x = row.getAs(0);
      assertThat(back.predictRaw(x)).isEqualTo(model.predictRaw(x));
      assertThat(back.predictProbability(x)).isEqualTo(model.predictProbability(x));
    }
  }
}
