package org.relupath.spark.audit;

import java.util.Objects;
import org.relupath.spark.train.GlobalGap;
import org.relupath.spark.train.NetworkClass;

/**
 * Objectives of networks and lower bounds that an audit met; null where not computed.
 *
 * @param objective of the audited network, with its weights as given
 * @param balanced of the same with ||W_j|| = |a_j|
 * @param subsampled the optimum over the network's own patterns and signs
 * @param improved of the best network met, where it is better than the audited one
 * @param improvedBy how that was found; plain text
 * @param patternSetBound lower bound for networks whose patterns are in the tested set, and for no
 *     others
 * @param patterns the size of that set
 * @param lowerBound lower bound for networks of every width and pattern
 * @param lowerBoundSource what proves it, such as {@code enumeration}; plain text
 * @param networks which networks it is for
 */
public record AuditBounds(
    double objective,
    Double balanced,
    Double subsampled,
    Double improved,
    String improvedBy,
    Double patternSetBound,
    int patterns,
    double lowerBound,
    String lowerBoundSource,
    NetworkClass networks) {

  /** Refuses a bound without a source, and an improvement without one. */
  public AuditBounds {
    Objects.requireNonNull(lowerBoundSource, "lowerBoundSource");
    Objects.requireNonNull(networks, "networks");
    if (improved != null) {
      Objects.requireNonNull(improvedBy, "improvedBy");
    }
  }

  /** (objective - lowerBound) / objective, 0 where the objective is. */
  GlobalGap gapToGlobal() {
    double gap = objective == 0 ? 0 : (objective - lowerBound) / objective;
    return new GlobalGap(gap, networks, lowerBoundSource);
  }
}
