package org.relupath.core.program;

/** Which of the two convex programs is meant. */
public enum Model {
  /** C-ReLU: two blocks a pattern, of sign +1 and -1, each in its activation cone. */
  RELU,
  /** C-GReLU: one unconstrained block a pattern, a plain group lasso. */
  GATED;

  /** The number of blocks a pattern makes: 2 or 1. */
  public int signs() {
    return this == RELU ? 2 : 1;
  }
}
