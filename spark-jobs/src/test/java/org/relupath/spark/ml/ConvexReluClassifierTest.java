package org.relupath.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Networks of classes as stages of Spark ML. */
class ConvexReluClassifierTest {
  private static ConvexReluClassifier estimator() {
    return new ConvexReluClassifier().setGates(40).setLambdas(8).setLambdaRatio(0.05);
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
}
