package org.relupath.spark.prune;

import java.util.List;
import org.relupath.core.solve.Solution;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.analysis.SmallestWidth;

/**
 * What pruning did at one lambda, in the units of the loss scaling.
 *
 * @param polished what pruning began with
 * @param minimal the minimal network, certified; of a loss that is a sum
 * @param minimalObjective its objective
 * @param objectiveChange how far it is from the objective before, relatively
 * @param rank of the fits of all neurons that may be active: no minimal network is wider; null
 *     where the optimal set is not known
 * @param least whether no optimal network is proven to have fewer neurons than the minimal one
 * @param independent whether the fits of the minimal network's neurons are independent for certain
 * @param fitChange ||f(X) of the minimal network - that of the solution's neurons|| over the latter
 * @param rows of pruning.csv
 * @param seconds taken
 */
public record PruningResult(
    PolishedSolution polished,
    Solution minimal,
    double minimalObjective,
    double objectiveChange,
    Integer rank,
    SmallestWidth least,
    boolean independent,
    double fitChange,
    List<PruningRow> rows,
    double seconds)
    implements java.io.Serializable {
  /** Neurons of the minimal network. */
  public int minimalWidth() {
    return minimal.weights().size();
  }
}
