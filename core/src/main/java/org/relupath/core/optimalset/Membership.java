package org.relupath.core.optimalset;

/** Whether a block is in the equicorrelation set E = {b : ||v_b|| = lambda}. */
public enum Membership {
  /** ||v_b|| &lt; lambda at u*, proven by {@link DualBall}: the block is zero at every optimum. */
  NO,
  /**
   * |1 - q_b| is at the level of the solution's own active blocks. Never a proof: a block that
   * misses lambda by less than rounding looks alike.
   */
  YES,
  /** Neither. It takes part as a column that the optimal set may turn out not to use. */
  UNDECIDED
}
