package org.relupath.spark.data;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
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
    private static Parts of(List<Scores> parts, boolean twoValued) {
      return new Parts(
          measured(Part.TRAIN, parts, twoValued),
          measured(Part.VALID, parts, twoValued),
          measured(Part.TEST, parts, twoValued));
    }

    private static PartMetrics measured(Part part, List<Scores> parts, boolean twoValued) {
      return PartMetrics.of(null, parts.get(part.ordinal()), twoValued, null);
    }

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

  /** How their predictions do. */
  public static Baselines of(BaselineScores scores) {
    boolean two = scores.twoValued();
    return new Baselines(
        Parts.of(scores.constant(), two),
        scores.ridge() == null
            ? null
            : new Linear(scores.penalty(), scores.chosenBy(), Parts.of(scores.ridge(), two)));
  }
}
