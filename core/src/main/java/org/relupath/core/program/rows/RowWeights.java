package org.relupath.core.program.rows;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;

/**
 * Weights of a program whose rows are elsewhere: blocks carry no bits. Without cones block b is
 * gate b, of sign +1.
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

  /**
   * A block of a program with cones whose rows are elsewhere.
   *
   * @param pattern its number
   * @param sign +1 or -1
   * @param patterns how many there are, at most
   */
  public static Block block(int pattern, int sign, int patterns) {
    return new Block(sign > 0 ? pattern : patterns + pattern, pattern, sign, ELSEWHERE);
  }
}
