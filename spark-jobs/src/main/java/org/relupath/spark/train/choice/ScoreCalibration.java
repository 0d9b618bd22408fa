package org.relupath.spark.train.choice;

import org.relupath.core.data.Preprocessing;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;
import org.relupath.core.score.Scores;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.ScoreSettings;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.BadInputException;

/** Probabilities and a threshold of the scores of held-out rows. */
public final class ScoreCalibration {
  private ScoreCalibration() {}

  /**
   * Refuses rows, before any work, of which no calibration can be made.
   *
   * @param label what messages call the output
   * @throws BadInputException if a calibration is asked for and the label has not two values, or a
   *     network that no fold can have would have to be cross-validated
   */
  public static void require(TrainingData data, RunSettings settings, String label) {
    ScoreSettings scores = settings.scores();
    if (!scores.asked()) {
      return;
    }
    double[] labels = data.train().targets();
    boolean maps = settings.model().preprocessing().mapLabels();
    if (!maps || Preprocessing.twoValues(labels).length != 2) {
      throw new BadInputException(
          "%s: label '%s' is a number%s, expected one of two values"
              .formatted(scores.option(), label, maps ? "" : " (--label-mapping none)"));
    }
    if (settings.solver().method() == SolverSettings.Method.CONE_DECOMPOSITION
        && scores.needHeldOut()
        && data.valid() == null) {
      throw new BadInputException(
          scores.option()
              + ": a decomposed network is not cross-validated, expected rows held out (--valid or"
              + " --valid-fraction)");
    }
  }

  /**
   * What is made of the scores of a network.
   *
   * @param heldOut scores of rows that it, or those of its folds, was not fitted to; null where
   *     nothing is made of them
   */
  public static Calibration of(Scores heldOut, ScoreSettings settings) {
    PlattScaling scaling = settings.probabilities() ? PlattScaling.fit(heldOut) : null;
    return new Calibration(scaling, settings.threshold().of(heldOut, scaling));
  }
}
