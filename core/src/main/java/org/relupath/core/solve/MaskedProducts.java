package org.relupath.core.solve;

import org.relupath.core.data.Design;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Capacity;

/** X' diag(u) M for the diagonals M of blocks, with the smaller of X and M multiplied by u. */
final class MaskedProducts {
  private final Design x;
  private double[] weighted = new double[0];

  MaskedProducts(Design x) {
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
    boolean few = count < d || x.isSparse();
    long size = (long) n * (few ? count : d);
    if (weighted.length < size) {
      long all = x.isSparse() ? 2 * size : Math.min((long) n * d, 2 * size);
      weighted = new double[Capacity.of(size, all)];
    }
    if (few) {
      for (int b = 0, i = 0; b < count; b++) {
        for (int r = 0; r < n; r++, i++) {
          weighted[i] = u[r] * mask[i];
        }
      }
      x.transposedMultiply(weighted, count, g);
    } else {
      double[] rows = x.dense().values();
      for (int r = 0, i = 0; r < n; r++) {
        double scale = u[r];
        for (int k = 0; k < d; k++, i++) {
          weighted[i] = scale * rows[i];
        }
      }
      Blas.gemm(false, false, d, count, n, 1, weighted, d, mask, n, 0, g, d);
    }
  }
}
