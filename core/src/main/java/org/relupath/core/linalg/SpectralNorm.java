package org.relupath.core.linalg;

import java.util.Arrays;

/** The largest singular value of a matrix, by power iteration on X'X from a fixed start. */
public final class SpectralNorm {
  /** Power iterations: the estimate serves as a scale only. */
  private static final int STEPS = 30;

  private SpectralNorm() {}

  /**
   * A lower bound of sigma_max(X), within a few percent where the spectrum is not contrived.
   *
   * @param rows n
   * @param columns d
   * @param values n x d, row-major
   */
  public static double estimate(int rows, int columns, double[] values) {
    double[] v = new double[columns];
    double[] u = new double[rows];
    for (int k = 0; k < columns; k++) {
      v[k] = 1 + 0.5 * Math.sin(k);
    }
    double norm = 0;
    for (int step = 0; step < STEPS; step++) {
      double length = Vectors.norm(v);
      if (length == 0) {
        return 0;
      }
      Vectors.scale(1 / length, v, 0, columns);
      Blas.gemv(true, columns, rows, 1, values, columns, v, 0, u);
      norm = Vectors.norm(u);
      Arrays.fill(v, 0);
      Blas.gemv(false, columns, rows, 1, values, columns, u, 0, v);
    }
    return norm;
  }
}
