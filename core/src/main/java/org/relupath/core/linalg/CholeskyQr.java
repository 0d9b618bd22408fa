package org.relupath.core.linalg;

/**
 * The factorisation A = Q R of a tall matrix through that of A'A, twice: matrix products, and Q as
 * orthonormal as rounding lets it be wherever A'A has a factor that says anything.
 */
public final class CholeskyQr {
  /** For columns of length one: with a smaller pivot the first Q would be too far off. */
  private static final double SMALLEST_PIVOT = 1e-5;

  private CholeskyQr() {}

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
      java.util.Arrays.fill(l, j * n, j * n + j, 0);
    }
    Blas.trsmRightTransposed(m, n, l, 0, n, a, 0, m);
    return l;
  }
}
