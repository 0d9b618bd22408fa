package org.relupath.core.optimalset.polytope;

/**
 * The least and the largest value of a linear functional c'beta over a polytope.
 *
 * @param min the least value
 * @param max the largest value
 * @param argmin a member that attains the least, m entries
 * @param argmax a member that attains the largest, m entries
 * @param constant whether the functional is the same for all members: no program was solved
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record Range(double min, double max, double[] argmin, double[] argmax, boolean constant) {
  /** max - min. */
  public double width() {
    return max - min;
  }
}
