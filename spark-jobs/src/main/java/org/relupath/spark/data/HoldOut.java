package org.relupath.spark.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.relupath.core.gates.Seeds;
import org.relupath.spark.io.BadInputException;

/**
 * A partition of row numbers into training and held-out rows, each ascending.
 *
 * @param train rows to fit on
 * @param heldOut rows to choose by
 */
public record HoldOut(int[] train, int[] heldOut) {

  /**
   * Draws exactly round(fraction x rows) held-out rows, at least one and at most all but one.
   *
   * @param rows n, at least 2
   * @param fraction above 0 and below 1
   * @param seed the run's seed; the same seed and n give the same split everywhere
   */
  public static HoldOut draw(int rows, double fraction, long seed) {
    if (rows < 2) {
      throw new BadInputException("--valid-fraction: " + rows + " row cannot be split, expected 2");
    }
    int count = (int) Math.min(rows - 1, Math.max(1, Math.round(fraction * rows)));
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "valid", rows));
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    int[] heldOut = Arrays.copyOf(order, count);
    int[] train = Arrays.copyOfRange(order, count, rows);
    Arrays.sort(heldOut);
    Arrays.sort(train);
    return new HoldOut(train, heldOut);
  }
}
