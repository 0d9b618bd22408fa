package org.relupath.core.linalg;

import java.util.Arrays;

/**
 * The factorisation A = Q R of a tall matrix through that of A'A, twice: matrix products, and Q as
 * orthonormal as rounding lets it be wherever A'A has a factor that says anything.
 */
public final class CholeskyQr {
  /** For columns of length one: with a smaller pivot the first Q would be too far off. */
  private static final double SMALLEST_PIVOT = 1e-5;

  /** More columns with a part outside Q no longer than this, of one, are left to other means. */
  private static final double NEARLY = 1e-4;

  private CholeskyQr() {}

  /**
   * Appends columns to a factorisation: Gram-Schmidt against Q by blocks, twice, {@link #of}, and
   * once more.
   *
   * @param m rows
   * @param t columns of Q
   * @param q Q, m x t, column-major, from its start
   * @param n more columns, of length one
   * @param block these columns, m x n; become those of the longer Q, spoilt where there is no
   *     result
   * @return their columns of the longer R, (t + n) x n, column-major; null where they nearly depend
   */
  public static double[] append(int m, int t, double[] q, int n, double[] block) {
    int height = t + n;
    double[] columns = new double[height * n];
    double[] inner = new double[t * n];
    for (int pass = 0; pass < 2 && t > 0; pass++) {
      Blas.gemm(true, false, t, n, m, 1, q, m, block, m, 0, inner, t);
      Blas.gemm(false, false, m, n, t, -1, q, m, inner, t, 1, block, m);
      for (int j = 0; j < n; j++) {
        Vectors.axpy(1, inner, j * t, columns, j * height, t);
      }
    }
    double[] lengths = new double[n];
    for (int j = 0; j < n; j++) {
      lengths[j] = Vectors.norm(block, j * m, m);
      if (!(lengths[j] > NEARLY)) {
        return null;
      }
      Vectors.scale(1 / lengths[j], block, j * m, m);
    }
    double[] lower = of(m, n, block);
    if (lower == null) {
      return null;
    }
    for (int j = 0; j < n; j++) {
      for (int k = 0; k <= j; k++) {
        lower[j + k * n] *= lengths[j];
        columns[j * height + t + k] = lower[j + k * n];
      }
    }
    if (t > 0) {
      // Columns near each other have made what was left of Q in them larger.
      Blas.gemm(true, false, t, n, m, 1, q, m, block, m, 0, inner, t);
      Blas.gemm(false, false, m, n, t, -1, q, m, inner, t, 1, block, m);
      Blas.gemm(false, true, t, n, n, 1, inner, t, lower, n, 1, columns, height);
    }
    return columns;
  }

  /**
   * Factors.
   *
   * @param m rows
   * @param n columns, of length one
   * @param a m x n, column-major, from its start; becomes Q, spoilt where there is no result
   * @return L = R', n x n, column-major, zero above the diagonal; null where columns are nearly
   *     dependent
   */
  public static double[] of(int m, int n, double[] a) {
    double[] first = step(m, n, a);
    double[] second = first == null ? null : step(m, n, a);
    if (second == null) {
      return null;
    }
    double[] product = new double[n * n];
    Blas.gemm(false, false, n, n, n, 1, first, n, second, n, 0, product, n);
    return product;
  }

  /** A = A L^-T for A'A = L L'; L, or null. */
  private static double[] step(int m, int n, double[] a) {
    double[] l = new double[n * n];
    Blas.syrk(true, n, m, 1, a, m, 0, l, n);
    Cholesky factor = Cholesky.of(n, l);
    if (factor == null || factor.smallestPivot() < SMALLEST_PIVOT) {
      return null;
    }
    for (int j = 1; j < n; j++) {
      Arrays.fill(l, j * n, j * n + j, 0);
    }
    Blas.trsmRightTransposed(m, n, l, 0, n, a, 0, m);
    return l;
  }
}
