package org.relupath.spark.prune;

import org.relupath.spark.data.Metrics;
import org.relupath.spark.optimal.NetworkMetrics;

/**
 * A row of pruning.csv: one network on the way down; null for what was not measured.
 *
 * @param method how neurons were chosen; {@code exact} for optimal pruning
 * @param correction what became of the others; {@code none} or how they were fitted again
 * @param neurons width of the network
 * @param objective its objective, in the units of the loss scaling
 * @param optimal whether its objective is certified to the tolerance of the run
 */
public record PruningRow(
    String method,
    String correction,
    int neurons,
    double objective,
    Double trainMse,
    Double trainAccuracy,
    Double validMse,
    Double validAccuracy,
    Double testMse,
    Double testAccuracy,
    boolean optimal)
    implements java.io.Serializable {
  /** A row with how its network does on rows. */
  static PruningRow of(
      String method,
      String correction,
      int neurons,
      double objective,
      boolean optimal,
      NetworkMetrics metrics) {
    return new PruningRow(
        method,
        correction,
        neurons,
        objective,
        Metrics.mse(metrics.train()),
        Metrics.accuracy(metrics.train()),
        Metrics.mse(metrics.valid()),
        Metrics.accuracy(metrics.valid()),
        Metrics.mse(metrics.test()),
        Metrics.accuracy(metrics.test()),
        optimal);
  }

  /** How the network does on rows. */
  NetworkMetrics metrics() {
    return new NetworkMetrics(
        metrics(trainMse, trainAccuracy),
        metrics(validMse, validAccuracy),
        metrics(testMse, testAccuracy));
  }

  private static Metrics metrics(Double mse, Double accuracy) {
    return mse == null ? null : new Metrics(mse, accuracy);
  }
}
