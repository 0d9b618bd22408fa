package org.relupath.core.linalg;

/** Least squares by the singular value decomposition. */
public final class MinimumNorm {
  private MinimumNorm() {}

  /**
   * The shortest of all x that minimise ||A x - b||.
   *
   * @param m rows of A
   * @param n columns of A
   * @param a m x n, column-major
   * @param b m entries
   * @param tolerance singular values up to this times the largest count as zero
   * @return x, n entries
   */
  public static double[] solve(int m, int n, double[] a, double[] b, double tolerance) {
    double[] x = new double[n];
    if (m == 0 || n == 0) {
      return x;
    }
    Svd svd = Svd.of(m, n, a);
    int r = svd.values()[0] == 0 ? 0 : svd.rank(tolerance);
    double[] along = new double[r];
    Blas.gemv(true, m, r, 1, svd.range(r), m, b, 0, along);
    for (int i = 0; i < r; i++) {
      along[i] /= svd.values()[i];
    }
    // All n right singular vectors, of which the first r are wanted.
    Blas.gemv(false, n, r, 1, svd.nullSpace(0), n, along, 0, x);
    return x;
  }
}
