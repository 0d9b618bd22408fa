package org.relupath.core.linalg;

/**
 * The singular value decomposition A = U diag(s) V' of an m x n matrix, with bases of its range and
 * of its null space, and its pseudo-inverse.
 *
 * @param values s, min(m, n) numbers, largest first
 * @param left U: min(m, n) left singular vectors or more
 * @param right V: all n right singular vectors
 */
@SuppressWarnings("ArrayRecordComponent") // a factorisation, never compared
public record Svd(double[] values, Dense left, Dense right) {

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
    return left.between(0, r);
  }

  /** An orthonormal basis of the null space, the right singular vectors from r on (n x (n - r)). */
  public Dense nullSpace(int r) {
    return right.between(r, right.columns());
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
    return right.between(0, r).times(along);
  }
}
