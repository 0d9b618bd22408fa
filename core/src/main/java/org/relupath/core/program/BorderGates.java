package org.relupath.core.program;

import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.linalg.AffineScore;
import org.relupath.core.linalg.Vectors;

/**
 * Moves gates off the rows that they pass through.
 *
 * <p>A row with x_r'g = 0 is active, but standardising rounds, and a gate folded into raw columns
 * rounds again: either may leave it on any side. A gate that passes through rows, to the rounding
 * of X, is moved to g + t h with x_r'h > 0 on all of them, where such an h exists, t so small that
 * no other row changes sides. With a column of ones there always is one.
 */
public final class BorderGates {
  /** Of the way to the nearest row that would change sides. */
  private static final double SHARE = 0.5;

  /** Below this distance, relative to lengths, h is rounding. */
  private static final double SMALLEST = 1e-9;

  private final Preprocessing preprocessing;
  private final Design encoded;
  private final Design x;

  private BorderGates(Preprocessing preprocessing, Design encoded, Design x) {
    this.preprocessing = preprocessing;
    this.encoded = encoded;
    this.x = x;
  }

  /**
   * The gates, those on borders moved.
   *
   * @param preprocessing how X was made of the raw rows
   * @param raw n x number of inputs
   * @param x X, n x d
   * @param gates P x d; not changed
   */
  public static Matrix moved(Preprocessing preprocessing, Design raw, Design x, Matrix gates) {
    Design encoded = preprocessing.preparation().encode(raw);
    BorderGates borders = new BorderGates(preprocessing, encoded, x);
    double[] moved = gates.values().clone();
    AffineScore score = new AffineScore();
    for (int j = 0; j < gates.rows(); j++) {
      borders.move(moved, j * gates.columns(), score);
    }
    return new Matrix(gates.rows(), gates.columns(), moved);
  }

  private void move(double[] gates, int at, AffineScore score) {
    int n = x.rows();
    int d = x.columns();
    // Zeros of a sparse X stay zeros in raw columns: what is not rounded is on no border.
    boolean exact = x.isSparse() && !preprocessing.intercept();
    double[] scores = new double[n];
    boolean[] border = new boolean[n];
    int count = 0;
    for (int r = 0; r < n; r++) {
      scores[r] = x.value(score, r, gates, at, 0);
      double rounding = rounding(r, gates, at);
      // A row of zeros is active whatever the gate.
      border[r] = Math.abs(scores[r]) <= rounding && x.square(r) > 0 && !(exact && rounding == 0);
      count += border[r] ? 1 : 0;
    }
    double[] h = count == 0 ? null : inside(border, count);
    if (h == null) {
      return;
    }
    double t = Vectors.norm(gates, at, d);
    for (int r = 0; r < n; r++) {
      double change = x.dot(r, h, 0);
      if (!border[r] && change * scores[r] < 0) {
        t = Math.min(t, SHARE * Math.abs(scores[r] / change));
      }
    }
    Vectors.axpy(t, h, 0, gates, at, d);
  }

  /** A bound of what rounding x_r may have done to x_r'g; 0 where X is the encoded rows. */
  private double rounding(int r, double[] gates, int at) {
    double bound = 0;
    if (encoded instanceof SparseMatrix sparse) {
      for (int i = sparse.starts()[r]; i < sparse.starts()[r + 1]; i++) {
        int k = sparse.indices()[i];
        double value = sparse.values()[i];
        double scale = preprocessing.scale()[k];
        double entry = Math.ulp(value) / scale + Math.ulp(value / scale);
        bound += scale == 1 ? 0 : 2 * Math.abs(gates[at + k]) * entry;
      }
      return bound;
    }
    for (int k = 0; k < encoded.columns(); k++) {
      double mean = preprocessing.mean()[k];
      double scale = preprocessing.scale()[k];
      if (mean != 0 || scale != 1) {
        double entry =
            Math.ulp(Math.abs(encoded.get(r, k)) + Math.abs(mean)) / scale + Math.ulp(x.get(r, k));
        bound += 2 * Math.abs(gates[at + k]) * entry;
      }
    }
    return bound;
  }

  /** The direction of the ones column, into every row; rows of a sparse X are not solved for. */
  private double[] onesOnly(int d) {
    if (!preprocessing.intercept()) {
      throw new IllegalArgumentException(
          "a gate passes through rows of a sparse X without a column of ones, expected --intercept"
              + " true");
    }
    double[] h = new double[d];
    h[d - 1] = 1;
    return h;
  }

  /**
   * h of length one with x_r'h > 0 on some rows; null where there is none.
   *
   * <p>The projection of (0, 1) onto {(h, s) : x_r'h >= s ||x_r||} has s > 0 iff there is one.
   */
  private double[] inside(boolean[] chosen, int count) {
    int d = x.columns();
    if (x.isSparse()) {
      return onesOnly(d);
    }
    Matrix rows = Matrix.zeros(count, d + 1);
    long[] bits = new long[(count + 63) / 64];
    for (int r = 0, i = 0; r < chosen.length; r++) {
      if (chosen[r]) {
        x.addRow(1 / x.length(r), r, rows.values(), i * (d + 1));
        rows.values()[i * (d + 1) + d] = -1;
        bits[i >> 6] |= 1L << i;
        i++;
      }
    }
    double[] up = new double[d + 1];
    up[d] = 1;
    ConeProjection projection =
        new Problem(rows, new double[count], Model.RELU)
            .projection(new Block(0, 0, 1, bits), new int[0]);
    projection.project(up, 0, -1);
    double[] h = java.util.Arrays.copyOf(projection.v(), d);
    double length = Vectors.norm(h);
    if (projection.outcome() != ConeProjection.Outcome.EXACT
        || !(projection.v()[d] > SMALLEST * length)) {
      return null;
    }
    Vectors.scale(1 / length, h, 0, d);
    return h;
  }
}
