package org.relupath.core.program.rows.planes;

import java.util.Arrays;

/**
 * A table of 2^k vectors, one for each value of k bits: from vectors of bits to sums over the bits
 * of a value, and from sums by value to sums by bit (the method of the four Russians).
 */
public final class ByteTable {
  private ByteTable() {}

  /**
   * Entry v becomes the sum of the vectors of the bits that v has.
   *
   * @param vectors k vectors of {@code width} numbers, that of bit j from j width on
   * @param bits k
   * @param width length of a vector
   * @param table receives 2^k vectors
   */
  public static void expand(double[] vectors, int bits, int width, double[] table) {
    Arrays.fill(table, 0, width, 0);
    for (int bit = 0; bit < bits; bit++) {
      int half = (1 << bit) * width;
      for (int from = 0; from < half; from += width) {
        for (int k = 0; k < width; k++) {
          table[half + from + k] = table[from + k] + vectors[bit * width + k];
        }
      }
    }
  }

  /**
   * Vector j becomes the sum of the entries whose value has bit j. The upper half's total is that
   * of the top bit; adding the upper half to the lower leaves a table with one bit fewer.
   *
   * @param table 2^k vectors, spoilt
   * @param bits k
   * @param width length of a vector
   * @param vectors receives k vectors
   */
  static void fold(double[] table, int bits, int width, double[] vectors) {
    Arrays.fill(vectors, 0, bits * width, 0);
    for (int bit = bits - 1; bit >= 0; bit--) {
      int half = (1 << bit) * width;
      int total = bit * width;
      for (int from = half; from < 2 * half; from += width) {
        for (int k = 0; k < width; k++) {
          vectors[total + k] += table[from + k];
        }
      }
      for (int i = 0; i < half; i++) {
        table[i] += table[half + i];
      }
    }
  }
}
