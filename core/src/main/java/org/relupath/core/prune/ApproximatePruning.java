package org.relupath.core.prune;

import java.util.ArrayList;
import java.util.List;

/**
 * Pruning below the minimal network (paper section 5, figure 2; core/docs/optimal-set.md#pruning):
 * neurons are dropped one after another, and the objective rises as little as the method and the
 * correction manage.
 *
 * <p>Where fits are dependent, {@link PruningMethod#RESIDUAL} with a correction prunes optimally:
 * the dependent neurons go first, and with them goes nothing of the fit. A curve of k neurons costs
 * O(n k^2), by downdates.
 */
public final class ApproximatePruning {
  private final NeuronFits fits;
  private final NeuronFactor factor;

  /** Prepares to prune a network; its neurons with beta_b = 0 are not part of it. */
  public ApproximatePruning(NeuronFits fits) {
    this.fits = fits;
    this.factor = new NeuronFactor(fits);
    for (int b = 0; b < fits.size(); b++) {
      if (fits.beta()[b] > 0) {
        factor.append(b);
      }
    }
  }

  /**
   * Drops every neuron, in the order and with the refits asked for.
   *
   * @param seed of {@link PruningMethod#RANDOM}; the other methods do not look at it
   * @return the network itself, the steps, and the zero network
   */
  public PruningCurve curve(PruningMethod method, Correction correction, long seed) {
    PruningRun run = new PruningRun(fits, factor.copy(), method, correction, seed);
    List<PrunedNetwork> steps = new ArrayList<>();
    steps.add(run.start());
    while (run.width() > 0) {
      steps.add(run.drop());
    }
    return new PruningCurve(method, correction, steps);
  }
}
