package org.relupath.core.audit;

import java.util.Optional;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.search.LowerBound;

/**
 * All that an audit finds of a network, with the loss as a sum.
 *
 * @param network the audited network
 * @param lambda the regularization
 * @param objective its non-convex objective with the weights as given
 * @param stationarity of the weights as given
 * @param imbalance max_j of the larger of ||W_j|| / |a_j| and its inverse, 1 where balanced
 * @param balancedObjective the objective with ||W_j|| = |a_j|
 * @param balancedStationarity of the balanced network
 * @param mergedObjective without dead neurons, and with those of one pattern and sign made one
 * @param subsampled the program of the network's own pairs of pattern and sign
 * @param free the neurons that exact pruning takes out of the network, and what remains
 * @param neighbour a neighbouring pattern that improves on it; none does not mean optimal
 * @param patternSet the bound over the given and the network's own patterns: for other networks of
 *     these patterns only
 * @param lowerBound a bound for all networks
 * @param improvement the best network met, if it is better than the audited one
 */
public record Audit(
    Neurons network,
    double lambda,
    double objective,
    Stationarity stationarity,
    double imbalance,
    double balancedObjective,
    Stationarity balancedStationarity,
    double mergedObjective,
    SubsampledProgram subsampled,
    FreeNeurons free,
    Optional<Neighbour> neighbour,
    PatternSetBound patternSet,
    LowerBound lowerBound,
    Optional<Improvement> improvement) {

  /** Whether the network is proven to be Clarke stationary with its weights as given. */
  public boolean critical() {
    return stationarity.critical();
  }

  /** Whether it is once balanced. */
  public boolean criticalAfterBalancing() {
    return balancedStationarity.critical();
  }

  /** (objective - lowerBound) / objective, 0 where the objective is 0. */
  public double gapToGlobal() {
    // An objective is a sum of rounded fits, a bound holds in exact arithmetic: far from the origin
    // rounding may carry the one below the other.
    return objective == 0 ? 0 : Math.max(0, (objective - lowerBound.value()) / objective);
  }
}
