package org.relupath.core.program.search;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Rectifier;
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
  private static final int STEPS = 10;

  /** The parts t of the way that are tried where h does not grow by all of it. */
  private static final double[] PARTS = {0.25, 0.06, 0.015};

  /** Relative gain that counts as one: rounding makes smaller ones. */
  private static final double GROWTH = 1e-10;

  /** An ascent ends where a step gains less than this part: what follows changes single rows. */
  private static final double SETTLED = 1e-5;

  /** Columns of ascents that have ended are taken out where there are this many of them. */
  private static final double ENDED = 0.25;

  private final Matrix x;
  private final int n;
  private final int d;
  private final double[] u;
  private final int sign;

  /** Largest h(w), point and pattern of each start. */
  private final double[] value;

  private final double[][] point;
  private final long[][] pattern;
  private final long[][] first;

  /** The ascents that go on: which starts they are; m of them, the others behind. */
  private final int[] start;

  private int m;
  private final boolean[] done;

  /** Points and gradients, m x d; their products with X, n x m, row-major. */
  private final double[] w;

  private final double[] g;
  private final double[] scores;
  private final double[] slopes;

  /** X'u. */
  private final double[] slope;

  /**
   * Goes as far as steps bring something.
   *
   * @param x X, n x d
   * @param u n entries
   * @param sign s
   * @param starts vectors of length one, or zero, one after the other (count x d entries);
   *     overwritten
   * @param count how many there are
   */
  HingeAscent(Matrix x, double[] u, int sign, double[] starts, int count) {
    this.x = x;
    this.n = x.rows();
    this.d = x.columns();
    this.u = u;
    this.sign = sign;
    this.w = starts;
    this.m = count;
    this.start = IntStream.range(0, count).toArray();
    this.done = new boolean[count];
    this.g = new double[count * d];
    this.scores = new double[n * count];
    this.slopes = new double[n * count];
    this.point = new double[count][];
    this.slope = new double[d];
    Blas.gemv(false, d, n, 1, x.values(), d, u, 0, slope);
    multiply(w, scores);
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    this.value = values(ones, new double[count]);
    this.first = patterns();
    this.pattern = new long[count][];
    for (int step = 0; step < STEPS && m > 0; step++) {
      step();
      takeOut(ENDED);
    }
    Arrays.fill(done, 0, m, true);
    takeOut(0);
  }

  /** The largest h(w) of each start. */
  double[] values() {
    return value;
  }

  /** Where start i has come to, of length one (d entries). */
  double[] point(int i) {
    return point[i];
  }

  /** The patterns of the starts themselves. */
  long[][] first() {
    return first;
  }

  /** The patterns 1[X w >= 0] of the points reached. */
  long[][] reached() {
    return pattern;
  }

  /** The patterns that ascents are at. */
  private long[][] patterns() {
    long[][] patterns = new long[m][(n + 63) / 64];
    for (int r = 0; r < n; r++) {
      for (int i = 0; i < m; i++) {
        patterns[i][r >> 6] |= Rectifier.active(scores[r * m + i]) << r;
      }
    }
    return patterns;
  }

  /** Leaves the columns of ascents that go on, where more than a part of them has ended. */
  private void takeOut(double part) {
    int[] on = IntStream.range(0, m).filter(i -> !done[i]).toArray();
    if (m - on.length <= part * m) {
      return;
    }
    long[][] at = patterns();
    for (int i = 0; i < m; i++) {
      if (done[i]) {
        pattern[start[i]] = at[i];
        point[start[i]] = Arrays.copyOfRange(w, i * d, (i + 1) * d);
      }
    }
    for (int k = 0; k < on.length; k++) {
      start[k] = start[on[k]];
      System.arraycopy(w, on[k] * d, w, k * d, d);
    }
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < on.length; k++) {
        scores[r * on.length + k] = scores[r * m + on[k]];
      }
    }
    m = on.length;
    Arrays.fill(done, 0, m, false);
  }

  private void step() {
    for (int r = 0; r < n; r++) {
      int at = r * m;
      double factor = sign * u[r];
      for (int i = 0; i < m; i++) {
        slopes[at + i] = Rectifier.gate(scores[at + i], factor);
      }
    }
    Blas.gemm(false, true, d, m, n, 1, x.values(), 0, d, slopes, 0, m, 0, g, 0, d);
    multiply(g, slopes);
    double[] keep = new double[m];
    double[] add = new double[m];
    for (int i = 0; i < m; i++) {
      double length = Vectors.norm(g, i * d, d);
      add[i] = length > 0 ? 1 / length : 0;
    }
    boolean[] open = grow(keep, add);
    if (any(open)) {
      partOfTheWay(open, keep, add);
    }
    for (int i = 0; i < m; i++) {
      done[i] |= open[i];
      keep[i] = open[i] ? 1 : keep[i];
      add[i] = open[i] ? 0 : add[i];
    }
    move(keep, add);
  }

  /** Takes the largest part of the way by which h grows, where it may be tried. */
  private void partOfTheWay(boolean[] open, double[] keep, double[] add) {
    double[] reach = lengths(scores);
    double[] climb = lengths(slopes);
    for (int k = 0; k < PARTS.length && any(open); k++) {
      double[] a = keep.clone();
      double[] b = add.clone();
      for (int i = 0; i < m; i++) {
        if (open[i]) {
          double of = reach[i] > 0 ? (1 - PARTS[k]) / reach[i] : 0;
          double to = climb[i] > 0 ? PARTS[k] / climb[i] : 0;
          double length = length(i, of, to);
          a[i] = length > 0 ? of / length : 0;
          b[i] = length > 0 ? to / length : 0;
        }
      }
      boolean[] rest = grow(a, b);
      for (int i = 0; i < m; i++) {
        boolean grown = open[i] && !rest[i];
        keep[i] = grown ? a[i] : keep[i];
        add[i] = grown ? b[i] : add[i];
        open[i] &= rest[i];
      }
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

  /**
   * Takes the values at a_i w_i + b_i g_i that are larger. An ascent ends where one hardly is.
   *
   * @return where none was
   */
  private boolean[] grow(double[] a, double[] b) {
    double[] values = values(a, b);
    boolean[] rest = new boolean[m];
    for (int i = 0; i < m; i++) {
      double before = value[start[i]];
      rest[i] = values[i] <= before + GROWTH * Math.abs(before);
      value[start[i]] = rest[i] ? before : values[i];
      done[i] |= !rest[i] && values[i] <= before + SETTLED * Math.abs(before);
    }
    return rest;
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
    for (int i = 0; i < m; i++) {
      Vectors.scale(a[i], w, i * d, d);
      Vectors.axpy(b[i], g, i * d, w, i * d, d);
    }
    for (int r = 0; r < n; r++) {
      int at = r * m;
      for (int i = 0; i < m; i++) {
        scores[at + i] = a[i] * scores[at + i] + b[i] * slopes[at + i];
      }
    }
  }

  /** h(v) = s (u'X v + u'|X v|) / 2 of v = a_i w_i + b_i g_i. */
  private double[] values(double[] a, double[] b) {
    double[] sums = new double[m];
    for (int r = 0; r < n; r++) {
      int at = r * m;
      double factor = u[r];
      for (int i = 0; i < m; i++) {
        sums[i] += factor * Math.abs(a[i] * scores[at + i] + b[i] * slopes[at + i]);
      }
    }
    for (int i = 0; i < m; i++) {
      double line =
          a[i] * Vectors.dot(slope, 0, w, i * d, d) + b[i] * Vectors.dot(slope, 0, g, i * d, d);
      sums[i] = 0.5 * sign * (sums[i] + line);
    }
    return sums;
  }

  private void multiply(double[] directions, double[] into) {
    Blas.gemm(true, false, m, n, d, 1, directions, 0, d, x.values(), 0, d, 0, into, 0, m);
  }

  private double[] lengths(double[] columns) {
    double[] squares = new double[m];
    for (int r = 0; r < n; r++) {
      int at = r * m;
      for (int i = 0; i < m; i++) {
        squares[i] += columns[at + i] * columns[at + i];
      }
    }
    Arrays.setAll(squares, i -> Math.sqrt(squares[i]));
    return squares;
  }
}
