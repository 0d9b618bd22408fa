package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.SplittableRandom;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.ml.ConvexReluClassifier;
import org.relupath.spark.ml.ConvexReluRegressionModel;
import org.relupath.spark.ml.ConvexReluRegressor;
import org.relupath.spark.ml.ConvexReluSummary;
import org.relupath.spark.ml.OutputFit;

/** Estimators that start from a folder of the commands: certified as without, sooner. */
class InitialModelTest extends OutputsCase {
  private static final double GAP = 1e-8;

  private Dataset<Row> rows(String name, int n) throws IOException {
    SplittableRandom random = new SplittableRandom(17);
    StringBuilder text = new StringBuilder("features_0,features_1,label\n");
    for (int r = 0; r < n; r++) {
      double a = random.nextDouble() - 0.5;
      double b = 100 + 20 * random.nextDouble();
      double label = Math.abs(a) + 0.01 * b + 0.3 * random.nextDouble();
      text.append(a).append(',').append(b).append(',').append(label).append('\n');
    }
    Files.writeString(folder.resolve(name), text);
    return frame(name, "features_0", "features_1");
  }

  private Dataset<Row> frame(String name, String... columns) {
    Dataset<Row> read =
        SharedSpark.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(at(name));
    return new VectorAssembler()
        .setInputCols(columns)
        .setOutputCol("features")
        .transform(read)
        .selectExpr("features", "double(label) as label");
  }

  private static ConvexReluRegressor estimator() {
    return new ConvexReluRegressor().setGates(60).setLambdas(3).setLambdaRatio(0.03);
  }

  private void earlier(String... more) {
    earlier(0.03, more);
  }

  private void earlier(double ratio, String... more) {
    String[] own = {
      "--input", at("rows.csv"), "--gates", "60", "--lambda-ratio", Double.toString(ratio)
    };
    done("fit", "first", with(own, more));
  }

  private static void sameOptimum(ConvexReluSummary cold, ConvexReluSummary warm) {
    for (int k = 0; k < cold.outputs().size(); k++) {
      OutputFit one = cold.outputs().get(k);
      OutputFit two = warm.outputs().get(k);
      assertThat(two.lambda()).isEqualTo(one.lambda());
      assertThat(two.relativeGap()).isLessThanOrEqualTo(GAP);
      assertThat(two.objective())
          .isCloseTo(one.objective(), within(2 * GAP * Math.abs(one.objective())));
      assertThat(two.iterations()).isLessThan(one.iterations());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rows.csv,200,relu,driver",
    "more.csv,202,relu,driver",
    "more.csv,202,gated,driver",
    "more.csv,202,relu,gates"
  })
  void aFitEndsAtTheSameOptimum(String name, int n, String model, String engine)
      throws IOException {
    rows("rows.csv", 200);
    earlier("--model", model);
    Dataset<Row> frame = rows(name, n);
    ConvexReluRegressor cold = estimator().setModel(model).setEngine(engine);
    ConvexReluRegressor warm = cold.copy(ParamMap.empty()).setInitialModel(at("first"));
    ConvexReluRegressionModel start = cold.fit(frame);
    ConvexReluRegressionModel fitted = warm.fit(frame);
    sameOptimum(start.summary(), fitted.summary());
    // Not the ladder of the fit before, though they share what they solve.
    assertThat(warm.solves()).isEqualTo(2 * (2 + 1));
    assertThat(warm.fit(frame).networkJson()).isEqualTo(fitted.networkJson());
    assertThat(warm.solves()).isEqualTo(2 * (2 + 1));
    earlier(0.1, "--model", model, "--overwrite");
    warm.fit(frame);
    assertThat(warm.solves()).isEqualTo(3 * (2 + 1));
  }

  @Test
  void adaptivePatternsAreThoseOfTheFolderToo() throws IOException {
    Dataset<Row> frame = rows("rows.csv", 200);
    earlier("--gate-source", "adaptive");
    ConvexReluRegressor cold = estimator().setGateSource("adaptive");
    double objective = cold.fit(frame).summary().objective();
    ConvexReluSummary warm = cold.setInitialModel(at("first")).fit(frame).summary();
    assertThat(warm.objective()).isLessThan(1.001 * objective);
    assertThat(warm.relativeGap()).isLessThanOrEqualTo(GAP);
  }

  @Test
  void everyClassStartsFromItsOwn() throws IOException {
    classes("kinds.csv", 150, 4, "0", "1", "2");
    String text = Files.readString(folder.resolve("kinds.csv"));
    Files.writeString(folder.resolve("kinds.csv"), text.replace("a,b,", "features_0,features_1,"));
    String[] options = {"--input", at("kinds.csv"), "--gates", "50", "--lambda", "0.3"};
    done("fit", "first", with(options, "--task", "classification"));
    Dataset<Row> frame = frame("kinds.csv", "features_0", "features_1");
    ConvexReluClassifier cold =
        new ConvexReluClassifier().setGates(50).setLambdas(2).setRegParam(0.3 / 150);
    ConvexReluSummary without = cold.fit(frame).summary();
    sameOptimum(without, cold.setInitialModel(at("first")).fit(frame).summary());
  }

  private void refused(ConvexReluRegressor estimator, Dataset<Row> frame, String message) {
    assertThatThrownBy(() -> estimator.fit(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("initialModel" + message);
  }

  @Test
  void whatItCannotStartFromIsRefused() throws IOException {
    Dataset<Row> frame = rows("rows.csv", 200);
    earlier();
    String from = " " + at("first") + ": ";
    ConvexReluRegressor warm = estimator().setInitialModel(at("first"));
    refused(
        warm,
        frame("rows.csv", "features_0"),
        from + "has the columns features_0, features_1, expected features_0");
    refused(
        warm.copy(ParamMap.empty()).setModel("gated"),
        frame,
        from + "is of model relu, expected gated");
    refused(
        warm.copy(ParamMap.empty()).setLabelCol("y"),
        frame.withColumnRenamed("label", "y"),
        from + "has the outputs label, expected y");
    refused(
        warm.copy(ParamMap.empty()).setModel("gated").setEngine("rows"),
        frame,
        ": with engine rows, expected another engine");
    String none = at("none");
    refused(estimator().setInitialModel(none), frame, " " + none + ": no such folder");
    warm.fit(frame).write().overwrite().save(at("saved"));
    refused(
        estimator().setInitialModel(at("saved")),
        frame,
        " " + at("saved") + ": holds no manifest.json, expected the folder of a run");
    assertThatThrownBy(() -> estimator().setInitialModel(" "))
        .hasMessage("initialModel: is empty, expected a value (null for none)");
  }
}
