package org.relupath.core.gates;

import java.util.Arrays;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.AffineScore;
import org.relupath.core.linalg.Rectifier;
import org.relupath.core.linalg.Vectors;

/**
 * Reads the activation pattern 1[X g >= 0] of a gate: that of the doubles of X and g in exact
 * arithmetic.
 *
 * <p>Floating-point sums decide wherever they are farther from zero than their rounding can be, and
 * exact ones elsewhere. A gate so has the same pattern on an executor that sees ten gates and on
 * one that sees ten thousand, whatever the order of the sum.
 */
public final class PatternReader {
  private static final double UNIT = 0x1p-53;

  private final int rows;
  private final int columns;
  private final double[] x;
  private final double[] byColumn;
  private final double[] scores;
  private final AffineScore exact = new AffineScore();

  /** ||x_r|| times the relative error of a sum of d products; infinite if it overflows. */
  private final double[] rounding;

  /** A reader for one X (n x d); keeps a column-major copy of it. Not thread-safe. */
  public PatternReader(Matrix x) {
    this.rows = x.rows();
    this.columns = x.columns();
    this.x = x.values();
    this.byColumn = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k++) {
        byColumn[k * rows + r] = x.get(r, k);
      }
    }
    this.scores = new double[rows];
    this.rounding = new double[rows];
    for (int r = 0; r < rows; r++) {
      rounding[r] = 2 * (columns + 4) * UNIT * length(x.values(), r * columns);
    }
  }

  /** A length, or infinity where its square underflows. */
  private double length(double[] values, int at) {
    double length = Vectors.norm(values, at, columns);
    boolean sure = length > 1e-140 || isZero(values, at);
    return sure ? length : Double.POSITIVE_INFINITY;
  }

  private boolean isZero(double[] values, int at) {
    for (int k = 0; k < columns; k++) {
      if (values[at + k] != 0) {
        return false;
      }
    }
    return true;
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
    double length = length(gate, 0);
    long[] bits = new long[(rows + 63) / 64];
    for (int r = 0; r < rows; r++) {
      double score = scores[r];
      // Also where one of them is not a number.
      boolean doubtful = !(Math.abs(score) > rounding[r] * length);
      long active = Rectifier.active(score);
      if (doubtful) {
        active = exact.nonNegative(x, r * columns, gate, 0, columns, 0) ? 1 : 0;
      }
      bits[r >> 6] |= active << r;
    }
    return bits;
  }
}
