package org.relupath.spark.io.rows;

import java.io.Serializable;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;

/**
 * Consecutive rows as they were read, or some of them.
 *
 * @param first the number of the block's first row among all rows, from 0
 * @param features raw features, a row each
 * @param targets raw labels; empty where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // rows, never compared as a whole
public record RawBlock(long first, Matrix features, double[] targets) implements Serializable {
  /**
   * The rows that are held out, or the others. Whether a row is held out depends on the seed and on
   * its number, so that the rows need never be counted or brought together.
   *
   * @param fraction the share that is held out on average
   */
  public RawBlock part(boolean heldOut, double fraction, long seed) {
    return select(r -> random("held-out-row", r, seed) < fraction == heldOut);
  }

  /**
   * Some rows, drawn by number.
   *
   * @param purpose what they are for: other purposes draw other rows
   * @param fraction the share that is drawn on average
   */
  public RawBlock drawn(String purpose, double fraction, long seed) {
    return select(r -> random(purpose, r, seed) < fraction);
  }

  private RawBlock select(IntPredicate wanted) {
    int[] rows = IntStream.range(0, features.rows()).filter(wanted).toArray();
    double[] own = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      own[i] = targets[rows[i]];
    }
    return new RawBlock(first, features.selectRows(rows), own);
  }

  private double random(String purpose, int r, long seed) {
    return new SplittableRandom(Seeds.derive(seed, purpose, first + r)).nextDouble();
  }
}
