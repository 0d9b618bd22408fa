package org.relupath.spark.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.score.Ridge;
import org.relupath.core.score.Scores;

/**
 * What the simplest models predict for the parts of some rows.
 *
 * @param twoValued whether targets are -1 and +1
 * @param constant for each {@link Part} the targets and the mean of the training targets; null
 *     where there are no such rows
 * @param ridge for each part the targets and the predictions of a linear regression on the prepared
 *     columns, its intercept not penalised; null with more than {@link Ridge#MOST_COLUMNS} columns
 * @param penalty of the squared coefficients, beside the sum of squared errors
 * @param chosenBy {@code validMse}, or {@code leave-one-out} where no rows are held out
 */
public record BaselineScores(
    boolean twoValued, List<Scores> constant, List<Scores> ridge, double penalty, String chosenBy) {

  /**
   * Fits and predicts.
   *
   * @param rows held-out ones choose the penalty; without any the leave-one-out error does
   * @param preprocessing of the network, fitted to the training rows
   */
  public static BaselineScores of(TrainingData rows, Preprocessing preprocessing) {
    Observations train = rows.train();
    double mean = scores(train, preprocessing, new double[train.rows()]).meanTarget();
    List<Scores> constant = new ArrayList<>();
    for (Part part : Part.values()) {
      constant.add(constant(rows.rows(part), preprocessing, mean));
    }
    if (preprocessing.dimension() > Ridge.MOST_COLUMNS) {
      return new BaselineScores(preprocessing.twoValued(), constant, null, 0, null);
    }
    Ridge ridge = Ridge.fit(train, preprocessing);
    double[] errors = errors(ridge, rows.valid(), preprocessing);
    int best = 0;
    for (int k = 1; k < errors.length; k++) {
      best = errors[k] < errors[best] ? k : best;
    }
    List<Scores> linear = new ArrayList<>();
    for (Part part : Part.values()) {
      Observations own = rows.rows(part);
      linear.add(own == null ? null : scores(own, preprocessing, ridge.predict(own.cells(), best)));
    }
    return new BaselineScores(
        preprocessing.twoValued(),
        constant,
        linear,
        ridge.penalties()[best],
        rows.valid() == null ? "leave-one-out" : "validMse");
  }

  /** For each penalty the error that chooses among them. */
  private static double[] errors(Ridge ridge, Observations valid, Preprocessing preprocessing) {
    return valid == null
        ? ridge.leaveOneOut()
        : Arrays.stream(ridge.predict(valid.cells()))
            .mapToDouble(own -> scores(valid, preprocessing, own).meanSquaredError())
            .toArray();
  }

  private static Scores constant(Observations rows, Preprocessing preprocessing, double mean) {
    if (rows == null) {
      return null;
    }
    double[] predictions = new double[rows.rows()];
    Arrays.fill(predictions, mean);
    return scores(rows, preprocessing, predictions);
  }

  private static Scores scores(
      Observations rows, Preprocessing preprocessing, double[] predictions) {
    return new Scores(preprocessing.mapped(rows.targets()), predictions, rows.weights());
  }
}
