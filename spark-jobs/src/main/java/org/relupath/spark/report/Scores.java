package org.relupath.spark.report;

/**
 * Targets and predictions of some rows.
 *
 * @param targets n numbers, two-valued labels as -1 and +1; not to be changed
 * @param predictions n raw scores of the network; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // as many as rows, never compared as a whole
public record Scores(double[] targets, double[] predictions) {

  /** Checks the lengths. */
  public Scores {
    if (targets.length != predictions.length) {
      throw new IllegalArgumentException(
          "predictions has " + predictions.length + " entries, expected " + targets.length);
    }
  }

  /** n, the number of rows. */
  public int rows() {
    return targets.length;
  }
}
