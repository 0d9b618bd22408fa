package org.relupath.core.loss;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * A loss L(f) = sum_r l(e_r) of the errors e = y - f, with l convex, differentiable and least at 0.
 *
 * <p>Its programs are min over w of L(sum_b Z_b w_b) + lambda sum_b ||w_b||. With the conjugate
 * l*(v) = max over e of (v e - l(e)) their dual is
 *
 * <pre>
 * max over v of G(v) = sum_r (y_r v_r - l*(v_r))   subject to   ||v_b(v)|| &lt;= lambda for all b,
 * </pre>
 *
 * and the optimum of the one is that of the other at v = u, the residual u_r = l'(e_r).
 */
public interface Loss extends Serializable {

  /**
   * A feasible dual point t u and what it is worth.
   *
   * @param scale t
   * @param value G(t u), a lower bound of the optimum
   */
  record DualPoint(double scale, double value) {}

  /**
   * l(e).
   *
   * @param e the error y_r - f_r of one row
   */
  double value(double e);

  /** sum_r l(e_r), as nearly as doubles can hold it. */
  double value(double[] errors);

  /**
   * The loss of a fit.
   *
   * @param u its n residuals
   * @param errors its n errors, asked for where the residuals do not say the loss
   */
  default double value(double[] u, Supplier<double[]> errors) {
    return value(errors.get());
  }

  /** u = l'(e). */
  double residual(double e);

  /** The residuals of n errors, which may become them in place. */
  default double[] residuals(double[] errors) {
    for (int r = 0; r < errors.length; r++) {
      errors[r] = residual(errors[r]);
    }
    return errors;
  }

  /** l''(e), from one side where l' has a kink. */
  double curvature(double e);

  /** l*(v); infinite where v is no slope of l. */
  double conjugate(double v);

  /** l*'(v), an error whose residual is v. */
  double error(double v);

  /** The slope of l nearest to v, where l* is finite: v itself if l has all slopes. */
  default double nearestSlope(double v) {
    return v;
  }

  /** l*(v) - y v, what one row adds to -G. */
  default double dualCost(double y, double v) {
    return conjugate(v) - y * v;
  }

  /**
   * A multiple of a residual that is feasible, the best one where it is known in closed form.
   *
   * @param y n targets
   * @param u n residuals
   * @param lambda the regularization, > 0
   * @param maxNorm max_b ||v_b(u)||; 0 for no constraint
   */
  default DualPoint dualPoint(double[] y, double[] u, double lambda, double maxNorm) {
    double t = maxNorm > lambda ? lambda / maxNorm : 1;
    double cost = 0;
    for (int r = 0; r < u.length; r++) {
      cost += dualCost(y[r], t * u[r]);
    }
    return new DualPoint(t, -cost);
  }
}
