package org.relupath.core.optimalset;

import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;

/**
 * A ball that holds the optimal residual u*, from any certified solution.
 *
 * <pre>||u* - (1 + t)/2 r||^2 &lt;= F(w) - G(t r) - (1 - t)^2/4 ||r||^2     (r = y - Z w)</pre>
 *
 * <p><b>Proof.</b> The loss is 1-strongly convex in the fit Z w and w* minimises F, so F(w) >= F* +
 * 1/2 ||Z w - Z w*||^2 = F* + 1/2 ||r - u*||^2. The dual G(u) = y'u - ||u||^2/2 is 1-strongly
 * concave and u* maximises it over the convex set of dual points, which holds t r, so G(t r) &lt;=
 * F* - 1/2 ||t r - u*||^2. Hence ||r - u*||^2 + ||t r - u*||^2 &lt;= 2 (F(w) - G(t r)), and the sum
 * of squared distances to two points is twice that to their middle plus half that between them.
 *
 * <p>v_b = Proj_{K_b}(Z_b' u) is non-expansive in Z_b' u and positively homogeneous in u, so within
 * that ball
 *
 * <pre>| ||v_b(u*)|| - (1 + t)/2 ||v_b(r)|| | &lt;= ||D_b X||_2 radius = band_b lambda.</pre>
 *
 * <p>A block with 1 - q_b > band_b, q_b = (1 + t)/2 ||v_b(r)|| / lambda, is therefore outside E,
 * proven. The squared radius allows for rounding of F - G (16 units in the last place of ||y||^2/2)
 * and for rows that w violates by rounding: w then is not feasible, and F(w) may be below F* by
 * sum_b rho_b' (-A_b w_b)_+, which is added with the multipliers at r.
 *
 * @param lambda the regularization
 * @param scale (1 + t)/2
 * @param radius of the ball, in units of y
 */
public record DualBall(double lambda, double scale, double radius) {
  private static final double ROUNDING = 16 * Math.ulp(1.0);

  /**
   * The ball of a solution.
   *
   * @param problem X, y and the model
   * @param certificate the solution's
   * @param u its residual
   * @param infeasibility sum_b rho_b' (-A_b w_b)_+ over its blocks
   */
  static DualBall of(Problem problem, Certificate certificate, double[] u, double infeasibility) {
    problem.requireSquares("what is certainly not active");
    double t = certificate.dualScale();
    double gap = certificate.objective() - certificate.dualObjective();
    double between = 0.25 * (1 - t) * (1 - t) * Vectors.dot(u, u);
    double square = Math.max(0, gap - between) + infeasibility + ROUNDING * problem.zeroObjective();
    return new DualBall(certificate.lambda(), 0.5 * (1 + t), Math.sqrt(square));
  }

  /**
   * band_b = ||D_b X||_2 radius / lambda.
   *
   * @param spectralNorm ||D_b X||_2, or a bound of it
   */
  public double band(double spectralNorm) {
    return spectralNorm * radius / lambda;
  }

  /**
   * q_b = (1 + t)/2 ||v_b(r)|| / lambda.
   *
   * @param norm ||v_b(r)||
   */
  public double ratio(double norm) {
    return scale * norm / lambda;
  }

  /** Whether ||v_b(u*)|| &lt; lambda is proven. */
  public boolean excludes(double norm, double spectralNorm) {
    return 1 - ratio(norm) > band(spectralNorm);
  }

  /** The ||v_b(r)|| at or below which a block of at most that spectral norm is excluded. */
  public double threshold(double spectralNorm) {
    return Math.max(0, lambda * (1 - band(spectralNorm)) / scale);
  }
}
