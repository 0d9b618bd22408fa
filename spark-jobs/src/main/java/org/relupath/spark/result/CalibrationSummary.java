package org.relupath.spark.result;

import java.util.List;
import org.relupath.core.network.Network;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;
import org.relupath.core.score.Reliability;
import org.relupath.core.score.Scores;
import org.relupath.spark.train.choice.LambdaSelection;

/**
 * What was made of the scores of a label of two values, as summary.json has it; null for what was
 * not asked for.
 *
 * @param slope of P(+ | s) = 1 / (1 + exp(slope s + intercept))
 * @param intercept of the same
 * @param threshold scores from here on are the larger label
 * @param fittedOn which scores the probabilities and the threshold are from
 * @param rows how many these are
 * @param measuredOn which rows the reliability is of; where they are those of {@code fittedOn}, it
 *     is better than on new rows
 * @param reliability probabilities beside shares, smallest first
 */
public record CalibrationSummary(
    Double slope,
    Double intercept,
    double threshold,
    String fittedOn,
    Integer rows,
    String measuredOn,
    List<Reliability.Bin> reliability) {

  /**
   * The summary of a network; null where it has no calibration.
   *
   * @param selection with the scores that it was made of
   * @param crossed whether these are of a cross-validation
   * @param test scores of test rows, or null
   */
  static CalibrationSummary of(
      Network network, LambdaSelection selection, boolean crossed, Scores test) {
    Calibration own = network.calibration();
    if (own == null) {
      return null;
    }
    Scores fitted = selection.heldOut();
    String name = crossed ? "rows held out in cross-validation" : "held-out rows";
    PlattScaling scaling = own.scaling();
    Scores measured = test == null ? fitted : test;
    return new CalibrationSummary(
        scaling == null ? null : (Double) scaling.slope(),
        scaling == null ? null : (Double) scaling.intercept(),
        own.threshold(),
        fitted == null ? null : name,
        fitted == null ? null : (Integer) fitted.rows(),
        scaling == null ? null : test == null ? name : "test rows",
        scaling == null ? null : Reliability.of(measured, scaling).bins());
  }
}
