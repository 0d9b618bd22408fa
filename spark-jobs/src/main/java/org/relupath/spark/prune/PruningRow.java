package org.relupath.spark.prune;

import java.util.List;
import java.util.Objects;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.NetworkMetrics;

/**
 * A row of pruning.csv: one network on the way down.
 *
 * @param method how neurons were chosen; {@code exact} for optimal pruning
 * @param correction what became of the others; {@code none} or how they were fitted again
 * @param neurons width of the network
 * @param objective its objective
 * @param optimal whether its objective is certified to the tolerance of the run
 * @param metrics how it does on rows
 */
public record PruningRow(
    String method,
    String correction,
    int neurons,
    double objective,
    boolean optimal,
    NetworkMetrics metrics)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** The columns of pruning.csv. */
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

  /** Refuses null and negative widths. */
  public PruningRow {
    Objects.requireNonNull(metrics, "metrics");
    if (neurons < 0) {
      throw new IllegalArgumentException("neurons is " + neurons + ", expected >= 0");
    }
  }

  /** Its objective divided by a unit, such as n where the loss is a mean. */
  public PruningRow inUnits(double unit) {
    return new PruningRow(method, correction, neurons, objective / unit, optimal, metrics);
  }

  /** The cells, in the order of {@link #COLUMNS}. */
  public Object[] cells() {
    return new Object[] {
      method,
      correction,
      neurons,
      objective,
      mse(metrics.train()),
      accuracy(metrics.train()),
      mse(metrics.valid()),
      accuracy(metrics.valid()),
      mse(metrics.test()),
      accuracy(metrics.test()),
      optimal
    };
  }

  private static Double mse(Metrics own) {
    return own == null ? null : (Double) own.mse();
  }

  private static Double accuracy(Metrics own) {
    return own == null ? null : own.accuracy();
  }
}
