package org.relupath.spark.data;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Arrays;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.score.Ridge;
import org.relupath.core.score.Scores;

/**
 * What the simplest models make of the rows that a network is fitted to, as summary.json has it.
 *
 * @param constant the mean of the training labels; of two-valued ones its sign is the majority's
 * @param ridge linear regression on the prepared columns, its intercept not penalised; null with
 *     more than {@link Ridge#MOST_COLUMNS} columns
 */
public record Baselines(Parts constant, Linear ridge) {
  /**
   * A model on the parts of the rows.
   *
   * @param train on training rows
   * @param valid on held-out rows, or null
   * @param test on test rows, or null
   */
  public record Parts(PartMetrics train, PartMetrics valid, PartMetrics test) {
    /** On test rows, else on held-out rows; null where there are neither. */
    public PartMetrics heldOut() {
      return test == null ? valid : test;
    }
  }

  /**
   * A ridge regression.
   *
   * @param penalty of the squared coefficients, beside the sum of squared errors
   * @param chosenBy {@code validMse}, or {@code leave-one-out} where no rows are held out
   * @param parts how it does
   */
  public record Linear(double penalty, String chosenBy, @JsonUnwrapped Parts parts) {}

  /**
   * The baselines of some rows.
   *
   * @param train what is fitted
   * @param valid what chooses the penalty; null for the leave-one-out error of the training rows
   * @param test for the final measurement, or null
   * @param preprocessing of the network, fitted to the training rows
   */
  public static Baselines of(
      Observations train, Observations valid, Observations test, Preprocessing preprocessing) {
    double mean = scores(train, preprocessing, new double[train.rows()]).meanTarget();
    Parts constant =
        new Parts(
            constant(train, preprocessing, mean),
            constant(valid, preprocessing, mean),
            constant(test, preprocessing, mean));
    return new Baselines(
        constant,
        preprocessing.dimension() > Ridge.MOST_COLUMNS
            ? null
            : linear(train, valid, test, preprocessing));
  }

  private static Linear linear(
      Observations train, Observations valid, Observations test, Preprocessing preprocessing) {
    Ridge ridge = Ridge.fit(train, preprocessing);
    double[][] held = valid == null ? null : ridge.predict(valid.cells());
    double[] errors =
        valid == null
            ? ridge.leaveOneOut()
            : Arrays.stream(held)
                .mapToDouble(own -> scores(valid, preprocessing, own).meanSquaredError())
                .toArray();
    int best = 0;
    for (int k = 1; k < errors.length; k++) {
      best = errors[k] < errors[best] ? k : best;
    }
    return new Linear(
        ridge.penalties()[best],
        valid == null ? "leave-one-out" : "validMse",
        new Parts(
            measured(train, preprocessing, ridge.predict(train.cells(), best)),
            valid == null ? null : measured(valid, preprocessing, held[best]),
            test == null
                ? null
                : measured(test, preprocessing, ridge.predict(test.cells(), best))));
  }

  private static PartMetrics constant(Observations rows, Preprocessing preprocessing, double mean) {
    if (rows == null) {
      return null;
    }
    double[] predictions = new double[rows.rows()];
    Arrays.fill(predictions, mean);
    return measured(rows, preprocessing, predictions);
  }

  private static PartMetrics measured(
      Observations rows, Preprocessing preprocessing, double[] predictions) {
    return PartMetrics.of(
        null, scores(rows, preprocessing, predictions), preprocessing.twoValued(), null);
  }

  private static Scores scores(
      Observations rows, Preprocessing preprocessing, double[] predictions) {
    return new Scores(preprocessing.mapped(rows.targets()), predictions, rows.weights());
  }
}
