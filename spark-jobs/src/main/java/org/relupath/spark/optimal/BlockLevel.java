package org.relupath.spark.optimal;

import java.util.Objects;

/**
 * How near a block is to being active: q_b = ||v_b|| / lambda, 1 for the blocks that may be.
 *
 * @param ratio q_b, or an upper bound of it, >= 0
 * @param exact whether it is q_b itself
 * @param member whether the block is in the equicorrelation set
 */
public record BlockLevel(double ratio, boolean exact, Member member) {

  /** Refuses null and negative ratios. */
  public BlockLevel {
    Objects.requireNonNull(member, "member");
    if (!(ratio >= 0)) {
      throw new IllegalArgumentException("ratio is " + ratio + ", expected >= 0");
    }
  }

  /** Membership of the equicorrelation set. */
  public enum Member {
    /** ||v_b|| = lambda up to the accuracy of the solution. */
    YES,
    /** The figures do not decide it. */
    UNDECIDED,
    /** ||v_b|| &lt; lambda: zero in every optimal network. */
    NO
  }
}
