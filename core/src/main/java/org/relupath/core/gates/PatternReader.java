package org.relupath.core.gates;

import java.util.Arrays;
import java.util.function.Supplier;
import org.relupath.core.data.Design;
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
  private final Design x;

  /** X column after column; null where it is sparse. */
  private final double[] byColumn;

  private final double[] scores;
  private final AffineScore exact = new AffineScore();

  /** ||x_r|| times the relative error of a sum of d products; infinite if it overflows. */
  private final double[] rounding;

  /** A reader for one X (n x d); keeps a column-major copy of a dense one. Not thread-safe. */
  public PatternReader(Design x) {
    this.rows = x.rows();
    this.columns = x.columns();
    this.x = x;
    this.byColumn = x instanceof Matrix matrix ? byColumn(matrix) : null;
    this.scores = new double[rows];
    this.rounding = new double[rows];
    for (int r = 0; r < rows; r++) {
      int own = r;
      rounding[r] = 2 * (columns + 4) * UNIT * sure(x.length(r), () -> x.row(own));
    }
  }

  private static double[] byColumn(Matrix x) {
    int rows = x.rows();
    double[] byColumn = new double[rows * x.columns()];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < x.columns(); k++) {
        byColumn[k * rows + r] = x.get(r, k);
      }
    }
    return byColumn;
  }

  /** A length, or infinity where its square underflows. */
  private static double sure(double length, Supplier<double[]> vector) {
    boolean sure = length > 1e-140 || Arrays.stream(vector.get()).allMatch(entry -> entry == 0);
    return sure ? length : Double.POSITIVE_INFINITY;
  }

  /** The n bits of 1[X g >= 0], bit r of the pattern in bit r % 64 of word r / 64. */
  public long[] pattern(double[] gate) {
    if (gate.length != columns) {
      throw new IllegalArgumentException(
          "gate has " + gate.length + " entries, expected " + columns);
    }
    score(gate);
    double length = sure(Vectors.norm(gate), () -> gate);
    long[] bits = new long[(rows + 63) / 64];
    for (int r = 0; r < rows; r++) {
      double score = scores[r];
      // Also where one of them is not a number.
      boolean doubtful = !(Math.abs(score) > rounding[r] * length);
      long active = Rectifier.active(score);
      if (doubtful) {
        active = x.nonNegative(exact, r, gate, 0, 0) ? 1 : 0;
      }
      bits[r >> 6] |= active << r;
    }
    return bits;
  }

  private void score(double[] gate) {
    if (byColumn == null) {
      x.multiply(gate, scores);
      return;
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
  }
}
