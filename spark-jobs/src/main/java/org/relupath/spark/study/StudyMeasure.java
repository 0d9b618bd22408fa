package org.relupath.spark.study;

import java.util.function.BiFunction;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.result.PathRow;

/** A figure of a path's row that a study averages. */
enum StudyMeasure {
  TRAIN_MSE("trainMse", (row, test) -> row.trainMse()),
  VALID_MSE("validMse", (row, test) -> row.validMse()),
  TEST_MSE("testMse", (row, test) -> test == null ? null : (Double) test.mse()),
  TRAIN_ACCURACY("trainAccuracy", (row, test) -> row.trainAccuracy()),
  VALID_ACCURACY("validAccuracy", (row, test) -> row.validAccuracy()),
  TEST_ACCURACY("testAccuracy", (row, test) -> test == null ? null : test.accuracy()),
  NEURONS("neurons", (row, test) -> (double) row.neurons()),
  RELATIVE_GAP("relativeGap", (row, test) -> row.relativeGap());

  private final String label;
  private final BiFunction<PathRow, Metrics, Double> value;

  StudyMeasure(String label, BiFunction<PathRow, Metrics, Double> value) {
    this.label = label;
    this.value = value;
  }

  /** As the column of the rows is called. */
  String label() {
    return label;
  }

  /**
   * The figure; null where it was not computed.
   *
   * @param test what the row's network does on test rows, or null
   */
  Double of(PathRow row, Metrics test) {
    return value.apply(row, test);
  }
}
