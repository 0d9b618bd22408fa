package org.relupath.spark.prune;

import java.util.List;
import org.relupath.core.solve.Solution;

/**
 * What pruning did at one lambda.
 *
 * @param index of the lambda in its path
 * @param solution what pruning began with, to a gap near 1e-12
 * @param minimal the minimal network, certified
 * @param rank of the fits of all neurons that may be active: no minimal network is wider; null
 *     where the optimal set is not known
 * @param widthBound no optimal network has fewer neurons; null where that is not certain
 * @param provenSmallest whether no optimal network is proven to have fewer than the minimal one
 * @param provenBy how that is known
 * @param independent whether the fits of the minimal network's neurons are independent for certain
 * @param fitChange ||f(X) of the minimal network - that of the solution's neurons|| over the latter
 * @param rows of pruning.csv
 * @param seconds taken
 */
public record PruningResult(
    int index,
    Solution solution,
    Solution minimal,
    Integer rank,
    Integer widthBound,
    boolean provenSmallest,
    String provenBy,
    boolean independent,
    double fitChange,
    List<PruningRow> rows,
    double seconds)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;
}
