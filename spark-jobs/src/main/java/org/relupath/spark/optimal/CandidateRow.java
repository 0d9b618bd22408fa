package org.relupath.spark.optimal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.relupath.core.program.BlockWeights;
import org.relupath.spark.data.Part;
import org.relupath.spark.train.program.FittedNetwork;
import org.relupath.spark.train.program.ProgramExporter;

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

  /** The row of one, with what it does on the exporter's rows. */
  public static CandidateRow of(String name, FittedNetwork fitted, ProgramExporter exporter) {
    return new CandidateRow(
        name,
        fitted.network().width(),
        fitted.objective().value() / exporter.program().lossScale(),
        norm(fitted.solution().weights()),
        new NetworkMetrics(
            fitted.train(),
            exporter.measure(Part.VALID, fitted.network()),
            exporter.measure(Part.TEST, fitted.network())));
  }

  /** The Euclidean norm of weights. */
  private static double norm(BlockWeights weights) {
    double squares = 0;
    for (int i = 0; i < weights.size(); i++) {
      squares += weights.norm(i) * weights.norm(i);
    }
    return Math.sqrt(squares);
  }
}
