package org.relupath.spark.prune;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * summary.json of {@code prune}: what became of a network, in the units of the loss scaling.
 *
 * @param lambdaIndex of the lambda in its path
 * @param lambda the regularization
 * @param activeBlocks of the solution that pruning began with
 * @param minimalWidth neurons of the minimal network
 * @param rank of the fits of all neurons that may be active: no minimal network is wider; null
 *     where the optimal set is not known
 * @param smallestWidthBound no optimal network has fewer neurons; null where none is known
 * @param provenSmallest whether the minimal network has as many
 * @param independentFits whether the fits of its neurons are independent for certain
 * @param fitChange relative change of f(X)
 * @param objective before
 * @param minimalObjective after
 * @param minimalRelativeGap of the minimal network's certificate
 * @param seconds by phase; left out where they were not measured
 */
public record PruningSummary(
    int lambdaIndex,
    double lambda,
    int activeBlocks,
    int minimalWidth,
    Integer rank,
    Integer smallestWidthBound,
    boolean provenSmallest,
    boolean independentFits,
    double fitChange,
    double objective,
    double minimalObjective,
    double minimalRelativeGap,
    @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Double> seconds) {
  /**
   * The summary of a result.
   *
   * @param seconds by phase, or null
   */
  public static PruningSummary of(PruningResult found, Map<String, Double> seconds) {
    return new PruningSummary(
        found.polished().lambdaIndex(),
        found.polished().lambda(),
        found.polished().activeBlocks(),
        found.minimalWidth(),
        found.rank(),
        found.least().smallestWidthBound(),
        found.least().provenSmallest(),
        found.independent(),
        found.fitChange(),
        found.polished().objective(),
        found.minimalObjective(),
        found.minimal().certificate().relativeGap(),
        seconds);
  }
}
