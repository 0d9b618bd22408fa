package org.relupath.spark.result.outputs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.relupath.core.score.Scores;

/**
 * How K outputs do together on a part of the rows, every row counted by its weight; what is null is
 * left out.
 *
 * @param mse the mean over outputs of their mean squared errors, of classes against -1 and +1
 * @param accuracy the share of the rows whose class has the largest score, of equal ones the first;
 *     null where outputs are label columns
 * @param confusion rows by class, in K rows, and predicted class, in K columns; or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JointMetrics(double mse, Double accuracy, double[][] confusion) {
  /**
   * Measures.
   *
   * @param outputs for each output its targets and scores of the same rows; null without rows
   * @param classes whether outputs are classes
   */
  public static JointMetrics of(List<Scores> outputs, boolean classes) {
    if (outputs == null) {
      return null;
    }
    double mse = outputs.stream().mapToDouble(Scores::meanSquaredError).sum() / outputs.size();
    if (!classes) {
      return new JointMetrics(mse, null, null);
    }
    double[][] confusion = new double[outputs.size()][outputs.size()];
    Scores first = outputs.get(0);
    double right = 0;
    for (int r = 0; r < first.rows(); r++) {
      int predicted = Scores.largest(outputs, r);
      int own = own(outputs, r);
      confusion[own][predicted] += first.weight(r);
      right += own == predicted ? first.weight(r) : 0;
    }
    return new JointMetrics(mse, right / first.weight(), confusion);
  }

  private static int own(List<Scores> outputs, int r) {
    int own = 0;
    while (!(outputs.get(own).targets()[r] > 0)) {
      own++;
    }
    return own;
  }
}
