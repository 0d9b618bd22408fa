package org.relupath.spark.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
 * @param read the rows that count, and their numbers
 */
record NamedRows(String named, String path, WeightedRows read) {
  Observations rows() {
    return read.rows();
  }

  /** Some of them, by another option. */
  NamedRows part(String option, int[] positions) {
    return new NamedRows(option, path, read.select(positions));
  }

  /** One label against all others: +1 and -1. */
  NamedRows against(double positive) {
    double[] signs =
        Arrays.stream(rows().targets()).map(label -> label == positive ? 1 : -1).toArray();
    return new NamedRows(named, path, read.withTargets(signs));
  }

  /**
   * These rows with the texts of others: see {@link TableReader#known}.
   *
   * @param label the name of the label
   */
  NamedRows like(String label, List<RawColumn> known, List<String> classes) {
    return new NamedRows(named, path, TableReader.known(named, label, read, known, classes));
  }

  /** What to say of rows that count for nothing. */
  Optional<String> leftOut(String weights) {
    return RunRows.leftOut(path, read, weights);
  }

  /** Refuses a number outside of the range. */
  void refuse(String labelName, Optional<NumberRange.Outside> outside) {
    if (outside.isEmpty()) {
      return;
    }
    Observations rows = rows();
    int k = outside.get().column();
    double value = outside.get().value();
    boolean label = k == rows.inputs().size();
    int row =
        IntStream.range(0, rows.rows())
            .filter(r -> (label ? rows.targets()[r] : rows.cells().get(r, k)) == value)
            .findFirst()
            .orElseThrow();
    throw new BadInputException(
        "%s: row %s column '%s' is %s, expected %s%s"
            .formatted(
                path,
                read.numbers()[row] + 1,
                label ? labelName : rows.inputs().get(k),
                value,
                outside.get().expected(),
                label ? "" : ", or another choice of --features"));
  }

  /** Refuses a label that is none of two. */
  void refuseUnseen(String labelName, double[] labels) {
    if (labels.length == 0) {
      return;
    }
    for (int r = 0; r < rows().rows(); r++) {
      double label = rows().targets()[r];
      if (label != labels[0] && label != labels[1]) {
        throw new BadInputException(
            "%s: row %s column '%s' is %s, expected one of the training labels %s"
                .formatted(
                    named, read.numbers()[r] + 1, labelName, label, List.of(labels[0], labels[1])));
      }
    }
  }

  /** Refuses one label in all rows. */
  void refuseConstantLabel(String label) {
    double first = rows().targets()[0];
    if (Arrays.stream(rows().targets()).allMatch(value -> value == first)) {
      throw new BadInputException(
          "%s: label column '%s' is %s in all %s training rows, expected at least two values"
              .formatted(
                  named,
                  label,
                  rows().classes().isEmpty()
                      ? first
                      : Shown.value(rows().classes().get((int) first)),
                  rows().rows()));
    }
  }
}
