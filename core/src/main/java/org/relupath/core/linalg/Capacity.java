package org.relupath.core.linalg;

/** Lengths of arrays that grow. */
public final class Capacity {
  /** Numbers of one array at most. */
  public static final int MOST = Integer.MAX_VALUE - 8;

  private Capacity() {}

  /**
   * The length of an array.
   *
   * @param needed numbers that it has to hold
   * @param wanted numbers that it had better have room for
   * @throws IllegalStateException if no array holds those that are needed
   */
  public static int of(long needed, long wanted) {
    if (needed > MOST) {
      throw new IllegalStateException(
          "the blocks that are worked on have %s numbers, expected at most %s, of one array"
              .formatted(needed, MOST));
    }
    return (int) Math.max(needed, Math.min(wanted, MOST));
  }
}
