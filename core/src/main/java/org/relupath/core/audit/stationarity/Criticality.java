package org.relupath.core.audit.stationarity;

/** Whether a point is Clarke stationary: zero is in the subdifferential of the objective there. */
public enum Criticality {
  /** It is, up to the tolerance. */
  CRITICAL,
  /** It is not: even in a larger set no vector is short enough. */
  NOT_CRITICAL,
  /** A larger set has a vector short enough, and whether Clarke's has one is not known. */
  UNCERTAIN;

  /** As files spell it: {@code true}, {@code false} or {@code uncertain}. */
  public String label() {
    return this == UNCERTAIN ? "uncertain" : String.valueOf(this == CRITICAL);
  }
}
