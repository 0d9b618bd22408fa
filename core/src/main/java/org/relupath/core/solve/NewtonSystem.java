package org.relupath.core.solve;

import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * Solves H du = -grad psi with the generalised Hessian of {@link ActiveBlocks}, in the smaller of
 * two forms: of order sum_b rank N_b through the Woodbury identity, or of order n. Buffers and the
 * Gram matrices of gated patterns survive from call to call and from lambda to lambda.
 */
final class NewtonSystem {
  /** Woodbury pays as long as its order is below this multiple of n. */
  private static final double GRAM_LIMIT = 1.0;

  /** The order, as a multiple of n, up to which Woodbury pays where it forms Z'Z each time. */
  private static final double FACTORED_LIMIT = 0.8;

  /** The order beyond which a square matrix is more than one array holds. */
  private static final int LARGEST_ORDER = 46_340;

  private final Problem problem;
  private final ActiveBlocks active;
  private final ReducedSystem reduced;
  private final GramSystem gram;
  private final FullSystem full;

  NewtonSystem(Problem problem) {
    this.problem = problem;
    this.active = new ActiveBlocks(problem);
    this.reduced = new ReducedSystem(problem, active);
    this.gram = new GramSystem(problem, active);
    this.full = new FullSystem(problem, active);
  }

  /**
   * The Newton direction; the steepest descent where a factorisation breaks down, which the line
   * search and the caller's stagnation rule then deal with.
   *
   * @param set the working set after the prox
   * @param w the prox's result
   * @param norms ||q_b||
   * @param t sigma lambda
   * @param sigma the penalty
   * @param gradient grad psi
   * @param direction receives du
   */
  void direction(
      WorkingSet set,
      double[] w,
      double[] norms,
      double t,
      double sigma,
      double[] gradient,
      double[] direction) {
    active.collect(set, w, norms, t, sigma);
    for (int r = 0; r < gradient.length; r++) {
      direction[r] = -gradient[r];
    }
    if (active.count() > 0 && !solve(gradient, direction)) {
      for (int r = 0; r < gradient.length; r++) {
        direction[r] = -gradient[r];
      }
    }
  }

  private boolean solve(double[] gradient, double[] direction) {
    int n = problem.n();
    boolean gated = problem.model() == Model.GATED;
    if (gated && active.dimension() <= GRAM_LIMIT * n && gram.fits()) {
      return gram.solve(gradient, direction);
    }
    if (active.dimension() <= FACTORED_LIMIT * n || n > LARGEST_ORDER) {
      return reduced.solve(gradient, direction);
    }
    return full.solve(direction);
  }
}
