package org.relupath.core.prune;

import org.relupath.core.linalg.Vectors;

/**
 * Lawson and Hanson's active set method, started from a network:
 *
 * <pre>minimise 1/2 ||M beta - t||^2 + cost sum_b beta_b   over beta >= 0 on some neurons.</pre>
 *
 * <p>The factorisation holds the neurons with beta_b > 0. From a feasible beta the step goes
 * towards the minimiser over them, as far as beta >= 0 allows; a neuron that reaches zero leaves,
 * and one at zero whose slope m_b'(t - M beta) - cost is positive enters.
 */
final class NonNegativeRefit {
  /** A slope below this part of its terms is rounding. */
  private static final double SLOPE = 1e-10;

  /** How often one neuron may enter: in exact arithmetic the end comes by itself. */
  private static final int ENTRIES = 3;

  private final NeuronFits fits;
  private final double[] target;
  private final double cost;

  NonNegativeRefit(NeuronFits fits, double[] target, double cost) {
    this.fits = fits;
    this.target = target;
    this.cost = cost;
  }

  /**
   * Brings beta to the minimum, among the neurons that the factorisation holds.
   *
   * @param factor the neurons with beta_b > 0, before and after
   * @param beta k norms, changed
   */
  void solve(NeuronFactor factor, double[] beta) {
    int[] candidates = factor.neurons();
    int[] entries = new int[fits.size()];
    descend(factor, beta);
    int entering = steepest(candidates, entries, beta);
    while (entering >= 0) {
      entries[entering]++;
      factor.append(entering);
      descend(factor, beta);
      entering = steepest(candidates, entries, beta);
    }
  }

  /** To the minimum over the neurons held, losing those that are in the way. */
  private void descend(NeuronFactor factor, double[] beta) {
    int blocking;
    do {
      double[] change = factor.solve(fits.residual(target, beta), cost);
      double step = 1;
      blocking = -1;
      for (int b : factor.neurons()) {
        if (beta[b] + step * change[b] <= 0) {
          step = change[b] < 0 ? Math.min(step, beta[b] / -change[b]) : 0;
          blocking = b;
        }
      }
      Vectors.axpy(step, change, 0, beta, 0, beta.length);
      for (int b : factor.neurons()) {
        if (b == blocking || beta[b] <= 0) {
          beta[b] = 0;
          factor.remove(b);
        }
      }
    } while (blocking >= 0);
  }

  /** The neuron at zero with the largest positive slope, or -1. */
  private int steepest(int[] candidates, int[] entries, double[] beta) {
    double[] residual = fits.residual(target, beta);
    double length = Vectors.norm(target);
    int best = -1;
    double largest = 0;
    for (int b : candidates) {
      double norm = fits.norm(b);
      double slope = (fits.correlation(b, residual) - cost) / norm;
      boolean rises = slope > SLOPE * (length + cost / norm) && slope > largest;
      if (beta[b] == 0 && entries[b] < ENTRIES && rises) {
        best = b;
        largest = slope;
      }
    }
    return best;
  }
}
