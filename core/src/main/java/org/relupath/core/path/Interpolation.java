package org.relupath.core.path;

import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;

/**
 * Solutions between two solved lambdas a > b: (w, u) = (1 - t) (w_a, u_a) + t (w_b, u_b) at lambda
 * = (1 - t) a + t b, where u_a, u_b are the scaled residuals that certified the ends.
 *
 * <p>Dual norms are convex, so max_b ||v_b(u)|| <= (1 - t) a + t b = lambda: u is feasible without
 * any pricing, and the gap in between follows from six inner products
 * (core/docs/mathematics.md#path).
 */
final class Interpolation {
  private final Certifier certifier;
  private final PathPoint a;
  private final PathPoint b;
  private final double tolerance;
  private final double[] ra;
  private final double[] rb;
  private final double aa;
  private final double ab;
  private final double bb;
  private final double ya;
  private final double yb;

  /** Between the larger lambda's point a and the smaller one's point b. */
  Interpolation(Problem problem, PathPoint a, PathPoint b, double tolerance) {
    problem.requireSquares("interpolation between lambdas");
    this.certifier = new Certifier(problem);
    this.a = a;
    this.b = b;
    this.tolerance = tolerance;
    this.ra = certifier.residual(a.solution().weights());
    this.rb = certifier.residual(b.solution().weights());
    this.aa = Vectors.dot(ra, ra);
    this.ab = Vectors.dot(ra, rb);
    this.bb = Vectors.dot(rb, rb);
    this.ya = Vectors.dot(problem.y(), ra);
    this.yb = Vectors.dot(problem.y(), rb);
  }

  private double place(double lambda) {
    return (a.lambda() - lambda) / (a.lambda() - b.lambda());
  }

  /** The largest bound of the relative gap over lambdas[from] to lambdas[to - 1], 0 if none. */
  double worstGap(double[] lambdas, int from, int to) {
    double worst = 0;
    for (int k = from; k < to; k++) {
      double primal = primal(lambdas[k]);
      worst = Math.max(worst, (primal - dual(lambdas[k])) / primal);
    }
    return worst;
  }

  /** F at the interpolated weights or more: block norms are convex. */
  private double primal(double lambda) {
    double t = place(lambda);
    double s = 1 - t;
    return SquaredLoss.ofSquare(square(s, t))
        + lambda * (s * a.solution().weights().normSum() + t * b.solution().weights().normSum());
  }

  /** ||s r_a + t r_b||^2. */
  private double square(double s, double t) {
    return s * s * aa + 2 * s * t * ab + t * t * bb;
  }

  /** G at the interpolated dual point. */
  private double dual(double lambda) {
    double t = place(lambda);
    double s = (1 - t) * a.solution().certificate().dualScale();
    t *= b.solution().certificate().dualScale();
    return SquaredLoss.dualValue(1, s * ya + t * yb, square(s, t));
  }

  /** The interpolated weights. */
  BlockWeights weights(double lambda) {
    return a.weightsTowards(b, lambda);
  }

  /** The interpolated solution with its certificate; the KKT residual is not known. */
  Solution solution(double lambda) {
    BlockWeights weights = weights(lambda).compact();
    double[] u = certifier.residual(weights);
    double loss = SquaredLoss.ofSquare(Vectors.dot(u, u));
    double penalty = lambda * weights.normSum();
    double dual = dual(lambda);
    double gap = Certificate.relativeGap(loss + penalty, dual);
    Certificate certificate =
        new Certificate(
            lambda,
            loss,
            penalty,
            loss + penalty,
            dual,
            gap,
            1,
            lambda,
            certifier.coneViolation(weights),
            Double.NaN);
    Status status = gap <= tolerance ? Status.OPTIMAL : Status.ALMOST;
    return new Solution(weights, certificate, status, 0, 0, 0);
  }
}
