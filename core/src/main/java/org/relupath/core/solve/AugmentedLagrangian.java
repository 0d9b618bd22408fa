package org.relupath.core.solve;

import org.relupath.core.linalg.Capacity;
import org.relupath.core.linalg.SpectralNorm;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.Loss;
import org.relupath.core.program.Problem;

/**
 * One step of the augmented Lagrangian method on the dual of the program restricted to a working
 * set.
 *
 * <p>With x the weights so far and sigma the penalty, it minimises over u in R^n
 *
 * <pre>psi(u) = sum_r l*(u_r) - y'u + 1/(2 sigma) sum_b (||q_b|| - sigma lambda)_+^2,
 * q_b = Proj_{K_b}(x_b + sigma Z_b'u),   grad psi = [l*'(u_r)] - y + Z x+,
 * x_b+ = (1 - sigma lambda / ||q_b||)_+ q_b</pre>
 *
 * by a semismooth Newton method with Armijo's rule, projected to where psi is finite (the squared
 * loss: l*'(u_r) = u_r, everywhere), and takes x+ at the minimiser for the new weights: the exact
 * proximal step, always inside the cones (core/docs/solver.md#augmented-lagrangian-step).
 */
final class AugmentedLagrangian {
  /** Share of the predicted fall of psi that a step must bring. */
  private static final double ARMIJO = 1e-4;

  /** The line search ends here: float64 resolves no shorter step. */
  private static final double SMALLEST_STEP = 1e-7;

  /** Relative fall of psi that is rounding. */
  private static final double PSI_ROUNDING = 1e-14;

  /** Relative rounding of psi and of its gradient, sums over n rows. */
  private static final double ROUNDING = 1e-13;

  /** Size of the gradient against the move of the weights at which psi is minimised well enough. */
  private static final double INNER = 0.2;

  /** Share of tolerance times lambda that the gradient may always add to a block's norm. */
  private static final double DUAL = 0.1;

  /** Newton steps in a row that may leave psi where it is before the step counts as broken down. */
  private static final int FLAT_STEPS = 3;

  private final Problem problem;
  private final NewtonSystem newton;
  private final int n;
  private final int d;
  private final double[] f;
  private final double[] gradient;
  private final double[] curvature;
  private final double[] moved;
  private final double[] direction;
  private final double targetNorm;
  private final double length;
  private double[] g = new double[0];
  private double[] change = new double[0];
  private double[] bent = new double[0];
  private double[] z = new double[0];
  private double[] next = new double[0];
  private double[] norms = new double[0];

  /** Whether the last slopes tried are not on the straight line from u. */
  private boolean cut;

  AugmentedLagrangian(Problem problem, NewtonSystem newton) {
    this.problem = problem;
    this.newton = newton;
    this.n = problem.n();
    this.d = problem.d();
    this.f = new double[n];
    this.gradient = new double[n];
    this.curvature = new double[n];
    this.moved = new double[n];
    this.direction = new double[n];
    this.targetNorm = Vectors.norm(problem.y());
    this.length =
        SpectralNorm.estimate(
            n, d, problem.design()::multiply, problem.design()::transposedMultiply);
  }

  /**
   * How a step went.
   *
   * @param newtonSteps Newton systems solved
   * @param solved whether the inner tolerance was met
   * @param flat whether psi stopped falling before that
   */
  record Step(int newtonSteps, boolean solved, boolean flat) {

    /**
     * Whether the step broke down.
     *
     * @param full whether it had as many Newton steps as a sound one needs
     */
    boolean broken(boolean full) {
      return flat || (full && !solved);
    }
  }

  /**
   * Minimises psi from u and moves the working set's weights.
   *
   * @param set the blocks and their weights, changed
   * @param u the dual point, changed to the minimiser
   * @param lambda the regularization
   * @param sigma the penalty
   * @param tolerance the relative gap that the whole solve is after
   * @param limit Newton steps at most
   */
  Step step(WorkingSet set, double[] u, double lambda, double sigma, double tolerance, int limit) {
    reserve(set);
    double t = sigma * lambda;
    set.correlate(u, g);
    double psi = evaluate(set, u, 0, t, sigma);
    int steps = 0;
    int flat = 0;
    boolean solved = solved(set, u, sigma, lambda, tolerance);
    while (!solved && steps < limit && flat < FLAT_STEPS) {
      newton.direction(set, next, norms, t, sigma, curvature, gradient, direction);
      double before = psi;
      psi = lineSearch(set, u, psi, t, sigma);
      flat = psi < before - PSI_ROUNDING * Math.abs(before) ? 0 : flat + 1;
      steps++;
      solved = solved(set, u, sigma, lambda, tolerance);
    }
    set.accept(next);
    return new Step(steps, solved, flat == FLAT_STEPS);
  }

