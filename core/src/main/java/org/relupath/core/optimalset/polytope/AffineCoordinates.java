package org.relupath.core.optimalset.polytope;

import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;

/**
 * Coordinates z of the members of a polytope: x = origin + N z >= 0 with N orthonormal, so that
 * every z with x >= 0 is a member and the fit is kept to rounding whatever z is.
 *
 * @param origin a member, s entries
 * @param basis N, s x k, column-major
 * @param dimension k
 * @param inequalities {z : origin + N z >= 0}
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
record AffineCoordinates(
    double[] origin, double[] basis, int dimension, Inequalities inequalities) {
  /**
   * Rows of N up to this length are zero: their coordinate is the same for all members. A null
   * basis computed in spite of singular values of 1e-6 is off by 1e-10.
   */
  private static final double CONSTANT = 1e-10;

  static AffineCoordinates of(double[] origin, double[] basis) {
    int s = origin.length;
    int k = s == 0 ? 0 : basis.length / s;
    return new AffineCoordinates(origin, basis, k, Inequalities.of(s, k, basis, origin, CONSTANT));
  }

  /** origin + N z, at least zero. */
  double[] at(double[] z) {
    double[] x = displacement(z);
    Vectors.axpy(1, origin, 0, x, 0, x.length);
    for (int b = 0; b < x.length; b++) {
      x[b] = Math.max(0, x[b]);
    }
    return x;
  }

  /** The member where a program over {@link #inequalities} ended, its active entries zero. */
  double[] at(FeasibleAscent.Optimum optimum) {
    double[] x = at(optimum.z());
    for (int b : optimum.active()) {
      x[b] = 0;
    }
    return x;
  }

  /** N z. */
  double[] displacement(double[] z) {
    return new Dense(origin.length, dimension, basis).times(z);
  }

  /** N'(x - origin). */
  double[] coordinates(double[] x) {
    double[] step = x.clone();
    Vectors.axpy(-1, origin, 0, step, 0, step.length);
    return gradient(step);
  }

  /** N'c, the gradient of c'x. */
  double[] gradient(double[] c) {
    return new Dense(origin.length, dimension, basis).transposedTimes(c);
  }
}
