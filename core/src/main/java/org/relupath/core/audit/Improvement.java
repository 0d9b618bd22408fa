package org.relupath.core.audit;

import org.relupath.core.data.Label;
import org.relupath.core.network.Neurons;

/**
 * A better network than the audited one.
 *
 * @param network the network
 * @param objective its non-convex objective
 * @param source how it was found
 */
public record Improvement(Neurons network, double objective, Source source) {

  /** How a better network was found, the cheapest first. */
  public enum Source {
    /** ||W_j|| = |a_j|, zero neurons left out. */
    BALANCED,
    /** Dead neurons left out too, and neurons of one pattern and sign made one. */
    MERGED,
    /** The optimum over the network's own blocks. */
    SUBSAMPLED,
    /** The optimum over these and a neighbouring pattern's. */
    NEIGHBOUR,
    /** The optimum over the network's own and the given patterns, with both signs. */
    PATTERN_SET,
    /** The optimum over all patterns of X. */
    ENUMERATION;

    /** As files spell it: {@code balanced}, {@code pattern-set}, ... */
    public String label() {
      return Label.of(this);
    }
  }
}
