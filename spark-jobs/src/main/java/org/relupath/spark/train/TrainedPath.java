package org.relupath.spark.train;

import java.util.List;
import org.relupath.core.path.GapBound;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.DecomposedNetwork;
import org.relupath.spark.train.program.SolvedPath;

/**
 * The networks of a decreasing grid of lambdas, or of one.
 *
 * @param networks largest lambda first
 * @param selection which of them was chosen, and how
 * @param solved what was solved, in the solver's units, and what is certified between lambdas
 * @param criterion what the status {@code optimal} means
 * @param search what the last search of all patterns found; null unless gates are adaptive
 * @param decomposed where the one network came from, if it was made by cone decomposition; or null
 */
public record TrainedPath(
    List<TrainedNetwork> networks,
    LambdaSelection selection,
    SolvedPath solved,
    String criterion,
    SearchResult search,
    DecomposedNetwork decomposed) {
  public TrainedPath {
    networks = List.copyOf(networks);
  }

  /** The chosen network. */
  public TrainedNetwork best() {
    return networks.get(selection.index());
  }

  /**
   * How far networks that are interpolated between two neighbouring lambdas may be from optimal, in
   * units of ||y||^2/2, one fewer than lambdas; null where it was not computed.
   */
  public List<Double> certifiedGaps() {
    return solved.bounds() == null ? null : solved.bounds().stream().map(GapBound::max).toList();
  }
}
