package org.relupath.core.linalg;

import java.util.Arrays;
import org.netlib.util.intW;

/**
 * The eigenvalues and orthonormal eigenvectors of a symmetric matrix A = V diag(s) V'.
 *
 * @param values s, n numbers, largest first
 * @param vectors V, n x n, column-major: column j belongs to s_j
 */
@SuppressWarnings("ArrayRecordComponent") // a factorisation, never compared
public record SymmetricEigen(double[] values, double[] vectors) {

  /**
   * Decomposes A.
   *
   * @param n its order, at least 1
   * @param a n x n, finite; lower triangle used, not changed
   * @throws ArithmeticException if entries are not finite or the iteration does not converge
   */
  public static SymmetricEigen of(int n, double[] a) {
    double[] ascending = a.clone();
    double[] s = decompose("V", n, ascending);
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    for (int j = 0; j < n; j++) {
      values[j] = s[n - 1 - j];
      System.arraycopy(ascending, (n - 1 - j) * n, vectors, j * n, n);
    }
    return new SymmetricEigen(values, vectors);
  }

  /** The largest eigenvalue alone. */
  public static double largest(int n, double[] a) {
    return decompose("N", n, a.clone())[n - 1];
  }

  private static double[] decompose(String job, int n, double[] a) {
    if (!Arrays.stream(a).allMatch(Double::isFinite)) {
      throw new ArithmeticException("a symmetric matrix of order " + n + " is not finite");
    }
    double[] s = new double[n];
    double[] query = new double[1];
    intW info = new intW(0);
    Blas.LAPACK_INSTANCE.dsyev(job, "L", n, a, n, s, query, -1, info);
    double[] work = new double[(int) query[0]];
    Blas.LAPACK_INSTANCE.dsyev(job, "L", n, a, n, s, work, work.length, info);
    if (info.val != 0) {
      throw new ArithmeticException("the eigenvalues of a matrix of order " + n + " diverge");
    }
    return s;
  }
}
