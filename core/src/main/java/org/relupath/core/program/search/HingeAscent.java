package org.relupath.core.program.search;

import java.util.Arrays;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;

/**
 * Ascent of h(w) = s u'(X w)_+ over vectors of length one, from all starts of a chunk at once. From
 * w a step goes towards g = grad h(w) = s X' D(w) u, which a local maximum is a multiple of: the
 * whole way where h grows by that, else only part of it,
 *
 * <pre>w &lt;- (1 - t) w / ||X w|| + t g / ||X g||, scaled to length one.</pre>
 *
 * <p>The way is measured by what it does to the scores X w, so that a part of it is a part of the
 * rows that change sides, whatever the columns of X are like.
 */
final class HingeAscent {
  /** Steps of an ascent at most. */
  private static final int STEPS = 12;

  /** The parts t of the way that are tried. */
  private static final double[] PARTS = {1, 0.25, 0.06, 0.015};

  /** Relative gain that counts as one: rounding makes smaller ones. */
  private static final double GROWTH = 1e-10;

  /** Always the same shape: a start's sums then do not depend on how many others there are. */
  private static final int M = SearchStarts.CHUNK;

  private final Matrix x;
  private final int n;
  private final int d;
  private final double[] u;
  private final int sign;
  private final int count;

  /** Points and gradients, M x d; their products with X, n x M, row-major. */
  private final double[] w;

  private final double[] g;
  private final double[] scores;
  private final double[] slopes;
  private final boolean[] done = new boolean[M];
  private final double[] value;
  private final long[][] first;

  /**
   * Goes as far as steps bring something.
   *
   * @param x X, n x d
   * @param u n entries
   * @param sign s
   * @param starts vectors of length one, or zero, one after the other (M d entries); overwritten
   * @param count how many there are, at most M
   */
  HingeAscent(Matrix x, double[] u, int sign, double[] starts, int count) {
    this.x = x;
    this.n = x.rows();
    this.d = x.columns();
    this.u = u;
    this.sign = sign;
    this.count = count;
    this.w = starts;
    this.g = new double[M * d];
    this.scores = new double[n * M];
    this.slopes = new double[n * M];
    multiply(w, scores);
    double[] one = new double[M];
    Arrays.fill(one, 1);
    this.value = values(one, new double[M]);
    this.first = patterns();
    Arrays.fill(done, count, M, true);
    for (int step = 0; step < STEPS && !allDone(); step++) {
      step();
    }
  }

  /** The largest h(w) of each start. */
  double[] values() {
    return value;
  }

  /** Where start i has come to, of length one (d entries). */
  double[] point(int i) {
    return Arrays.copyOfRange(w, i * d, (i + 1) * d);
  }

  /** The patterns of the starts themselves. */
  long[][] first() {
    return first;
  }

  /** The patterns 1[X w >= 0] of the points reached. */
  long[][] patterns() {
    long[][] patterns = new long[count][(n + 63) / 64];
    for (int r = 0; r < n; r++) {
      for (int i = 0; i < count; i++) {
        if (scores[r * M + i] >= 0) {
          patterns[i][r >> 6] |= 1L << r;
        }
      }
    }
    return patterns;
  }

  private boolean allDone() {
    for (boolean one : done) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  private void step() {
    for (int r = 0; r < n; r++) {
      int at = r * M;
      for (int i = 0; i < M; i++) {
        slopes[at + i] = scores[at + i] >= 0 && !done[i] ? sign * u[r] : 0;
      }
    }
    Blas.gemm(false, true, d, M, n, 1, x.values(), 0, d, slopes, 0, M, 0, g, 0, d);
    multiply(g, slopes);
    double[] reach = lengths(scores);
    double[] climb = lengths(slopes);
    boolean[] open = new boolean[M];
    for (int i = 0; i < M; i++) {
      done[i] |= climb[i] == 0;
      open[i] = !done[i];
    }
    for (double part : PARTS) {
      take(part, reach, climb, open);
    }
    for (int i = 0; i < M; i++) {
      done[i] |= open[i];
    }
  }

  /** Takes a step where it makes h grow; others stay open. */
  private void take(double part, double[] reach, double[] climb, boolean[] open) {
    double[] keep = new double[M];
    double[] add = new double[M];
    boolean any = false;
    for (int i = 0; i < M; i++) {
      if (open[i]) {
        double a = part < 1 && reach[i] > 0 ? (1 - part) / reach[i] : 0;
        double b = part / climb[i];
        double length = length(i, a, b);
        keep[i] = length > 0 ? a / length : 0;
        add[i] = length > 0 ? b / length : 0;
        any = true;
      }
    }
    if (!any) {
      return;
    }
    double[] reached = values(keep, add);
    for (int i = 0; i < M; i++) {
      if (open[i] && reached[i] > value[i] + GROWTH * Math.abs(value[i])) {
        value[i] = reached[i];
        open[i] = false;
        move(i, keep[i], add[i]);
      }
    }
  }

  /** ||a w_i + b g_i||. */
  private double length(int i, double a, double b) {
    double square = 0;
    for (int k = i * d; k < (i + 1) * d; k++) {
      double entry = a * w[k] + b * g[k];
      square += entry * entry;
    }
    return Math.sqrt(square);
  }

  private void move(int i, double a, double b) {
    Vectors.scale(a, w, i * d, d);
    Vectors.axpy(b, g, i * d, w, i * d, d);
    for (int at = i; at < n * M; at += M) {
      scores[at] = a * scores[at] + b * slopes[at];
    }
  }

  /** s u'(a_i X w_i + b_i X g_i)_+. */
  private double[] values(double[] a, double[] b) {
    double[] sums = new double[M];
    for (int r = 0; r < n; r++) {
      int at = r * M;
      double factor = sign * u[r];
      for (int i = 0; i < M; i++) {
        sums[i] += factor * Math.max(a[i] * scores[at + i] + b[i] * slopes[at + i], 0);
      }
    }
    return sums;
  }

  private void multiply(double[] directions, double[] into) {
    Blas.gemm(true, false, M, n, d, 1, directions, 0, d, x.values(), 0, d, 0, into, 0, M);
  }

  private double[] lengths(double[] columns) {
    double[] squares = new double[M];
    for (int r = 0; r < n; r++) {
      int at = r * M;
      for (int i = 0; i < M; i++) {
        squares[i] += columns[at + i] * columns[at + i];
      }
    }
    Arrays.setAll(squares, i -> Math.sqrt(squares[i]));
    return squares;
  }
}
