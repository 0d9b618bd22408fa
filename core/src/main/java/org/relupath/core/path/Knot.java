package org.relupath.core.path;

import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;

/**
 * What bounds at other lambdas need of one lambda of a path: its residual r, a feasible dual point
 * u, and S = sum_b ||w_b||.
 */
final class Knot {
  /** Of one operation, relatively. */
  private static final double ROUNDING = 0x1p-52;

  private final double lambda;
  private final double[] f;
  private final double[] r;
  private final double[] u;
  private final double sum;
  private final double fitError;
  private final double dualError;

  private Knot(
      double lambda,
      double[] f,
      double[] r,
      double[] u,
      double sum,
      double fitError,
      double dualError) {
    this.lambda = lambda;
    this.f = f;
    this.r = r;
    this.u = u;
    this.sum = sum;
    this.fitError = fitError;
    this.dualError = dualError;
  }

  /**
   * The knots of a path, whose interpolated points have dual points between those of solved ones.
   */
  static List<Knot> all(Problem problem, List<PathPoint> points) {
    problem.requireSquares("a bound between lambdas");
    Knot[] knots = new Knot[points.size()];
    for (int k = 0; k < knots.length; k++) {
      knots[k] = points.get(k).solved() ? solved(problem, points.get(k)) : null;
    }
    for (int k = 0; k < knots.length; k++) {
      int above = k;
      int below = k;
      while (!points.get(above).solved()) {
        above--;
      }
      while (!points.get(below).solved()) {
        below++;
      }
      if (above < below) {
        knots[k] = between(problem, points.get(k), knots[above], knots[below]);
      }
    }
    return List.of(knots);
  }

  /** The knot of a solved lambda: u is the residual scaled as its certificate says. */
  static Knot solved(Problem problem, PathPoint point) {
    Certificate certificate = point.solution().certificate();
    double[] u = new Certifier(problem).residual(point.solution().weights());
    Vectors.scale(certificate.dualScale(), u, 0, u.length);
    return of(problem, point, u);
  }

  private static Knot between(Problem problem, PathPoint point, Knot a, Knot b) {
    double t = (a.lambda - point.lambda()) / (a.lambda - b.lambda);
    double[] u = a.u.clone();
    Vectors.scale(1 - t, u, 0, u.length);
    Vectors.axpy(t, b.u, 0, u, 0, u.length);
    return of(problem, point, u);
  }

  /**
   * A knot with what its numbers may be wrong by. The fit is a sum of k products of length d, and
   * blocks outside their cones by a relative v make the network of a combination of weights differ
   * by at most that from the combination of networks: together ||X|| S (v + (k + d) 2^-52). What is
   * left are inner products of length n, and the n products behind each dual norm: at most 4 (n +
   * d) 2^-52 of the squares of the vectors' lengths.
   */
  private static Knot of(Problem problem, PathPoint point, double[] u) {
    BlockWeights weights = point.solution().weights();
    double[] f = weights.fit(problem.design(), problem.model());
    double[] r = problem.y().clone();
    Vectors.axpy(-1, f, 0, r, 0, r.length);
    double sum = weights.normSum();
    double violation = point.solution().certificate().maxConeViolation();
    double steps = weights.size() + problem.d();
    double reach = problem.design().norm() * sum;
    return new Knot(
        point.lambda(),
        f,
        r,
        u,
        sum,
        reach * (violation + steps * ROUNDING),
        4 * (problem.n() + problem.d()) * ROUNDING);
  }

  double lambda() {
    return lambda;
  }

  /** The bound from here down to the knot of a smaller lambda. */
  GapBound boundTo(Knot other) {
    double allowance = allowance(other);
    return new GapBound(
        lambda,
        other.lambda,
        product(this) + allowance,
        0.5 * (product(other) + other.product(this)) + allowance,
        other.product(other) + allowance);
  }

  /** 1/2 (r - u)'(r_o - u_o) + lambda S_o - u'f_o: the gap where the other is this one. */
  private double product(Knot other) {
    double half = 0;
    for (int i = 0; i < r.length; i++) {
      half += 0.5 * (r[i] - u[i]) * (other.r[i] - other.u[i]);
    }
    return half + lambda * other.sum - Vectors.dot(u, other.f);
  }

  private double allowance(Knot other) {
    double fits = Math.max(fitError, other.fitError);
    double sizes = Math.max(size(), other.size());
    double penalties = Math.max(lambda, other.lambda) * Math.max(sum, other.sum);
    double products = sizes * sizes + penalties;
    return fits * (2 * sizes + fits) + Math.max(dualError, other.dualError) * products;
  }

  /** At least ||r||, ||u|| and ||f||. */
  private double size() {
    return Math.max(Math.max(Vectors.norm(r), Vectors.norm(u)), Vectors.norm(f));
  }
}
