package org.relupath.core.optimalset.polytope;

/**
 * A vertex of a polytope: a <em>minimal</em> optimal network, whose neurons' fits are linearly
 * independent.
 *
 * @param beta m entries, exactly zero off the support
 * @param support the numbers of the positive entries, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record Vertex(double[] beta, int[] support) {
  /** The number of neurons. */
  public int width() {
    return support.length;
  }
}
