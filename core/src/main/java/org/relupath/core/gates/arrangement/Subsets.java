package org.relupath.core.gates.arrangement;

import java.math.BigInteger;

/** The subsets of k of the numbers 0 to m - 1 in lexicographic order, from any place on. */
final class Subsets {
  private final int of;
  private final int[] chosen;

  /**
   * Starts at a subset.
   *
   * @param of m
   * @param size k, at most m
   * @param rank how many subsets come before it, below C(m, k)
   */
  Subsets(int of, int size, long rank) {
    this.of = of;
    this.chosen = new int[size];
    long before = rank;
    int next = 0;
    for (int i = 0; i < size; i++) {
      while (true) {
        // So many subsets go on from here with the number next.
        long here = count(of - next - 1, size - i - 1);
        if (before < here) {
          break;
        }
        before -= here;
        next++;
      }
      chosen[i] = next++;
    }
  }

  /**
   * C(m, k).
   *
   * @throws ArithmeticException if it does not fit
   */
  static long count(int of, int size) {
    BigInteger count = BigInteger.ONE;
    for (int k = 0; k < size; k++) {
      count = count.multiply(BigInteger.valueOf(of - k)).divide(BigInteger.valueOf(k + 1L));
    }
    return count.longValueExact();
  }

  /** The subset, ascending; changed by {@link #advance}. */
  int[] chosen() {
    return chosen;
  }

  /** Goes to the next subset and returns the first place that changed; -1 after the last one. */
  int advance() {
    int i = chosen.length - 1;
    while (i >= 0 && chosen[i] == of - chosen.length + i) {
      i--;
    }
    if (i < 0) {
      return -1;
    }
    chosen[i]++;
    for (int j = i + 1; j < chosen.length; j++) {
      chosen[j] = chosen[j - 1] + 1;
    }
    return i;
  }
}
