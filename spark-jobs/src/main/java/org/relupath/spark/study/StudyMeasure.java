package org.relupath.spark.study;

import java.util.function.Function;
import org.relupath.spark.result.PathRow;

/** A figure of a path's row that a study averages. */
enum StudyMeasure {
  TRAIN_MSE("trainMse", PathRow::trainMse),
  VALID_MSE("validMse", PathRow::validMse),
  TRAIN_ACCURACY("trainAccuracy", PathRow::trainAccuracy),
  VALID_ACCURACY("validAccuracy", PathRow::validAccuracy),
  NEURONS("neurons", row -> (double) row.neurons()),
  RELATIVE_GAP("relativeGap", PathRow::relativeGap);

  private final String label;
  private final Function<PathRow, Double> value;

  StudyMeasure(String label, Function<PathRow, Double> value) {
    this.label = label;
    this.value = value;
  }

  /** As the column of the rows is called. */
  String label() {
    return label;
  }

  /** The figure; null where it was not computed. */
  Double of(PathRow row) {
    return value.apply(row);
  }
}
