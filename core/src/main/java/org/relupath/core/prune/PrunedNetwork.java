package org.relupath.core.prune;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.BlockWeights;

/**
 * A network on a pruning curve.
 *
 * @param width neurons with beta_b > 0
 * @param removed the neurons that went since the step before, the method's choice first where it
 *     went itself; empty at the beginning
 * @param beta the k norms, exactly 0 for every neuron that has gone; not to be changed
 * @param fitError ||M beta - yhat||, yhat the fit that pruning began with
 * @param loss 1/2 ||M beta - y||^2
 * @param objective loss + lambda sum_b beta_b, the objective of the balanced network
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record PrunedNetwork(
    int width,
    List<Integer> removed,
    double[] beta,
    double fitError,
    double loss,
    double objective) {

  /** Makes the list unmodifiable. */
  public PrunedNetwork {
    removed = List.copyOf(removed);
  }

  /**
   * This network's blocks: w_b of the full network scaled to norm beta_b, without those that have
   * gone.
   *
   * @param full the k blocks that {@link NeuronFits#of} was given
   */
  public BlockWeights weights(BlockWeights full) {
    if (full.size() != beta.length) {
      throw new IllegalArgumentException(
          "weights have " + full.size() + " blocks, expected " + beta.length);
    }
    double[] w = full.values().clone();
    for (int b = 0; b < beta.length; b++) {
      double scale = beta[b] == 0 ? 0 : beta[b] / full.norm(b);
      for (int i = b * full.d(); i < (b + 1) * full.d(); i++) {
        w[i] *= scale;
      }
    }
    return new BlockWeights(new ArrayList<>(full.blocks()), full.d(), w).compact();
  }
}
