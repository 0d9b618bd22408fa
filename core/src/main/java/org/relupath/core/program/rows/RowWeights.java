package org.relupath.core.program.rows;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;

/**
 * Weights of a program without cones whose rows are elsewhere: block b is gate b, of sign +1, and
 * carries no bits.
 */
public final class RowWeights {
  private static final long[] ELSEWHERE = {};

  private RowWeights() {}

  /**
   * Weights of some gates.
   *
   * @param gates k gate numbers
   * @param d the length of a block
   * @param values k x d
   */
  public static BlockWeights of(int[] gates, int d, double[] values) {
    List<Block> blocks = new ArrayList<>();
    for (int gate : gates) {
      blocks.add(block(gate));
    }
    return new BlockWeights(blocks, d, values);
  }

  /** The block of a gate. */
  public static Block block(int gate) {
    return new Block(gate, gate, 1, ELSEWHERE);
  }
}
