package org.relupath.spark.data;

import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Observations;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;

/** What labels of rows must be. */
final class Labels {
  private Labels() {}

  /** Refuses training rows whose labels are all the same. */
  static void refuseConstant(String named, String label, Observations train) {
    double first = train.targets()[0];
    if (Arrays.stream(train.targets()).allMatch(value -> value == first)) {
      throw new BadInputException(
          "%s: label column '%s' is %s in all %s training rows, expected at least two values"
              .formatted(
                  named,
                  label,
                  train.classes().isEmpty() ? first : Shown.value(train.classes().get((int) first)),
                  train.rows()));
    }
  }

  /**
   * Refuses a label that is none of the training rows' two.
   *
   * @param name how messages call the rows
   * @param rows labelled rows, or null for none
   * @param numbers of these rows in their file; null where they are all of it
   * @param labels the two, or empty where any will do
   */
  static void refuseUnseen(
      String name, String labelName, Observations rows, int[] numbers, double[] labels) {
    if (rows == null || labels.length == 0) {
      return;
    }
    for (int r = 0; r < rows.rows(); r++) {
      double label = rows.targets()[r];
      if (label != labels[0] && label != labels[1]) {
        throw new BadInputException(
            "%s: row %s column '%s' is %s, expected one of the training labels %s"
                .formatted(
                    name,
                    (numbers == null ? r : numbers[r]) + 1,
                    labelName,
                    label,
                    List.of(labels[0], labels[1])));
      }
    }
  }
}
