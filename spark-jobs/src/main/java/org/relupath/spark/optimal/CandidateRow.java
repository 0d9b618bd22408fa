package org.relupath.spark.optimal;

import java.util.Objects;
import org.relupath.spark.data.NetworkMetrics;

/**
 * One of many optimal networks, chosen by a rule.
 *
 * @param name the rule; plain text
 * @param neurons its width
 * @param objective its objective, the same for all up to rounding
 * @param norm the Euclidean norm of its weights w
 * @param metrics what it does on rows
 */
public record CandidateRow(
    String name, int neurons, double objective, double norm, NetworkMetrics metrics) {

  /** Refuses null. */
  public CandidateRow {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(metrics, "metrics");
  }
}
