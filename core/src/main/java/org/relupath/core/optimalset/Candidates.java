package org.relupath.core.optimalset;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.optimalset.Scaling.Norm;
import org.relupath.core.optimalset.polytope.Polytope;

/**
 * Chooses members of an optimal set by the rules of the paper's tables.
 *
 * <p>All rules are over the set they are given: over the whole optimal set, or over {@link
 * OptimalSet#onSupport} as the published code has it. Norms are of gamma in a {@link Scaling}. All
 * choices are optimal, so they have one fit and objective on the training rows; what they predict
 * elsewhere differs where the functions do.
 */
public final class Candidates {
  private final OptimalSet set;
  private final OptimalNeurons neurons;

  /** Candidates from a set. */
  public Candidates(OptimalSet set) {
    this.set = set;
    this.neurons = set.neurons();
  }

  /**
   * argmin sum_b ||w_b||^2 over all optimal weights, the canonical choice of a path: unique, and it
   * spreads the weight of a neuron equally on its g blocks, where it counts as beta_j^2 / g.
   */
  public Candidate minNorm() {
    double[] factors =
        neurons.neurons().stream()
            .mapToDouble(neuron -> 1 / Math.sqrt(neuron.blocks().size()))
            .toArray();
    Scaled scaled = new Scaled(factors);
    double[] beta = scaled.unscale(scaled.polytope.nearest(new double[neurons.size()]));
    return new Candidate("min_norm", set, beta, neurons.spread(beta));
  }

  /** argmin ||gamma||_2 over the set; unique. */
  public Candidate minL2(Scaling scaling) {
    Scaled scaled = scaled(scaling, Norm.L2);
    return named("min_l2", scaled.unscale(scaled.polytope.nearest(new double[neurons.size()])));
  }

  /** argmin max_j gamma_j, and of these the one of least ||gamma||_2. */
  public Candidate minLinf(Scaling scaling) {
    Scaled scaled = scaled(scaling, Norm.MAX);
    return named("min_linf", scaled.unscale(scaled.polytope.minimaxNorm()));
  }

  /**
   * argmax ||gamma||_1, a linear program. By {@link Scaling#WEIGHTS} all members have one sum, and
   * the center of the set is returned.
   */
  public Candidate maxL1(Scaling scaling) {
    return named("max_l1", set.polytope().range(factors(scaling, Norm.L1)).argmax());
  }

  /** argmin ||gamma||_1; see {@link #maxL1}. */
  public Candidate minL1(Scaling scaling) {
    return named("min_l1", set.polytope().range(factors(scaling, Norm.L1)).argmin());
  }

  /**
   * argmax min_j gamma_j over the neurons j of S_max, and of these the one of least ||gamma||_2.
   * Neurons outside S_max are zero in every optimum. By {@link Scaling#ENTRIES} gamma_j is the
   * largest number of w_j.
   */
  public Candidate maxSmallest(Scaling scaling) {
    Scaled scaled = scaled(scaling, Norm.MAX);
    return named("max_smallest", scaled.unscale(scaled.polytope.maxSmallest()));
  }

  /**
   * The member of least squared error on other rows, argmin ||f(X') - y'||^2, and of these the one
   * of least ||beta||_2: {@code valid_mse} and {@code test_mse} of the tables.
   *
   * @param name of the rule
   * @param x X', in the columns of X
   * @param y as many targets
   */
  public Candidate leastSquares(String name, Matrix x, double[] y) {
    if (y.length != x.rows()) {
      throw new IllegalArgumentException(
          name + " has " + y.length + " targets, expected " + x.rows());
    }
    return named(name, set.polytope().leastSquares(x.rows(), neurons.responses(x), y));
  }

  private Candidate named(String name, double[] beta) {
    return new Candidate(name, set, beta, neurons.weights(beta));
  }

  private double[] factors(Scaling scaling, Norm norm) {
    double[] factors = scaling.factors(neurons, norm);
    for (double factor : factors) {
      if (!Double.isFinite(factor)) {
        throw new IllegalArgumentException(
            "multipliers exist for the neurons of a solution only: choose from its support");
      }
    }
    return factors;
  }

  private Scaled scaled(Scaling scaling, Norm norm) {
    return new Scaled(factors(scaling, norm));
  }

  /** The polytope in gamma_j = s_j beta_j: columns m_j / s_j around s_j beta0_j. */
  private final class Scaled {
    private final double[] factors;
    private final Polytope polytope;

    Scaled(double[] factors) {
      this.factors = factors;
      int n = set.problem().n();
      double[] columns = neurons.matrix();
      double[] anchor = neurons.anchor();
      for (int j = 0; j < factors.length; j++) {
        Vectors.scale(1 / factors[j], columns, j * n, n);
        anchor[j] *= factors[j];
      }
      this.polytope = set.polytope(columns, factors, anchor);
    }

    double[] unscale(double[] gamma) {
      double[] beta = gamma.clone();
      for (int j = 0; j < beta.length; j++) {
        beta[j] /= factors[j];
      }
      return beta;
    }
  }
}
