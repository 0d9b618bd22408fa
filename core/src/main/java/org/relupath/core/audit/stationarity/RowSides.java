package org.relupath.core.audit.stationarity;

import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Svd;
import org.relupath.core.linalg.Vectors;

/**
 * On which side of a neuron's hyperplane {x : x'W = 0} every row of X is.
 *
 * <p>A row is <em>tight</em> where x_r'W is zero up to rounding, (d + 8) units in the last place of
 * sum_k |x_rk W_k|. What trains or solves leaves rows that belong on the hyperplane a little off:
 * those with |x_r'W| &lt;= 1e-9 ||x_r|| ||W|| and &lt;= 1e-9 of the neuron's largest score are
 * tight too, but only if all of them vanish together near W, at W' = W - T^+ T W with T these rows,
 * where no other row has changed sides and no score has moved by more than 1e-8 of the largest.
 * Then what is said of the neuron holds at W'. Rows that merely lie close together, as years do,
 * pass no such test. Zero rows are tight nowhere: they move nothing.
 *
 * @param scores x_r'W, n
 * @param lengths ||x_r||, n
 * @param tight for each row whether it is tight
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a point, never compared as a whole
record RowSides(double[] scores, double[] lengths, boolean[] tight) {
  /** As {@code Problem.tightRows} has it. */
  private static final double NEAR = 1e-9;

  /** By how much a score may move, relative to the largest, for near rows to vanish together. */
  private static final double MOVED = 1e-8;

  /** Singular values of unit rows below this count as zero. */
  private static final double DEPENDENT = 1e-13;

  /** The sides of the rows of X. */
  static RowSides of(Matrix x, double[] w) {
    int n = x.rows();
    int d = x.columns();
    double[] scores = new double[n];
    double[] lengths = new double[n];
    boolean[] zero = new boolean[n];
    double largest = 0;
    for (int r = 0; r < n; r++) {
      scores[r] = Vectors.dot(x.values(), r * d, w, 0, d);
      lengths[r] = Vectors.norm(x.values(), r * d, d);
      largest = Math.max(largest, Math.abs(scores[r]));
      double terms = 0;
      for (int k = 0; k < d; k++) {
        terms += Math.abs(x.values()[r * d + k] * w[k]);
      }
      zero[r] = lengths[r] > 0 && Math.abs(scores[r]) <= (d + 8) * Math.ulp(terms);
    }
    double bar = NEAR * Vectors.norm(w);
    boolean[] near = zero.clone();
    boolean more = false;
    for (int r = 0; r < n; r++) {
      double size = Math.abs(scores[r]);
      near[r] |= lengths[r] > 0 && size <= bar * lengths[r] && size <= NEAR * largest;
      more |= near[r] != zero[r];
    }
    boolean together = more && vanishTogether(x, w, scores, near, MOVED * largest);
    return new RowSides(scores, lengths, together ? near : zero);
  }

  private static boolean vanishTogether(
      Matrix x, double[] w, double[] scores, boolean[] near, double most) {
    int d = x.columns();
    int[] rows = IntStream.range(0, near.length).filter(r -> near[r]).toArray();
    // Columns of T', of length one.
    double[] transposed = new double[d * rows.length];
    for (int i = 0; i < rows.length; i++) {
      double[] row = x.row(rows[i]);
      Vectors.scale(1 / Vectors.norm(row), row, 0, d);
      System.arraycopy(row, 0, transposed, i * d, d);
    }
    Svd svd = new Dense(d, rows.length, transposed).svd();
    Dense range = svd.range(svd.rank(DEPENDENT));
    double[] moved = w.clone();
    Vectors.axpy(-1, range.times(range.transposedTimes(w)), 0, moved, 0, d);
    for (int r = 0; r < near.length; r++) {
      double score = Vectors.dot(x.values(), r * d, moved, 0, d);
      boolean across = !near[r] && (score > 0) != (scores[r] > 0);
      if (across || Math.abs(score - scores[r]) > most) {
        return false;
      }
    }
    return true;
  }

  boolean active(int r) {
    return !tight[r] && scores[r] > 0;
  }
}
