package org.relupath.core.linalg;

import java.util.Arrays;

/**
 * The singular value decomposition A = U diag(s) V' of an m x n matrix, with bases of its range and
 * of its null space, and its pseudo-inverse.
 *
 * @param values s, min(m, n) numbers, largest first
 * @param left the left singular vectors, min(m, n) of them or more
 * @param rightTransposed V', n x n
 */
@SuppressWarnings("ArrayRecordComponent") // a factorisation, never compared
public record Svd(double[] values, Dense left, Dense rightTransposed) {

  /** The number of singular values above {@code tolerance} times the largest. */
  public int rank(double tolerance) {
    int rank = 0;
    while (rank < values.length && values[rank] > tolerance * values[0]) {
      rank++;
    }
    return rank;
  }

  /** An orthonormal basis of the range, the first r left singular vectors (m x r). */
  public Dense range(int r) {
    return new Dense(left.rows(), r, Arrays.copyOf(left.values(), left.rows() * r));
  }

  /**
   * An orthonormal basis of the null space, the last n - r right singular vectors (n x (n - r)).
   */
  public Dense nullSpace(int r) {
    return right(r, rightTransposed.rows());
  }

  private Dense right(int from, int to) {
    int n = rightTransposed.rows();
    double[] basis = new double[n * (to - from)];
    for (int j = from; j < to; j++) {
      for (int i = 0; i < n; i++) {
        basis[(j - from) * n + i] = rightTransposed.values()[i * n + j];
      }
    }
    return new Dense(n, to - from, basis);
  }

  /**
   * A^+ b, the shortest of all x that minimise ||A x - b||.
   *
   * @param b m entries
   * @param tolerance singular values up to this times the largest count as zero
   * @return x, n entries
   */
  public double[] solve(double[] b, double tolerance) {
    int r = rank(tolerance);
    double[] along = range(r).transposedTimes(b);
    for (int i = 0; i < r; i++) {
      along[i] /= values[i];
    }
    return right(0, r).times(along);
  }
}
