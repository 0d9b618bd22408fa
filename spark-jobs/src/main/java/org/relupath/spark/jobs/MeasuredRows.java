package org.relupath.spark.jobs;

import org.relupath.core.data.Matrix;

/**
 * Rows to measure networks on where they are solved for: in the coordinates of the solver, so that
 * what a neuron computes is computed once for all networks that have it.
 *
 * @param x the rows, in the columns of X
 * @param targets as the solver sees targets, the label's center subtracted
 * @param labels raw labels
 * @param two the two values of the label, smaller first, or empty
 * @param center what a raw score has more than the solver's
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
record MeasuredRows(Matrix x, double[] targets, double[] labels, double[] two, double center)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * How a network does.
   *
   * @param fit what it computes on the rows, without the center
   */
  Metrics measure(double[] fit) {
    double[] scores = fit.clone();
    for (int r = 0; r < scores.length; r++) {
      scores[r] += center;
    }
    return Metrics.of(scores, labels, two);
  }
}
