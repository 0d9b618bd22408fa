package org.relupath.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of a table that count for something: those of weight 0 are left out.
 *
 * @param rows with their weights, if they have any
 * @param numbers for each of them its number in the table, from 0
 * @param leftOut how many rows of the table count for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // rows, never compared as a whole
public record WeightedRows(Observations rows, int[] numbers, int leftOut) {
  /** From here on a weight is more than 0 to sums over weighted rows. */
  private static final double LEAST = 1e-30;

  /** Up to here sums over weighted rows stay numbers. */
  private static final double MOST = 1e30;

  /** All rows of a table, each counted once. */
  public static WeightedRows of(Observations table) {
    return new WeightedRows(table, IntStream.range(0, table.rows()).toArray(), 0);
  }

  /**
   * Weighs the rows of a table.
   *
   * @param table n rows without weights
   * @param column what the weights are called, for messages
   * @param weights n weights, 0 or from 1e-30 to 1e30
   * @throws IllegalArgumentException naming the row and value of what is no weight, or if all are 0
   */
  public static WeightedRows of(Observations table, String column, double[] weights) {
    Matrix.requireLength("weights", weights, table.rows());
    for (int r = 0; r < weights.length; r++) {
      if (weights[r] != 0 && !(weights[r] >= LEAST && weights[r] <= MOST)) {
        throw new IllegalArgumentException(
            "row %s column '%s' is %s, expected a weight: 0, or a number from %s to %s"
                .formatted(r + 1, column, weights[r], LEAST, MOST));
      }
    }
    int[] counting = IntStream.range(0, weights.length).filter(r -> weights[r] > 0).toArray();
    if (counting.length == 0) {
      throw new IllegalArgumentException(
          "column '%s' is 0 in all %s rows, expected a weight above 0"
              .formatted(column, weights.length));
    }
    double[] own = Arrays.stream(counting).mapToDouble(r -> weights[r]).toArray();
    Observations rows = table.select(counting).withWeights(own);
    return new WeightedRows(rows, counting, weights.length - counting.length);
  }

  /** Some of the rows, by their positions in {@link #rows}. */
  public WeightedRows select(int[] positions) {
    int[] own = Arrays.stream(positions).map(i -> numbers[i]).toArray();
    return new WeightedRows(rows.select(positions), own, leftOut);
  }

  /** These rows with texts as positions in other levels: see {@link Observations#as}. */
  public WeightedRows as(List<RawColumn> others, List<String> labels) {
    return new WeightedRows(rows.as(others, labels), numbers, leftOut);
  }

  /** Other labels for these rows. */
  public WeightedRows withTargets(double[] labels) {
    return new WeightedRows(rows.withTargets(labels), numbers, leftOut);
  }
}
