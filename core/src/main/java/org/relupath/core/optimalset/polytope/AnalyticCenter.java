package org.relupath.core.optimalset.polytope;

import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;

/**
 * The analytic center of a polytope {x = origin + N z > 0}: the maximiser of sum_b log x_b.
 *
 * <p>It is unique, does not depend on where one starts nor on the scale of any coordinate, and
 * rounds the polytope: measured in x_b / center_b the unit ball about it lies inside, and a ball of
 * radius s = number of coordinates holds all of it (Sonnevend; Boyd and Vandenberghe, "Convex
 * Optimization", section 8.5.3). Newton's method, whose step there is the least squares problem min
 * ||diag(1/x) N dz - 1||.
 */
final class AnalyticCenter {
  /** Newton decrement that counts as the center: its square is the error of the logarithms. */
  private static final double DECREMENT = 1e-9;

  /** Newton steps at most; some tens are usual. */
  private static final int STEPS = 500;

  /** Share of the way to the border that a step may go. */
  private static final double INSIDE = 0.95;

  /** Share of the predicted gain that a step must bring. */
  private static final double ARMIJO = 0.1;

  private AnalyticCenter() {}

  /**
   * Finds the center.
   *
   * @param x a member, positive in every coordinate
   * @param basis N, s x k with k >= 1, column-major
   * @return the center, s entries
   */
  static double[] from(double[] x, double[] basis) {
    int s = x.length;
    double[] center = x.clone();
    for (int step = 0; step < STEPS; step++) {
      double[] relative = relativeStep(center, basis);
      double decrement = Vectors.norm(relative);
      if (decrement <= DECREMENT) {
        return center;
      }
      double t = lineSearch(relative, decrement);
      if (t == 0) {
        return center;
      }
      for (int b = 0; b < s; b++) {
        center[b] *= 1 + t * relative[b];
      }
    }
    return center;
  }

  /** dx / x, the projection of the vector of ones onto the range of diag(1/x) N. */
  private static double[] relativeStep(double[] x, double[] basis) {
    Dense range = relativeBasis(x, basis);
    double[] ones = new double[x.length];
    java.util.Arrays.fill(ones, 1);
    return range.times(range.transposedTimes(ones));
  }

  /** An orthonormal basis of the range of diag(1/x) N: the directions relative to x. */
  static Dense relativeBasis(double[] x, double[] basis) {
    int s = x.length;
    int k = basis.length / s;
    double[] scaled = basis.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= x[i % s];
    }
    return new Dense(s, k, scaled).svd().range(k);
  }

  /** A step after which sum log(1 + t r_b) has grown by enough, or zero. */
  private static double lineSearch(double[] relative, double decrement) {
    double least = 0;
    for (double r : relative) {
      least = Math.min(least, r);
    }
    double t = least < 0 ? Math.min(1, INSIDE / -least) : 1;
    while (t > 1e-12) {
      double gain = 0;
      for (double r : relative) {
        gain += Math.log1p(t * r);
      }
      if (gain >= ARMIJO * t * decrement * decrement) {
        return t;
      }
      t /= 2;
    }
    return 0;
  }
}
