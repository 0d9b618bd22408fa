package org.relupath.core.solve;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;

/** X' diag(u) M for the diagonals M of blocks, with the smaller of X and M multiplied by u. */
final class MaskedProducts {
  private final Matrix x;
  private double[] weighted = new double[0];

  MaskedProducts(Matrix x) {
    this.x = x;
  }

  /**
   * Z_b' u of several blocks.
   *
   * @param mask the diagonals of s_b D_b, count x n
   * @param count how many
   * @param u n entries
   * @param g receives the products, count x d
   */
  void correlate(double[] mask, int count, double[] u, double[] g) {
    int n = x.rows();
    int d = x.columns();
    double[] rows = x.values();
    boolean few = count < d;
    int size = n * (few ? count : d);
    if (weighted.length < size) {
      weighted = new double[Math.max(size, Math.min(n * d, 2 * size))];
    }
    if (few) {
      for (int b = 0, i = 0; b < count; b++) {
        for (int r = 0; r < n; r++, i++) {
          weighted[i] = u[r] * mask[i];
        }
      }
    } else {
      for (int r = 0, i = 0; r < n; r++) {
        double scale = u[r];
        for (int k = 0; k < d; k++, i++) {
          weighted[i] = scale * rows[i];
        }
      }
    }
    double[] left = few ? rows : weighted;
    Blas.gemm(false, false, d, count, n, 1, left, d, few ? weighted : mask, n, 0, g, d);
  }
}
