package org.relupath.core.optimalset;

/**
 * The members between two members of a polytope: beta_t = (1 - t) beta_0 + t beta_1. A polytope is
 * convex, so every one of them is a member: a path of optimal networks.
 *
 * @param from beta_0, m entries
 * @param to beta_1, m entries
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record Segment(double[] from, double[] to) {
  /** Checks that both have as many entries. */
  public Segment {
    if (from.length != to.length) {
      throw new IllegalArgumentException(
          "a segment from " + from.length + " to " + to.length + " entries, expected as many");
    }
  }

  /** beta_t, for t in [0, 1]. */
  public double[] at(double t) {
    if (!(t >= 0 && t <= 1)) {
      throw new IllegalArgumentException("t is " + t + ", expected 0 <= t <= 1");
    }
    double[] beta = new double[from.length];
    for (int b = 0; b < beta.length; b++) {
      beta[b] = (1 - t) * from[b] + t * to[b];
    }
    return beta;
  }
}
