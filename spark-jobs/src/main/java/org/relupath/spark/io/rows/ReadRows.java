package org.relupath.spark.io.rows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.data.Observations;
import org.relupath.spark.io.BadInputException;

/**
 * Rows that were read and count for something: those of weight 0 are left out.
 *
 * @param rows with their weights, if they have any
 * @param numbers for each of them its number among all that were read, from 0
 * @param leftOut how many were read and count for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // rows, never compared as a whole
public record ReadRows(Observations rows, int[] numbers, int leftOut) {
  /**
   * Weights are 0 or lie within 1 / {@value} and {@value}, so that sums over weighted rows stay
   * numbers.
   */
  private static final double MOST = 1e30;

  /**
   * Weighs rows.
   *
   * @param named how messages call the rows
   * @param column the column of weights
   * @param all what was read
   * @param weights n weights, or an empty array where there is no such column
   * @throws BadInputException naming the row and value of what is no weight, or if all are 0
   */
  static ReadRows of(String named, String column, Observations all, double[] weights) {
    int[] every = IntStream.range(0, all.rows()).toArray();
    if (column == null) {
      return new ReadRows(all, every, 0);
    }
    for (int r = 0; r < weights.length; r++) {
      if (weights[r] != 0 && !(weights[r] >= 1 / MOST && weights[r] <= MOST)) {
        throw new BadInputException(
            "%s: row %s column '%s' is %s, expected a weight: 0, or a number from %s to %s"
                .formatted(named, r + 1, column, weights[r], 1 / MOST, MOST));
      }
    }
    int[] counting = Arrays.stream(every).filter(r -> weights[r] > 0).toArray();
    if (counting.length == 0) {
      throw new BadInputException(
          "%s: column '%s' is 0 in all %s rows, expected a weight above 0"
              .formatted(named, column, weights.length));
    }
    double[] own = Arrays.stream(counting).mapToDouble(r -> weights[r]).toArray();
    Observations rows = all.select(counting).withWeights(own);
    return new ReadRows(rows, counting, all.rows() - counting.length);
  }

  /** Some of the rows, by their positions in {@link #rows}. */
  public ReadRows select(int[] positions) {
    int[] own = Arrays.stream(positions).map(i -> numbers[i]).toArray();
    return new ReadRows(rows.select(positions), own, leftOut);
  }

  /** What to say of the rows that were left out. */
  public String note(String named, String column) {
    return "%s: %s rows have weight 0 in column '%s' and are left out"
        .formatted(named, leftOut, column);
  }

  /** Other labels for these rows. */
  public ReadRows withTargets(double[] labels) {
    return new ReadRows(rows.withTargets(labels), numbers, leftOut);
  }
}
