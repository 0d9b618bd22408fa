package org.relupath.core.gates;

import java.util.Arrays;
import org.relupath.core.data.Matrix;

/**
 * Reads the activation pattern 1[X g >= 0] of a gate.
 *
 * <p>Every inner product is summed in the order of the columns in plain Java, never by a BLAS whose
 * rounding depends on the shape of the call: a gate has the same pattern on an executor that sees
 * ten gates and on one that sees ten thousand.
 */
public final class PatternReader {
  private final int rows;
  private final int columns;
  private final double[] byColumn;
  private final double[] scores;

  /** A reader for one X (n x d); keeps a column-major copy of it. Not thread-safe. */
  public PatternReader(Matrix x) {
    this.rows = x.rows();
    this.columns = x.columns();
    this.byColumn = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k++) {
        byColumn[k * rows + r] = x.get(r, k);
      }
    }
    this.scores = new double[rows];
  }

  /** The n bits of 1[X g >= 0], bit r of the pattern in bit r % 64 of word r / 64. */
  public long[] pattern(double[] gate) {
    if (gate.length != columns) {
      throw new IllegalArgumentException(
          "gate has " + gate.length + " entries, expected " + columns);
    }
    Arrays.fill(scores, 0);
    for (int k = 0; k < columns; k++) {
      double g = gate[k];
      if (g != 0) {
        int column = k * rows;
        for (int r = 0; r < rows; r++) {
          scores[r] += byColumn[column + r] * g;
        }
      }
    }
    long[] bits = new long[(rows + 63) / 64];
    for (int r = 0; r < rows; r++) {
      if (scores[r] >= 0) {
        bits[r >> 6] |= 1L << r;
      }
    }
    return bits;
  }
}
