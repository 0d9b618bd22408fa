package org.relupath.core.linalg;

import dev.ludovic.netlib.lapack.NativeLAPACK;
import org.netlib.util.intW;

/**
 * The factorisation A = L L' of a symmetric positive definite matrix, in place.
 *
 * <p>LAPACK's where that is native. netlib's Java LAPACK is more than ten times slower than that,
 * so without a native library a recursive factorisation puts the work into matrix products instead.
 * Not Breeze's, which copies A and compares its triangles, at every step of a solver.
 */
public final class Cholesky {
  /**
   * Order up to which columns are eliminated one by one, the cache's size; larger ones by halves.
   */
  private static final int LEAF = 48;

  private final int n;
  private final double[] factor;

  private Cholesky(int n, double[] factor) {
    this.n = n;
    this.factor = factor;
  }

  /**
   * Factors A, overwriting its lower triangle.
   *
   * @param n order of A
   * @param a n x n, column-major, lower triangle used
   * @return the factor, or null if A is not numerically positive definite (its lower triangle is
   *     then spoilt)
   */
  public static Cholesky of(int n, double[] a) {
    boolean positive =
        Blas.LAPACK_INSTANCE instanceof NativeLAPACK ? lapack(n, a) : recursive(n, a, 0, n);
    return positive && allFinite(n, a) ? new Cholesky(n, a) : null;
  }

  /** Solves A x = b in place. */
  public void solve(double[] b) {
    if (n > 0) {
      Blas.trsv(false, n, factor, n, b);
      Blas.trsv(true, n, factor, n, b);
    }
  }

  /** The smallest diagonal entry of L; infinite where n = 0. */
  public double smallestPivot() {
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      smallest = Math.min(smallest, factor[j + j * n]);
    }
    return smallest;
  }

  /** The trace of A^-1 = L^-T L^-1, the sum of the squares of the entries of L^-T. */
  public double inverseTrace() {
    if (n == 0) {
      return 0;
    }
    int ld = 2 * n;
    // L above the identity; the padding is for netlib, which checks whole columns from an offset.
    double[] stack = new double[ld * n + n];
    for (int j = 0; j < n; j++) {
      System.arraycopy(factor, j * n, stack, j * ld, n);
      stack[n + j + j * ld] = 1;
    }
    solveRight(n, n, stack, 0, n, ld);
    double trace = 0;
    for (int j = 0; j < n; j++) {
      trace += Vectors.dot(stack, n + j * ld, stack, n + j * ld, n);
    }
    return trace;
  }

  private static boolean lapack(int n, double[] a) {
    if (n == 0) {
      return true;
    }
    intW info = new intW(0);
    Blas.LAPACK_INSTANCE.dpotrf("L", n, a, n, info);
    return info.val == 0;
  }

  /** A11 = L11 L11', L21 = A21 L11^-T, then the same for A22 - L21 L21'. */
  private static boolean recursive(int size, double[] a, int at, int ld) {
    if (size <= LEAF) {
      return leaf(size, a, at, ld);
    }
    int head = size / 2;
    int tail = size - head;
    if (!recursive(head, a, at, ld)) {
      return false;
    }
    solveRight(tail, head, a, at, at + head, ld);
    subtractProduct(tail, head, a, at + head, at + head + head * ld, ld);
    return recursive(tail, a, at + head + head * ld, ld);
  }

  /** B = B L^-T with L of order n at {@code l} and B (m x n) at {@code b}, halving L. */
  private static void solveRight(int m, int n, double[] a, int l, int b, int ld) {
    if (n <= LEAF) {
      Blas.trsmRightTransposed(m, n, a, l, ld, a, b, ld);
      return;
    }
    int head = n / 2;
    int tail = n - head;
    solveRight(m, head, a, l, b, ld);
    Blas.gemm(false, true, m, tail, head, -1, a, b, ld, a, l + head, ld, 1, a, b + head * ld, ld);
    solveRight(m, tail, a, l + head + head * ld, b + head * ld, ld);
  }

  /** The lower triangle of C -= B B', B (m x n), by blocks of columns. */
  private static void subtractProduct(int m, int n, double[] a, int b, int c, int ld) {
    for (int j = 0; j < m; j += LEAF * 2) {
      int width = Math.min(LEAF * 2, m - j);
      Blas.gemm(
          false, true, m - j, width, n, -1, a, b + j, ld, a, b + j, ld, 1, a, c + j + j * ld, ld);
    }
  }

  private static boolean leaf(int size, double[] a, int at, int ld) {
    for (int j = 0; j < size; j++) {
      int column = at + j * ld;
      for (int k = 0; k < j; k++) {
        double scale = a[at + j + k * ld];
        for (int i = j; i < size; i++) {
          a[column + i] -= scale * a[at + i + k * ld];
        }
      }
      double pivot = a[column + j];
      if (!(pivot > 0)) {
        return false;
      }
      double root = Math.sqrt(pivot);
      for (int i = j; i < size; i++) {
        a[column + i] /= root;
      }
    }
    return true;
  }

  private static boolean allFinite(int n, double[] a) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += a[j + j * n];
    }
    return Double.isFinite(sum);
  }
}
