package org.relupath.core.program.search;

import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.SpectralNorm;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.linalg.Vectors;

/**
 * h(w) = sum_r sigma_r p_r (a_r'w)_+ with p >= 0 and signs sigma, and bounds of its largest value
 * over ||w|| &lt;= 1 through singular values. With (z)_+ = (z + |z|) / 2 and P the rows where
 * sigma_r = +1,
 *
 * <pre>h(w) &lt;= (||sum_r sigma_r p_r a_r|| + max_w sum_P p_r |a_r'w|) / 2,</pre>
 *
 * and for any weights q > 0, by Cauchy and Schwarz,
 *
 * <pre>sum_P p_r |a_r'w| &lt;= sqrt(sum_P p_r / q_r) sqrt(lambda_max(sum_P p_r q_r a_r a_r')).
 * </pre>
 *
 * <p>The smallest is taken of q_r = 1 / p_r (||p|| sigma_max(A_P)), q_r = 1, and q_r = 1 / ||a_r||,
 * which is never above sum_P p_r ||a_r||.
 *
 * @param x the rows a_r, n x d
 * @param weights p
 * @param signs sigma, +1 or -1
 */
@SuppressWarnings("ArrayRecordComponent") // a view on numbers, never compared
record HingeSum(Design x, double[] weights, int[] signs) {
  /** A sum over dense rows, n x d, one after the other. */
  HingeSum(int d, double[] rows, double[] weights, int[] signs) {
    this(new Matrix(weights.length, d, rows), weights, signs);
  }

  /** The dimension of w. */
  int d() {
    return x.columns();
  }

  /** The rows one after the other, where they are dense: n x d. */
  double[] rows() {
    return ((Matrix) x).values();
  }

  /** n. */
  int n() {
    return weights.length;
  }

  /**
   * An upper bound of max h over the unit ball.
   *
   * @param absolute an upper bound of max_w sum_P p_r |a_r'w|
   */
  double normBound(double absolute) {
    return 0.5 * SpectralNorm.UP * (Vectors.norm(linear(false)) + absolute);
  }

  /**
   * An upper bound over the unit ball of the terms of positive sign alone, whose sum is at least h.
   *
   * @param absolute an upper bound of max_w sum_P p_r |a_r'w|
   */
  double positiveNormBound(double absolute) {
    return 0.5 * SpectralNorm.UP * (Vectors.norm(linear(true)) + absolute);
  }

  /** ||p|| over P. */
  double length() {
    double square = 0;
    for (int r = 0; r < n(); r++) {
      square += signs[r] > 0 ? weights[r] * weights[r] : 0;
    }
    return Math.sqrt(square);
  }

  /** sum_r sigma_r p_r a_r, of the positive signs alone or of all. */
  private double[] linear(boolean positive) {
    double[] sum = new double[d()];
    for (int r = 0; r < n(); r++) {
      if (signs[r] > 0 || !positive) {
        x.addRow(signs[r] * weights[r], r, sum, 0);
      }
    }
    return sum;
  }

  /** An upper bound of max_w sum_P p_r |a_r'w|. */
  double absolute() {
    double[] lengths = new double[n()];
    for (int r = 0; r < n(); r++) {
      lengths[r] = x.length(r);
    }
    double[] one = new double[n()];
    double[] inverse = new double[n()];
    double[] scaled = new double[n()];
    for (int r = 0; r < n(); r++) {
      boolean counts = signs[r] > 0 && weights[r] > 0 && lengths[r] > 0;
      one[r] = counts ? 1 : 0;
      inverse[r] = counts ? 1 / weights[r] : 0;
      scaled[r] = counts ? 1 / lengths[r] : 0;
    }
    return Math.min(weighted(inverse), Math.min(weighted(one), weighted(scaled)));
  }

  /** sqrt(sum p_r / q_r) sqrt(lambda_max(sum p_r q_r a_r a_r')) over the rows of q_r > 0. */
  private double weighted(double[] q) {
    int d = d();
    double sum = 0;
    double[] scaled = new double[n() * d];
    for (int r = 0; r < n(); r++) {
      if (q[r] > 0) {
        sum += weights[r] / q[r];
        x.addRow(Math.sqrt(weights[r] * q[r]), r, scaled, r * d);
      }
    }
    double[] gram = new double[d * d];
    Blas.gemm(false, true, d, d, n(), 1, scaled, d, scaled, d, 0, gram, d);
    return Math.sqrt(sum * SymmetricEigen.largest(d, gram));
  }
}
