package org.relupath.spark.train.choice;

import java.util.List;
import org.relupath.core.score.Scores;

/**
 * How the networks of a path do on rows that they were not fitted to.
 *
 * @param by which rows: {@code validMse}, or cross-validation and its folds
 * @param errors the mean squared error at each lambda, largest lambda first
 * @param scores of the rows at each lambda; empty where nothing asks for them
 */
public record HeldOut(String by, double[] errors, List<Scores> scores) {
  /** By rows that were held out. */
  public static final String VALID = "validMse";

  /**
   * A choice of the lambda at this place.
   *
   * @param joint whether it is that of several outputs
   */
  public LambdaSelection at(int index, String how, boolean joint) {
    return new LambdaSelection(
        index, how, errors[index], true, joint, scores.isEmpty() ? null : scores.get(index));
  }
}