  private void reserve(WorkingSet set) {
    long needed = (long) set.size() * d;
    if (norms.length < set.size() || g.length < needed) {
      int capacity = Capacity.of(needed, needed * 3 / 2);
      g = new double[capacity];
      change = new double[capacity];
      bent = new double[capacity];
      z = new double[capacity];
      next = new double[capacity];
      norms = new double[(int) (set.size() * 3L / 2)];
    }
  }

  /**
   * psi at the slopes nearest to u + step direction, kept in {@code moved}, from Z'u and
   * Z'direction at hand where these are all slopes, leaving x+ in {@code next}.
   */
  private double evaluate(WorkingSet set, double[] u, double step, double t, double sigma) {
    double[] x = set.weights();
    cut = false;
    for (int r = 0; r < n; r++) {
      double straight = u[r] + step * direction[r];
      moved[r] = problem.loss().nearestSlope(straight);
      cut |= moved[r] != straight;
    }
    if (cut) {
      set.correlate(moved, bent);
    }
    for (int i = 0; i < set.size() * d; i++) {
      z[i] = x[i] + sigma * (cut ? bent[i] : g[i] + step * change[i]);
    }
    double value = set.prox(z, t, next, norms) / sigma;
    for (int r = 0; r < n; r++) {
      value += problem.loss().dualCost(problem.y()[r], moved[r]);
    }
    return value;
  }

  /**
   * Computes grad psi, 0 where it only points to what is no slope of the loss, and looks at the
   * inner tolerance: the gradient is small against the move of the weights, and its square against
   * the primal value times the gap; or it has reached rounding.
   */
  private boolean solved(
      WorkingSet set, double[] u, double sigma, double lambda, double tolerance) {
    set.fit(next, f);
    Loss cost = problem.loss();
    double loss = 0;
    for (int r = 0; r < n; r++) {
      double error = problem.y()[r] - f[r];
      double own = cost.error(u[r]);
      double down = u[r] - (own - error);
      boolean held = down != u[r] && cost.nearestSlope(down) == u[r];
      gradient[r] = held ? 0 : own - error;
      curvature[r] = held ? 0 : cost.curvature(own);
      loss += cost.value(error);
    }
    double norm = Vectors.norm(gradient);
    double moved = 0;
    double penalty = 0;
    for (int i = 0; i < set.size(); i++) {
      for (int k = i * d; k < (i + 1) * d; k++) {
        double move = next[k] - set.weights()[k];
        moved += move * move;
      }
      penalty += lambda * Vectors.norm(next, i * d, d);
    }
    double floor = ROUNDING * targetNorm;
    // What the gradient adds to ||Z_b'u|| must stay below what the step itself leaves there.
    double left = Math.max(Math.sqrt(moved) / sigma, DUAL * tolerance * lambda);
    return norm <= floor
        || (norm <= INNER * Math.sqrt(moved / sigma) + floor
            && norm * length <= left
            && norm * norm <= INNER * (loss + penalty) * Math.max(tolerance, ROUNDING));
  }

  /** Halves the step until psi falls enough, then moves u and Z'u; psi there. */
  private double lineSearch(WorkingSet set, double[] u, double psi, double t, double sigma) {
    set.correlate(direction, change);
    double slope = Vectors.dot(gradient, direction);
    double slack = ROUNDING * Math.abs(psi);
    double step = 1;
    double value = evaluate(set, u, step, t, sigma);
    while (!(value <= psi + ARMIJO * step * slope + slack) && step > SMALLEST_STEP) {
      step *= 0.5;
      value = evaluate(set, u, step, t, sigma);
    }
    System.arraycopy(moved, 0, u, 0, n);
    if (cut) {
      System.arraycopy(bent, 0, g, 0, set.size() * d);
    } else {
      Vectors.axpy(step, change, 0, g, 0, set.size() * d);
    }
    return value;
  }
}
