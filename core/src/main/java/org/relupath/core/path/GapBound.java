package org.relupath.core.path;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.Problem;

/**
 * How far from optimal the network interpolated between two solved lambdas a > b can be: with t =
 * (a - lambda) / (a - b), w = (1 - t) w_a + t w_b has
 *
 * <pre>F(w) - min F &lt;= B(t) = (1 - t)^2 atUpper + 2 t (1 - t) mixed + t^2 atLower.</pre>
 *
 * <p>Let u_a, u_b be feasible dual points of the ends, max_v ||v(u_a)|| &lt;= a and max_v
 * ||v(u_b)|| &lt;= b, r = y - f(X) the residuals and S = sum_b ||w_b||. Norms and distances to
 * cones are convex, so u = (1 - t) u_a + t u_b is feasible at lambda = (1 - t) a + t b, and S(w)
 * &lt;= (1 - t) S_a + t S_b. With y = r + f,
 *
 * <pre>F(w) - G(u) &lt;= 1/2 ||r - u||^2 + lambda ((1 - t) S_a + t S_b) - u'f,</pre>
 *
 * <p>in which r - u, lambda, S, u and f are all linear in t: a quadratic, written above in its
 * Bernstein form. Its outer coefficients are the gaps of the ends, and
 *
 * <pre>2 mixed = (r_a - u_a)'(r_b - u_b) + a S_b + b S_a - u_a'f_b - u_b'f_a.</pre>
 *
 * <p>No block is priced between the ends. Every coefficient includes an allowance for rounding and
 * for weights that are outside their cones by rounding ({@link Knot}).
 *
 * @param upper a, the larger lambda
 * @param lower b, the smaller one
 * @param atUpper B(0), in units of the objective
 * @param mixed the middle coefficient
 * @param atLower B(1)
 */
public record GapBound(double upper, double lower, double atUpper, double mixed, double atLower) {

  /** Checks that there is something in between. */
  public GapBound {
    if (!(upper > lower) || !(lower > 0)) {
      throw new IllegalArgumentException(
          "bounds hold from a larger lambda to a smaller positive one, got "
              + upper
              + ", "
              + lower);
    }
  }

  /**
   * The bounds between the neighbours of a path, one fewer than points. An interpolated point has
   * the dual point interpolated between the nearest solved ones.
   *
   * @param points decreasing in lambda, the first and the last of them solved
   */
  public static List<GapBound> along(Problem problem, List<PathPoint> points) {
    List<Knot> knots = Knot.all(problem, points);
    List<GapBound> bounds = new ArrayList<>();
    for (int k = 1; k < knots.size(); k++) {
      bounds.add(knots.get(k - 1).boundTo(knots.get(k)));
    }
    return bounds;
  }

  /** B at a lambda from {@code lower} to {@code upper}. */
  public double at(double lambda) {
    if (!(lambda >= lower && lambda <= upper)) {
      throw new IllegalArgumentException(
          "lambda is " + lambda + ", expected from " + lower + " to " + upper);
    }
    return value((upper - lambda) / (upper - lower));
  }

  private double value(double t) {
    double s = 1 - t;
    return s * s * atUpper + 2 * s * t * mixed + t * t * atLower;
  }

  /**
   * The largest B from {@code lower} to {@code upper}: where the middle coefficient is the largest,
   * B' = 0 at t = (mixed - atUpper) / (2 mixed - atUpper - atLower), and B is monotone or convex
   * otherwise.
   */
  public double max() {
    double ends = Math.max(atUpper, atLower);
    return mixed > ends ? value(peak()) : ends;
  }

  private double peak() {
    return (mixed - atUpper) / (2 * mixed - atUpper - atLower);
  }

  /** This bound in other units: lambdas divided by one number, gaps by another. */
  public GapBound inUnits(double ofLambda, double ofGap) {
    return new GapBound(
        upper / ofLambda, lower / ofLambda, atUpper / ofGap, mixed / ofGap, atLower / ofGap);
  }
}
