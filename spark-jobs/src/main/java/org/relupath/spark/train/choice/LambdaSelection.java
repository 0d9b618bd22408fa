package org.relupath.spark.train.choice;

import org.relupath.core.score.Scores;
import org.relupath.spark.io.BadInputException;

/**
 * Which lambda of a path is the best: the one of smallest held-out error, the larger lambda of two
 * equal ones.
 *
 * @param index its position in the path
 * @param by how it was chosen
 * @param mse its mean squared error on the rows that chose it
 * @param chosen whether rows that it was not fitted on chose it
 * @param joint whether it is one choice for several outputs, by how they do together
 * @param heldOut scores that probabilities and a threshold are made of: of rows held out by the
 *     chosen network, or of every training row by the network of this lambda that was fitted to the
 *     other folds; null where nothing is made of them
 */
public record LambdaSelection(
    int index, String by, double mse, boolean chosen, boolean joint, Scores heldOut) {
  /** A choice for one output that leaves no scores. */
  public LambdaSelection(int index, String by, double mse, boolean chosen) {
    this(index, by, mse, chosen, false, null);
  }

  /** How it was chosen, for people. */
  public String words() {
    return by.replace("validMse", "held-out squared error")
        .replace("validAccuracy", "held-out accuracy");
  }

  /** This choice, with scores of held-out rows. */
  public LambdaSelection with(Scores scores) {
    return new LambdaSelection(index, by, mse, chosen, joint, scores);
  }

  /**
   * The last lambda, the smallest, where no rows say more.
   *
   * @param errors the mean squared error on training rows at each lambda
   */
  public static LambdaSelection last(double[] errors) {
    int last = errors.length - 1;
    return new LambdaSelection(last, "smallest lambda, no rows held out", errors[last], false);
  }

  /**
   * The smallest of some errors, the first of equal ones; errors that are not finite are no choice.
   *
   * @throws BadInputException if none is finite
   */
  public static LambdaSelection smallest(double[] errors, String by) {
    int best = -1;
    for (int k = 0; k < errors.length; k++) {
      boolean smaller = best < 0 || errors[k] < errors[best];
      best = Double.isFinite(errors[k]) && smaller ? k : best;
    }
    if (best < 0) {
      throw new BadInputException(
          by + ": the error is not finite at any lambda, expected held-out rows like the others");
    }
    return new LambdaSelection(best, by, errors[best], true);
  }
}
