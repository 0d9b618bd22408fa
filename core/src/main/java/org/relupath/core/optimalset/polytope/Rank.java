package org.relupath.core.optimalset.polytope;

/**
 * The numerical rank of a matrix whose columns have length one, with the figures that decide it.
 *
 * <p>Singular values above {@code tolerance} times the largest count. The decision is called
 * certain where the smallest that counts exceeds a thousand times both the largest that does not
 * and a hundredth of the tolerance: the second rules out a matrix of full rank whose last singular
 * value only just counts (core/docs/optimal-set.md#rank).
 *
 * @param value the rank r
 * @param lastKept sigma_r / sigma_1, 1 where r = 0
 * @param firstDropped sigma_{r+1} / sigma_1, 0 where there is none
 * @param tolerance max(1e-9, 100 gap): what the columns' own errors may amount to
 * @param certain whether the two lie a factor of a thousand apart; false means "uncertain"
 */
public record Rank(
    int value, double lastKept, double firstDropped, double tolerance, boolean certain) {
  /** Smallest relative singular value that counts, for fits computed in float64. */
  private static final double LEAST = 1e-9;

  /** Singular values count from this many relative gaps of the solution on. */
  private static final double GAPS = 100;

  /** Factor between the last kept and the first dropped singular value of a certain rank. */
  private static final double APART = 1e3;

  /**
   * Counts singular values.
   *
   * @param values largest first
   * @param gap the relative gap of the solution the matrix was computed from, in [0, 1]
   */
  static Rank of(double[] values, double gap) {
    double tolerance = tolerance(gap);
    if (values.length == 0 || values[0] == 0) {
      return new Rank(0, 1, 0, tolerance, true);
    }
    int r = 0;
    while (r < values.length && values[r] > tolerance * values[0]) {
      r++;
    }
    double lastKept = r == 0 ? 1 : values[r - 1] / values[0];
    double firstDropped = r == values.length ? 0 : values[r] / values[0];
    boolean certain = apart(lastKept, firstDropped, tolerance);
    return new Rank(r, lastKept, firstDropped, tolerance, certain);
  }

  /** Whether what is kept exceeds what is dropped, and the tolerance, by enough. */
  public static boolean apart(double lastKept, double firstDropped, double tolerance) {
    return lastKept > APART * Math.max(firstDropped, tolerance / 100);
  }

  /** max(1e-9, 100 gap). */
  public static double tolerance(double gap) {
    return Math.max(LEAST, GAPS * gap);
  }
}
