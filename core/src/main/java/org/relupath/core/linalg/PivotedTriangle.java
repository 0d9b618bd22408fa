package org.relupath.core.linalg;

import java.util.Arrays;
import org.netlib.util.intW;

/**
 * The triangle R of A P = Q R, with orthonormal Q, or of P'(A'A) P = R'R: columns of A (m x n) are
 * taken in the order in which they add most to those before, until what they add is rounding.
 *
 * <p>The numerical rank r is decided here: R_jj counts as zero from {@code tolerance} R_00 on. Not
 * Breeze's, which forms all of Q, m x m.
 */
public final class PivotedTriangle {
  private final int n;
  private final int rank;
  private final int[] order;

  /** R, r x n, row-major, in the order of the pivots. */
  private final double[] values;

  private PivotedTriangle(int n, int rank, int[] order, double[] values) {
    this.n = n;
    this.rank = rank;
    this.order = order;
    this.values = values;
  }

  /**
   * Of a matrix, by Householder reflections.
   *
   * @param m rows
   * @param n columns
   * @param a m x n, column-major; overwritten
   * @param tolerance what is zero, relative to the largest
   */
  public static PivotedTriangle of(int m, int n, double[] a, double tolerance) {
    int k = Math.min(m, n);
    int[] pivots = new int[n];
    double[] tau = new double[k];
    double[] query = new double[1];
    intW info = new intW(0);
    Blas.LAPACK_INSTANCE.dgeqp3(m, n, a, m, pivots, tau, query, -1, info);
    double[] work = new double[Math.max(3 * n + 1, (int) query[0])];
    Blas.LAPACK_INSTANCE.dgeqp3(m, n, a, m, pivots, tau, work, work.length, info);
    int rank = 0;
    while (rank < k && Math.abs(a[rank + rank * m]) > tolerance * Math.abs(a[0])) {
      rank++;
    }
    double[] values = new double[rank * n];
    for (int j = 0; j < rank; j++) {
      for (int i = j; i < n; i++) {
        values[j * n + i] = a[j + i * m];
      }
    }
    return new PivotedTriangle(n, rank, Arrays.stream(pivots).map(p -> p - 1).toArray(), values);
  }

  /**
   * Of A'A, by Cholesky's method: half the digits of what R has of A itself.
   *
   * @param n its order
   * @param gram A'A, n x n
   * @param tolerance what is zero, relative to the largest
   */
  public static PivotedTriangle ofGram(int n, double[] gram, double tolerance) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    double[] left = new double[n];
    Arrays.setAll(left, i -> gram[i * n + i]);
    double[] values = new double[n * n];
    int rank = 0;
    for (int j = 0; j < n; j++) {
      int next = j;
      for (int i = j + 1; i < n; i++) {
        next = left[order[i]] > left[order[next]] ? i : next;
      }
      double pivot = Math.sqrt(Math.max(0, left[order[next]]));
      if (!(pivot > tolerance * (j == 0 ? 0 : values[0]))) {
        break;
      }
      swap(order, values, n, j, next);
      values[j * n + j] = pivot;
      for (int i = j + 1; i < n; i++) {
        double sum = gram[order[j] * n + order[i]];
        for (int l = 0; l < j; l++) {
          sum -= values[l * n + j] * values[l * n + i];
        }
        values[j * n + i] = sum / pivot;
        left[order[i]] -= values[j * n + i] * values[j * n + i];
      }
      rank++;
    }
    return new PivotedTriangle(n, rank, order, Arrays.copyOf(values, rank * n));
  }

  private static void swap(int[] order, double[] values, int n, int i, int j) {
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
    for (int l = 0; l < i; l++) {
      double value = values[l * n + i];
      values[l * n + i] = values[l * n + j];
      values[l * n + j] = value;
    }
  }

  /** r. */
  public int rank() {
    return rank;
  }

  /** The r x n matrix C = R P', row-major, with A = Q C. */
  public double[] unpivoted() {
    double[] c = new double[rank * n];
    for (int j = 0; j < rank; j++) {
      for (int i = j; i < n; i++) {
        c[j * n + order[i]] = values[j * n + i];
      }
    }
    return c;
  }

  /** A solution w of C w = z with zeros for all but the first r columns taken (n entries). */
  public double[] solve(double[] z) {
    double[] w = new double[n];
    for (int j = rank - 1; j >= 0; j--) {
      double sum = z[j];
      for (int i = j + 1; i < rank; i++) {
        sum -= values[j * n + i] * w[order[i]];
      }
      w[order[j]] = sum / values[j * n + j];
    }
    return w;
  }
}
