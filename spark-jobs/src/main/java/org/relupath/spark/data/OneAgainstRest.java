package org.relupath.spark.data;

import java.util.Arrays;
import org.relupath.core.data.NumberText;
import org.relupath.core.data.Observations;
import org.relupath.core.data.WeightedRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;

/** One label against all others: +1 and -1. */
public final class OneAgainstRest {
  private OneAgainstRest() {}

  /**
   * Rows whose targets are +1 where the label is the positive one, and -1 elsewhere.
   *
   * @param read rows with labels, numbers or texts
   * @param positive a number, or one of the texts
   * @param column the name of the label
   * @throws BadInputException if it is no number where labels are, or none of their texts
   */
  public static WeightedRows of(WeightedRows read, String positive, String column) {
    Observations rows = read.rows();
    if (rows.classes().isEmpty()) {
      double label = NumberText.parse(positive);
      if (Double.isNaN(label)) {
        throw new BadInputException(
            "--positive: '%s', expected a number as label column '%s' has"
                .formatted(Shown.value(positive), column));
      }
      return of(read, label);
    }
    int at = rows.classes().indexOf(positive);
    if (at < 0) {
      throw new BadInputException(
          "--positive: '%s', expected one of the labels in column '%s': %s"
              .formatted(Shown.value(positive), column, Shown.values(rows.classes())));
    }
    return of(read, at);
  }

  /** Rows whose targets are +1 where the target, a number or the position of a text, is one. */
  static WeightedRows of(WeightedRows read, double positive) {
    return read.withTargets(
        Arrays.stream(read.rows().targets()).map(label -> label == positive ? 1 : -1).toArray());
  }
}
