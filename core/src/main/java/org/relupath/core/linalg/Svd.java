package org.relupath.core.linalg;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Arrays;
import org.netlib.util.intW;

/**
 * The singular value decomposition A = U diag(s) V' of a dense m x n matrix, with bases of its
 * range and of its null space. All matrices are column-major.
 */
public final class Svd {
  private final int m;
  private final int n;
  private final double[] values;
  private final double[] left;
  private final double[] rightTransposed;

  private Svd(int m, int n, double[] values, double[] left, double[] rightTransposed) {
    this.m = m;
    this.n = n;
    this.values = values;
    this.left = left;
    this.rightTransposed = rightTransposed;
  }

  /**
   * Decomposes A.
   *
   * @param m rows
   * @param n columns
   * @param a m x n, column-major, not changed
   * @throws ArithmeticException if the iteration does not converge, as with entries that are not
   *     finite
   */
  public static Svd of(int m, int n, double[] a) {
    int k = Math.min(m, n);
    if (k == 0) {
      return new Svd(m, n, new double[0], new double[0], identity(n));
    }
    LAPACK lapack = Blas.isNative() ? LAPACK.getInstance() : JavaLAPACK.getInstance();
    double[] copy = a.clone();
    double[] s = new double[k];
    // All of V is wanted, for null spaces, but of U only what meets a singular value: with job O
    // it takes the place of A.
    String job = m >= n ? "O" : "A";
    double[] u = m >= n ? new double[1] : new double[m * m];
    double[] vt = new double[n * n];
    int[] whole = new int[8 * k];
    double[] query = new double[1];
    intW info = new intW(0);
    lapack.dgesdd(job, m, n, copy, m, s, u, m, vt, n, query, -1, whole, info);
    double[] work = new double[Math.max(1, (int) query[0])];
    lapack.dgesdd(job, m, n, copy, m, s, u, m, vt, n, work, work.length, whole, info);
    if (info.val != 0 || !Double.isFinite(s[0])) {
      throw new ArithmeticException(
          "the singular values of a " + m + " x " + n + " matrix diverge");
    }
    return new Svd(m, n, s, m >= n ? copy : u, vt);
  }

  private static double[] identity(int n) {
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * n + i] = 1;
    }
    return identity;
  }

  /** The min(m, n) singular values, largest first. */
  public double[] values() {
    return values.clone();
  }

  /** The number of singular values above {@code tolerance} times the largest. */
  public int rank(double tolerance) {
    int rank = 0;
    while (rank < values.length && values[rank] > tolerance * values[0]) {
      rank++;
    }
    return rank;
  }

  /** An orthonormal basis of the range, the first r left singular vectors (m x r). */
  public double[] range(int r) {
    return Arrays.copyOf(left, m * r);
  }

  /**
   * An orthonormal basis of the null space, the last n - r right singular vectors (n x (n - r)).
   */
  public double[] nullSpace(int r) {
    double[] basis = new double[n * (n - r)];
    for (int j = r; j < n; j++) {
      for (int i = 0; i < n; i++) {
        basis[(j - r) * n + i] = rightTransposed[i * n + j];
      }
    }
    return basis;
  }
}
