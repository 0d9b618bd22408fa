package org.relupath.core.score;

/**
 * What is made of a network's raw scores: a label and, where there is a scaling, a probability.
 *
 * @param scaling probabilities of the larger label; null where there are none
 * @param threshold scores from here on are the larger label; finite
 */
public record Calibration(PlattScaling scaling, double threshold) implements java.io.Serializable {
  /** Checks the threshold. */
  public Calibration {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("threshold is " + threshold + ", expected finite");
    }
  }

  /** The threshold of a network: 0 unless it has another. */
  public static double threshold(Calibration own) {
    return own == null ? 0 : own.threshold;
  }

  /** The probabilities of a network; null where it has none. */
  public static PlattScaling scaling(Calibration own) {
    return own == null ? null : own.scaling;
  }
}
