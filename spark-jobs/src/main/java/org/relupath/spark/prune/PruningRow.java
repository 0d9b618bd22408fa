package org.relupath.spark.prune;

import java.util.List;
import org.relupath.spark.data.Metrics;

/**
 * A row of pruning.csv: one network on the way down.
 *
 * @param method how neurons were chosen; {@code exact} for optimal pruning
 * @param correction what became of the others; {@code none} or how they were fitted again
 * @param neurons width of the network
 * @param objective its objective; of a loss that is a sum
 * @param train how it does on training rows
 * @param valid on held-out rows, or null
 * @param test on test rows, or null
 * @param optimal whether its objective is certified to the tolerance of the run
 */
public record PruningRow(
    String method,
    String correction,
    int neurons,
    double objective,
    Metrics train,
    Metrics valid,
    Metrics test,
    boolean optimal)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  public static final List<String> COLUMNS =
      List.of(
          "method",
          "correction",
          "neurons",
          "objective",
          "trainMse",
          "trainAccuracy",
          "validMse",
          "validAccuracy",
          "testMse",
          "testAccuracy",
          "optimal");

  /** The cells, the objective in units of the loss scaling. */
  public Object[] cells(double unit) {
    return new Object[] {
      method,
      correction,
      neurons,
      objective / unit,
      train.mse(),
      train.accuracy(),
      valid == null ? null : valid.mse(),
      valid == null ? null : valid.accuracy(),
      test == null ? null : test.mse(),
      test == null ? null : test.accuracy(),
      optimal
    };
  }
}
