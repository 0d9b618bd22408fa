package org.relupath.spark.optimal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relupath.core.network.Network;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.solve.Solution;
import org.relupath.spark.train.program.FittedNetwork;
import org.relupath.spark.train.program.ProgramExporter;

/**
 * What was found out about all optimal networks at one lambda, with those that rules choose.
 *
 * @param found sizes, uniqueness and ranges
 * @param candidates how chosen networks do, by the name of the rule
 * @param networks the chosen networks themselves, on raw features, by the same names
 */
public record OptimalNetworks(
    @JsonUnwrapped OptimalSetResult found,
    Map<String, CandidateRow> candidates,
    @JsonIgnore Map<String, Network> networks) {

  /** The networks of a result, measured on the rows of an exporter. */
  public static OptimalNetworks of(OptimalSetResult found, ProgramExporter exporter) {
    Map<String, CandidateRow> candidates = new LinkedHashMap<>();
    Map<String, Network> networks = new LinkedHashMap<>();
    Solution own = found.polished().solution();
    for (Map.Entry<String, BlockWeights> candidate : found.candidates().entrySet()) {
      Solution chosen =
          new Solution(candidate.getValue(), own.certificate(), own.status(), 0, 0, 0);
      FittedNetwork fitted = exporter.fitted(chosen);
      networks.put(candidate.getKey(), fitted.network());
      candidates.put(candidate.getKey(), CandidateRow.of(candidate.getKey(), fitted, exporter));
    }
    return new OptimalNetworks(found, candidates, networks);
  }
}
