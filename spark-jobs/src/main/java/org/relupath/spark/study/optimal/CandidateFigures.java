package org.relupath.spark.study.optimal;

import org.relupath.spark.data.Metrics;
import org.relupath.spark.optimal.CandidateRow;

/**
 * One optimal network of a split, chosen by a rule; null for what was not measured.
 *
 * @param columns blocks that it may use, see {@link SetFigures}
 * @param candidate the rule
 * @param neurons its width
 * @param objective the same for all of them, up to rounding
 * @param norm the Euclidean norm of its weights
 */
public record CandidateFigures(
    String columns,
    String candidate,
    int neurons,
    double objective,
    double norm,
    Double trainMse,
    Double trainAccuracy,
    Double validMse,
    Double validAccuracy,
    Double testMse,
    Double testAccuracy) {
  static CandidateFigures of(String columns, CandidateRow row) {
    return new CandidateFigures(
        columns,
        row.name(),
        row.neurons(),
        row.objective(),
        row.norm(),
        Metrics.mse(row.metrics().train()),
        Metrics.accuracy(row.metrics().train()),
        Metrics.mse(row.metrics().valid()),
        Metrics.accuracy(row.metrics().valid()),
        Metrics.mse(row.metrics().test()),
        Metrics.accuracy(row.metrics().test()));
  }
}
