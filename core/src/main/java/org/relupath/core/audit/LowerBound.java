package org.relupath.core.audit;

import java.util.Locale;

/**
 * A lower bound of the objective of every network, of any width and with any patterns.
 *
 * @param value the bound
 * @param source what proves it
 */
public record LowerBound(double value, Source source) {

  /** What proves a lower bound. */
  public enum Source {
    /** The dual value of the program over all patterns that X has. */
    ENUMERATION,
    /** A dual point whose norms are bounded through singular values of X: {@link NormBound}. */
    NORM;

    /** As files spell it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
