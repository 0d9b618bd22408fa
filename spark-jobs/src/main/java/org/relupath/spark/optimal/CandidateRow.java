package org.relupath.spark.optimal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.relupath.core.program.BlockWeights;
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
    @JsonIgnore String name,
    int neurons,
    double objective,
    double norm,
    @JsonUnwrapped NetworkMetrics metrics) {

  /** The Euclidean norm of weights. */
  static double norm(BlockWeights weights) {
    double squares = 0;
    for (int i = 0; i < weights.size(); i++) {
      squares += weights.norm(i) * weights.norm(i);
    }
    return Math.sqrt(squares);
  }
}
