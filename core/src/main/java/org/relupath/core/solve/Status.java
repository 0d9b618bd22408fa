package org.relupath.core.solve;

import org.relupath.core.data.Label;

/** How a solve ended. */
public enum Status {
  /** The certified relative gap is at or below the tolerance. */
  OPTIMAL,
  /** A limit or rounding ended it with a gap above the tolerance, but at most 100 times. */
  ALMOST,
  /** The iteration limit, or rounding, ended it far from the tolerance. */
  ITERATION_LIMIT,
  /** The time limit ended it far from the tolerance. */
  TIME_LIMIT,
  /** A network with a certificate, not claimed optimal, as cone decomposition makes it. */
  FEASIBLE,
  /**
   * The network written is not the one certified: rounding its weights in raw columns moved its
   * objective by more than 1e-9, relatively.
   */
  INEXACT;

  /** As files and messages spell it: {@code optimal}, {@code iteration-limit}, ... */
  public String label() {
    return Label.of(this);
  }
}
