package org.relupath.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.solve.Status;

/** Networks of numbers as stages of Spark ML. */
class ConvexReluRegressorTest {
  private static final List<Row> ROWS = MlRows.numbers(60, 3, 1);

  private static ConvexReluRegressor estimator() {
    return new ConvexReluRegressor().setGates(40).setLambdas(8).setLambdaRatio(0.05);
  }

  /** Against sums over the rows, one by one. */
  @Test
  void theSummaryIsThatOfThePredictions() {
    Dataset<Row> frame = MlRows.frame(ROWS);
    ConvexReluRegressionModel model = estimator().fit(frame);
    double squares = 0;
    for (Row row : model.transform(frame).collectAsList()) {
      squares += Math.pow(row.<Double>getAs("prediction") - row.<Double>getAs("label"), 2);
    }
    ConvexReluSummary summary = model.summary();
    assertThat(summary.status()).isEqualTo(Status.OPTIMAL);
    assertThat(summary.trainMse()).isCloseTo(squares / 60, within(1e-12 * squares));
    assertThat(summary.outputs().get(0).loss()).isCloseTo(squares / 120, within(1e-12 * squares));
    assertThat(summary.lambda()).isCloseTo(0.05 * summary.lambdaMax(), within(1e-15));
    assertThat(summary.n()).isEqualTo(60);
    assertThat(model.evaluate(frame).mse()).isEqualTo(summary.trainMse());
  }

  @Test
  void isReadAsItWasWritten(@TempDir Path folder) throws Exception {
    Dataset<Row> frame = MlRows.frame(ROWS);
    ConvexReluRegressor estimator = estimator().setSeed(5);
    estimator.save(folder.resolve("estimator").toString());
    ConvexReluRegressor read = ConvexReluRegressor.load(folder.resolve("estimator").toString());
    assertThat(read.uid()).isEqualTo(estimator.uid());
    assertThat(read.extractParamMap().toString()).isEqualTo(estimator.extractParamMap().toString());
    ConvexReluRegressionModel model = estimator.fit(frame);
    model.write().overwrite().save(folder.resolve("model").toString());
    ConvexReluRegressionModel back =
        ConvexReluRegressionModel.load(folder.resolve("model").toString());
    assertThat(back.summary()).isEqualTo(model.summary());
    assertThat(back.networkJson()).isEqualTo(model.networkJson());
    assertThat(back.pathLambdas()).isEqualTo(model.pathLambdas());
    assertThat(back.getGates()).isEqualTo(40);
    for (Row row : ROWS) {
      Vector x = row.getAs(0);
      assertThat(back.predict(x)).isEqualTo(model.predict(x));
    }
  }
}
