package org.relupath.core.optimalset;

import java.util.List;
import org.relupath.core.program.Block;

/**
 * A neuron that an optimal network may have: one ray v_b/||v_b|| and one sign, whatever the number
 * of blocks whose cones share the ray.
 *
 * @param sign s
 * @param ray v_b / ||v_b||, d entries
 * @param fit m = Z_b v_b / ||v_b||: what the neuron adds to f(X) per unit of weight, n entries
 * @param blocks the blocks of E on that ray, by id; one for C-GReLU
 * @param anchor beta0 = sum of ||w_b|| over these blocks in the solution, 0 where that is no more
 *     than a remainder of rounding
 * @param undecided whether no block of them is known to be in E
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a neuron, never compared as a whole
public record OptimalNeuron(
    int sign, double[] ray, double[] fit, List<Block> blocks, double anchor, boolean undecided) {

  /** Copies the list. */
  public OptimalNeuron {
    blocks = List.copyOf(blocks);
  }
}
