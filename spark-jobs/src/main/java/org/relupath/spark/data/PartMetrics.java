package org.relupath.spark.data;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.Confusion;
import org.relupath.core.score.PlattScaling;
import org.relupath.core.score.Reliability;
import org.relupath.core.score.Scores;

/**
 * How scores explain the labels of a part of the rows, as summary.json has it; null for what the
 * label does not have, or was not computed.
 *
 * @param metrics squared error, and the share of rows with the right sign
 * @param r2 1 - mse / variance of the labels, of a label of other than two values
 * @param auc area under the receiver operating characteristic; null where one class has no rows
 * @param confusion rows by label and predicted label, at the network's threshold
 * @param logLoss mean of -ln of the probability of the label, in nats
 * @param calibrationError mean distance of probabilities from shares over at most ten bins
 */
public record PartMetrics(
    @JsonUnwrapped Metrics metrics,
    Double r2,
    Double auc,
    Confusion confusion,
    Double logLoss,
    Double calibrationError)
    implements java.io.Serializable {
  /** What was measured where scores are not at hand. */
  public static PartMetrics of(Metrics own) {
    return own == null ? null : new PartMetrics(own, null, null, null, null, null);
  }

  /**
   * Measures.
   *
   * @param own what was measured already, or null
   * @param scores of the rows; null where there are none
   * @param twoValued whether targets are -1 and +1
   * @param calibration of the network, or null
   */
  public static PartMetrics of(
      Metrics own, Scores scores, boolean twoValued, Calibration calibration) {
    if (scores == null) {
      return null;
    }
    Confusion sides = Confusion.of(scores, 0);
    double right = sides.truePositives() + sides.trueNegatives();
    Metrics metrics =
        own != null
            ? own
            : new Metrics(
                scores.meanSquaredError(), twoValued ? (Double) (right / scores.weight()) : null);
    if (!twoValued) {
      return new PartMetrics(metrics, scores.r2(metrics.mse()), null, null, null, null);
    }
    PlattScaling scaling = Calibration.scaling(calibration);
    return new PartMetrics(
        metrics,
        null,
        scores.auc(),
        Confusion.of(scores, Calibration.threshold(calibration)),
        scaling == null ? null : (Double) scaling.logLoss(scores),
        scaling == null ? null : (Double) Reliability.of(scores, scaling).error());
  }
}
