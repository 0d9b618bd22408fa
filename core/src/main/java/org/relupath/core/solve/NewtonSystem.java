package org.relupath.core.solve;

import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * Solves H du = -grad psi with the generalised Hessian of {@link ActiveBlocks}: by {@link
 * ConjugateGradients} where X is wide, else, or where they fail, in the smaller of two forms: of
 * order sum_b rank N_b through the Woodbury identity, or of order n. Buffers and the Gram matrices
 * of gated patterns survive from call to call and from lambda to lambda.
 *
 * <p>That is for the squared loss. With H = I + A there, that of another one is C^-1 + A with its
 * curvatures C = diag(l''): with S = C^(1/2) and du = S dv the equation is (I + S A S) dv = -S grad
 * psi, of the same form, with the rows of Z times S. u stays where C is 0.
 */
final class NewtonSystem {
  /** Woodbury pays as long as its order is below this multiple of n. */
  private static final double GRAM_LIMIT = 1.0;

  /** The order, as a multiple of n, up to which Woodbury pays where it forms Z'Z each time. */
  private static final double FACTORED_LIMIT = 0.8;

  /** The order beyond which a square matrix is more than one array holds. */
  private static final int LARGEST_ORDER = 46_340;

  /** Rows of a sparse X up to which its systems are factored. */
  private static final int FEW_ROWS = 512;

  private final Problem problem;
  private final ActiveBlocks active;
  private final ConjugateGradients gradients;
  private final ReducedSystem reduced;

  /** Null where X is sparse. */
  private final GramSystem gram;

  private final FullSystem full;
  private final double[] roots;
  private final double[] scaled;

  NewtonSystem(Problem problem) {
    this.problem = problem;
    this.active = new ActiveBlocks(problem);
    this.gradients = new ConjugateGradients(problem, active);
    this.reduced = new ReducedSystem(problem, active);
    this.gram = problem.design().isSparse() ? null : new GramSystem(problem, active);
    this.full = new FullSystem(problem, active);
    this.roots = new double[problem.n()];
    this.scaled = new double[problem.n()];
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
   * @param curvature l'', 0 in rows that are to stay
   * @param gradient grad psi
   * @param direction receives du
   */
  void direction(
      WorkingSet set,
      double[] w,
      double[] norms,
      double t,
      double sigma,
      double[] curvature,
      double[] gradient,
      double[] direction) {
    active.collect(set, w, norms, t, sigma);
    if (curved(curvature)) {
      scaledDirection(gradient, direction);
      return;
    }
    for (int r = 0; r < gradient.length; r++) {
      direction[r] = -gradient[r];
    }
    if (active.count() > 0 && !solve(gradient, direction, true)) {
      for (int r = 0; r < gradient.length; r++) {
        direction[r] = -gradient[r];
      }
    }
  }

  /** Whether curvatures are others than 1; their roots. */
  private boolean curved(double[] curvature) {
    boolean curved = false;
    for (int r = 0; r < curvature.length; r++) {
      curved |= curvature[r] != 1;
      roots[r] = Math.sqrt(curvature[r]);
    }
    return curved;
  }

  private void scaledDirection(double[] gradient, double[] direction) {
    active.scaleRows(roots);
    for (int r = 0; r < gradient.length; r++) {
      scaled[r] = roots[r] * gradient[r];
      direction[r] = -scaled[r];
    }
    boolean solved = active.count() == 0 || solve(scaled, direction, false);
    for (int r = 0; r < gradient.length; r++) {
      direction[r] = roots[r] * (solved ? direction[r] : -scaled[r]);
    }
  }

  /** Products of patterns are kept for rows as they are. */
  private boolean solve(double[] gradient, double[] direction, boolean keeps) {
    int n = problem.n();
    boolean gated = problem.model() == Model.GATED;
    if (problem.design().isSparse()) {
      return sparse(direction);
    }
    if (keeps && gated && active.dimension() <= GRAM_LIMIT * n && gram.fits()) {
      return gram.solve(gradient, direction);
    }
    if (gradients.solve(direction, flops())) {
      return true;
    }
    if (active.dimension() <= FACTORED_LIMIT * n || n > LARGEST_ORDER) {
      return reduced.solve(gradient, direction);
    }
    return full.solve(direction);
  }

  /** Few rows have an n x n matrix; of many, products alone are affordable. */
  private boolean sparse(double[] direction) {
    if (problem.n() <= FEW_ROWS && problem.model() == Model.GATED) {
      return full.solve(direction);
    }
    gradients.solveFar(direction);
    return true;
  }

  /** Multiplications and additions of the cheaper factorisation, with its products. */
  private double flops() {
    double n = problem.n();
    double m = active.dimension();
    double tight = 0;
    for (int a = 0; a < active.count(); a++) {
      tight += active.tightCount(a);
    }
    double reducedFlops = m * n * (2.0 * problem.d() + m) + m * m * m / 3;
    double fullFlops = tight * n * (2.0 * problem.d() + n) + n * n * n / 3;
    return Math.min(reducedFlops, fullFlops);
  }
}
