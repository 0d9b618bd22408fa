package org.relupath.core.program.search;

import org.relupath.core.data.Label;

/**
 * A lower bound of the objective of every network, of any width and with any patterns
 * (core/docs/audit.md#bounds).
 *
 * @param value the bound
 * @param source what proves it
 */
public record LowerBound(double value, Source source) {

  /** What proves a lower bound. */
  public enum Source {
    /** A dual point whose norms are those over all patterns that X has, one after the other. */
    ENUMERATION,
    /** A dual point whose norms are bounded by a search over directions: {@link GlobalBound}. */
    BRANCH_AND_BOUND,
    /** A dual point whose norms are bounded through singular values: {@link GlobalBound}. */
    NORM;

    /** As files spell it. */
    public String label() {
      return Label.of(this);
    }
  }
}
