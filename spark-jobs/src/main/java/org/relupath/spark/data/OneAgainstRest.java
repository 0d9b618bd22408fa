package org.relupath.spark.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relupath.core.data.NumberText;
import org.relupath.core.data.Observations;
import org.relupath.core.data.WeightedRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;
import org.relupath.spark.io.cells.CellType;

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

  /** What a label of some classes, texts or numbers, is taken for; empty where there are none. */
  public static Optional<CellType> labelType(List<?> classes) {
    return classes.stream()
        .findFirst()
        .map(own -> own instanceof String ? CellType.CATEGORY : CellType.NUMBER);
  }

  /**
   * Rows with texts of labels as positions in some classes, whether rows have all of these or not.
   *
   * @param classes texts or numbers; empty where any will do
   * @param path where rows were read
   * @param column the name of the label
   * @throws BadInputException naming the row of a label that is none of them
   */
  public static WeightedRows known(WeightedRows read, List<?> classes, String path, String column) {
    Observations rows = read.rows();
    for (int r = 0; r < rows.rows() && !classes.isEmpty(); r++) {
      double target = rows.targets()[r];
      Object label =
          rows.classes().isEmpty() ? (Object) (target + 0.0) : rows.classes().get((int) target);
      if (!classes.contains(label)) {
        throw new BadInputException(
            "%s: row %s column '%s' is %s, expected one of the network's classes: %s"
                .formatted(
                    path,
                    read.numbers()[r] + 1,
                    column,
                    Shown.value(label.toString()),
                    Shown.values(classes.stream().map(Object::toString).toList())));
      }
    }
    return classes.isEmpty() || rows.classes().isEmpty()
        ? read
        : read.as(rows.columns(), classes.stream().map(Object::toString).toList());
  }

  /** Rows whose targets are +1 where the target, a number or the position of a text, is one. */
  static WeightedRows of(WeightedRows read, double positive) {
    return read.withTargets(
        Arrays.stream(read.rows().targets()).map(label -> label == positive ? 1 : -1).toArray());
  }
}
