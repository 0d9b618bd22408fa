package org.relupath.core.optimalset;

/**
 * In which coordinates gamma_j = s_j beta_j, s_j > 0, the norm of an optimal network is taken.
 *
 * <p>v_b has the length lambda for every b in E, so the coefficients alpha_b of
 * core/docs/mathematics.md#the-optimal-set-of-a-program are ||w_b|| / lambda: norms of alpha and of
 * {@link #WEIGHTS} have the same minimisers, and their l1 norm is the same for all optima. The
 * paper's published code works in other coordinates.
 */
public enum Scaling {
  /** gamma_j = beta_j = ||w|| of neuron j, and alpha times lambda. */
  WEIGHTS,
  /**
   * gamma_j = beta_j / beta0_j: multipliers of one solution's neurons, in which the solution is all
   * ones. These are the coordinates of the published code ({@code solfns/tuning.py} of
   * pilancilab/relu_optimal_sets): its columns are the fits Z_b w_b of one solution's active
   * blocks. They exist on that solution's support only and change with it.
   */
  MULTIPLIERS,
  /**
   * The single numbers of the weight vectors w_j = beta_j v_j: s_j = 1, ||v_j||_1 or ||v_j||_inf
   * for the l2, l1 and l-infinity norm of all of them, v_j of Euclidean length one.
   */
  ENTRIES;

  /** Which norm. */
  enum Norm {
    L1,
    L2,
    MAX
  }

  /** s, an entry a neuron. */
  double[] factors(OptimalNeurons neurons, Norm norm) {
    return neurons.neurons().stream().mapToDouble(neuron -> factor(neuron, norm)).toArray();
  }

  private double factor(OptimalNeuron neuron, Norm norm) {
    return switch (this) {
      case WEIGHTS -> 1;
      case MULTIPLIERS -> 1 / neuron.anchor();
      case ENTRIES -> length(neuron.ray(), norm);
    };
  }

  private static double length(double[] ray, Norm norm) {
    double sum = 0;
    double max = 0;
    for (double entry : ray) {
      sum += Math.abs(entry);
      max = Math.max(max, Math.abs(entry));
    }
    return switch (norm) {
      case L1 -> sum;
      case L2 -> 1;
      case MAX -> max;
    };
  }
}
