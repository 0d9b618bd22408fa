package org.relupath.spark.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.NumberRange;
import org.relupath.core.data.Observations;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.WeightedRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;
import org.relupath.spark.io.rows.TableReader;

/**
 * Rows that were read, and what messages call them; all refusals name the row as the file has it.
 *
 * @param named the option and the path
 * @param path where they were read
 * @param label the name of the label
 * @param read the rows that count, and their numbers
 */
record NamedRows(String named, String path, String label, WeightedRows read) {
  Observations rows() {
    return read.rows();
  }

  /** Some of them, by another option. */
  NamedRows part(String option, int[] positions) {
    return new NamedRows(option, path, label, read.select(positions));
  }

  private NamedRows with(WeightedRows other) {
    return new NamedRows(named, path, label, other);
  }

  /** One label against all others, by its name: see {@link OneAgainstRest}. */
  NamedRows against(String positive) {
    return with(OneAgainstRest.of(read, positive, label));
  }

  /** One target against all others. */
  NamedRows against(double positive) {
    return with(OneAgainstRest.of(read, positive));
  }

  /** Another label for these rows. */
  NamedRows labelled(String name, double[] targets) {
    return new NamedRows(named, path, name, read.withTargets(targets));
  }

  /** The numbers of a column. */
  double[] column(int k) {
    return IntStream.range(0, rows().rows())
        .mapToDouble(r -> rows().features().get(r, k))
        .toArray();
  }

  /** These rows with their first columns alone. */
  NamedRows columns(int count) {
    Observations rows = rows();
    Matrix x = Matrix.zeros(rows.rows(), count);
    // Sparse rows have no cells to copy, and need none where no column is left.
    for (int r = 0; r < rows.rows() && count > 0; r++) {
      System.arraycopy(
          rows.features().values(), r * rows.columns().size(), x.values(), r * count, count);
    }
    return with(
        new WeightedRows(
            new Observations(
                rows.columns().subList(0, count),
                x,
                rows.targets(),
                rows.weights(),
                rows.classes()),
            read.numbers(),
            read.leftOut()));
  }

  /** These rows with the texts of others: see {@link TableReader#known}. */
  NamedRows like(List<RawColumn> known, List<String> classes) {
    return with(TableReader.known(named, label, read, known, classes));
  }

  /** What to say of rows that count for nothing. */
  Optional<String> leftOut(String weights) {
    return RunRows.leftOut(path, read, weights);
  }

  /** Refuses a number outside of the range. */
  void refuse(Optional<NumberRange.Outside> outside) {
    if (outside.isEmpty()) {
      return;
    }
    Observations rows = rows();
    int k = outside.get().column();
    double value = outside.get().value();
    boolean ofLabel = k == rows.inputs().size();
    int row =
        IntStream.range(0, rows.rows())
            .filter(r -> (ofLabel ? rows.targets()[r] : rows.cells().get(r, k)) == value)
            .findFirst()
            .orElseThrow();
    throw new BadInputException(
        "%s: row %s column '%s' is %s, expected %s%s"
            .formatted(
                path,
                read.numbers()[row] + 1,
                ofLabel ? label : rows.inputs().get(k),
                value,
                outside.get().expected(),
                ofLabel ? "" : ", or another choice of --features"));
  }

  /**
   * Refuses a label that is none of those of training rows.
   *
   * @param labels numbers, or positions of texts; empty where any will do
   */
  void refuseUnseen(double[] labels) {
    if (labels.length == 0) {
      return;
    }
    for (int r = 0; r < rows().rows(); r++) {
      double target = rows().targets()[r];
      if (Arrays.stream(labels).noneMatch(known -> known == target)) {
        throw new BadInputException(
            "%s: row %s column '%s' is %s, expected one of the training labels %s"
                .formatted(
                    named,
                    read.numbers()[r] + 1,
                    label,
                    shown(target),
                    Arrays.stream(labels).mapToObj(this::shown).toList()));
      }
    }
  }

  /** Refuses one label in all rows. */
  void refuseConstantLabel() {
    double first = rows().targets()[0];
    if (Arrays.stream(rows().targets()).allMatch(value -> value == first)) {
      throw new BadInputException(
          "%s: label column '%s' is %s in all %s training rows, expected at least two values"
              .formatted(named, label, shown(first), rows().rows()));
    }
  }

  /** A target as a message has it. */
  private Object shown(double target) {
    List<String> classes = rows().classes();
    return classes.isEmpty() ? (Object) target : Shown.value(classes.get((int) target));
  }
}
