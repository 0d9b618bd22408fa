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

  /** The parts t of the way that are tried where h does not grow by all of it. */
  private static final double[] PARTS = {0.25, 0.06, 0.015};

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
    this.value = values(scores);
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
    double[] keep = new double[M];
    double[] add = new double[M];
    Arrays.fill(keep, 1);
    boolean[] rest = wholeWay(keep, add);
    partOfTheWay(rest, keep, add);
    move(keep, add);
  }

  /** Takes all of the way where h grows by it; where else it may be tried in part. */
  private boolean[] wholeWay(double[] keep, double[] add) {
    double[] values = values(slopes);
    boolean[] open = new boolean[M];
    for (int i = 0; i < M; i++) {
      double length = done[i] ? 0 : Vectors.norm(g, i * d, d);
      done[i] |= length == 0;
      open[i] = !done[i] && !grow(i, values[i] / length);
      if (!done[i] && !open[i]) {
        keep[i] = 0;
        add[i] = 1 / length;
      }
    }
    return open;
  }

  /** Takes the largest part of the way by which h grows; a start without one is done. */
  private void partOfTheWay(boolean[] open, double[] keep, double[] add) {
    if (!any(open)) {
      return;
    }
    double[] reach = lengths(scores);
    double[] climb = lengths(slopes);
    for (int k = 0; k < PARTS.length && any(open); k++) {
      double[] a = new double[M];
      double[] b = new double[M];
      for (int i = 0; i < M; i++) {
        if (open[i] && climb[i] > 0) {
          double of = reach[i] > 0 ? (1 - PARTS[k]) / reach[i] : 0;
          double to = PARTS[k] / climb[i];
          double length = length(i, of, to);
          a[i] = length > 0 ? of / length : 0;
          b[i] = length > 0 ? to / length : 0;
        }
      }
      double[] values = values(a, b);
      for (int i = 0; i < M; i++) {
        if (open[i] && grow(i, values[i])) {
          open[i] = false;
          keep[i] = a[i];
          add[i] = b[i];
        }
      }
    }
    for (int i = 0; i < M; i++) {
      done[i] |= open[i];
    }
  }

  private static boolean any(boolean[] some) {
    for (boolean one : some) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  /** Takes a value if it is larger than that of start i. */
  private boolean grow(int i, double reached) {
    boolean larger = reached > value[i] + GROWTH * Math.abs(value[i]);
    value[i] = larger ? reached : value[i];
    return larger;
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

  /** w_i = a_i w_i + b_i g_i, and their scores. */
  private void move(double[] a, double[] b) {
    for (int i = 0; i < M; i++) {
      Vectors.scale(a[i], w, i * d, d);
      Vectors.axpy(b[i], g, i * d, w, i * d, d);
    }
    for (int r = 0; r < n; r++) {
      int at = r * M;
      for (int i = 0; i < M; i++) {
        scores[at + i] = a[i] * scores[at + i] + b[i] * slopes[at + i];
      }
    }
  }

  /** s u'(columns_i)_+. */
  private double[] values(double[] columns) {
    double[] sums = new double[M];
    for (int r = 0; r < n; r++) {
      int at = r * M;
      double factor = sign * u[r];
      for (int i = 0; i < M; i++) {
        sums[i] += factor * Math.max(columns[at + i], 0);
      }
    }
    return sums;
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
