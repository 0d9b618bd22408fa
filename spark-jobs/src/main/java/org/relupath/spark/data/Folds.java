package org.relupath.spark.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.relupath.core.gates.Seeds;

/**
 * A partition of row numbers into folds, as equal in size as can be.
 *
 * @param count the number of folds
 * @param of for every row the number of its fold, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record Folds(int count, int[] of) {

  /**
   * Draws folds.
   *
   * @param rows n, at least {@code count}
   * @param count the number of folds, at least 2 for any to have training rows
   * @param seed the run's seed; the same seed and n give the same folds everywhere
   */
  public static Folds draw(int rows, int count, long seed) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "folds", rows));
    int[] fold = IntStream.range(0, rows).map(r -> r % count).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = fold[i];
      fold[i] = fold[j];
      fold[j] = swapped;
    }
    return new Folds(count, fold);
  }

  /** One fold held out, and all other rows to fit on. */
  public HoldOut split(int fold) {
    return new HoldOut(rows(fold, false), rows(fold, true));
  }

  private int[] rows(int fold, boolean inside) {
    return IntStream.range(0, of.length).filter(r -> (of[r] == fold) == inside).toArray();
  }
}
