package org.relupath.core.gates;

/**
 * Two random 64-bit keys for each of some rows. A pattern is identified by the number of its active
 * rows and the sums of their keys, modulo 2^64: equal patterns have equal sums, different ones with
 * probability about 2^-128; and sums of integers do not depend on the order of the rows.
 */
public final class RowKeys {
  private final long[] one;
  private final long[] other;

  /**
   * The keys of rows {@code first} to {@code first + rows - 1}.
   *
   * @param first number of the first row among all
   * @param rows how many
   */
  public RowKeys(long first, int rows) {
    this.one = new long[rows];
    this.other = new long[rows];
    for (int r = 0; r < rows; r++) {
      one[r] = Seeds.derive(1, "row-key", first + r);
      other[r] = Seeds.derive(2, "row-key", first + r);
    }
  }

  /** The first key of the r-th of these rows. */
  public long one(int r) {
    return one[r];
  }

  /** The second key of the r-th of these rows. */
  public long other(int r) {
    return other[r];
  }

  /** Count of a pattern's active rows, sum of their first keys, sum of their second keys. */
  public long[] sums(long[] bits) {
    long[] sums = new long[3];
    for (int r = 0; r < one.length; r++) {
      long active = bits[r >> 6] >>> r & 1;
      sums[0] += active;
      sums[1] += active * one[r];
      sums[2] += active * other[r];
    }
    return sums;
  }
}
