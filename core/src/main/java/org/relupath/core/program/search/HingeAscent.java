package org.relupath.core.program.search;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.data.Design;
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
  /**
   * Ascents below this part of the best, where that is positive, end: a part for each step there is
   * at most. Such take a quarter to a third of all steps on diabetes and pima.
   */
  private static final double[] HOPE = {0, 0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.9, 0.9};

  /** The parts t of the way that are tried where h does not grow by all of it. */
  private static final double[] PARTS = {0.25, 0.06, 0.015};

  /** Relative gain that counts as one: rounding makes smaller ones. */
  private static final double GROWTH = 1e-10;

  /** An ascent ends where a step gains less than this part: what follows changes single rows. */
  private static final double SETTLED = 1e-5;

  private final Design x;
  private final int n;
  private final int d;
  private final double[] u;
  private final int sign;

  /** X'u. */
  private final double[] slope;

  /** Largest h(w), point and pattern of each start, and the pattern that it had. */
  private final double[] value;

  private final double[][] point;
  private final long[][] pattern;
  private final long[][] first;

  /** Which starts the ascents that go on have, m of them. */
  private final int[] start;

  private int m;

  /** Points and gradients of these, m x d, and their products with X, m x n. */
  private final double[] w;

  private final double[] g;
  private final double[] scores;
  private final double[] slopes;

  /**
   * Goes as far as steps bring something.
   *
   * @param x X, n x d
   * @param u n entries
   * @param sign s
   * @param starts vectors of length one, or zero, one after the other (count x d entries);
   *     overwritten
   * @param count how many there are
   * @param anywhere how many of them, from the first, may begin where h is not positive; the others
   *     end there
   * @param thorough whether those without hope go on too
   */
  HingeAscent(
      Design x, double[] u, int sign, double[] starts, int count, int anywhere, boolean thorough) {
    this.x = x;
    this.n = x.rows();
    this.d = x.columns();
    this.u = u;
    this.sign = sign;
    this.slope = new double[d];
    x.transposedMultiply(u, slope);
    this.w = starts;
    this.g = new double[count * d];
    this.scores = new double[count * n];
    this.slopes = new double[count * n];
    this.start = IntStream.range(0, count).toArray();
    this.m = count;
    multiply(w, scores);
    this.value = new double[count];
    Arrays.setAll(value, i -> value(i, 1, 0));
    this.first = new long[count][];
    Arrays.setAll(first, this::patternAt);
    this.point = new double[count][];
    this.pattern = new long[count][];
    endBelow(0, anywhere);
    for (double hope : HOPE) {
      double best = Arrays.stream(value).max().orElse(0);
      if (hope > 0 && best > 0 && !thorough) {
        endBelow(hope * best, 0);
      }
      if (m > 0) {
        step();
      }
    }
    endBelow(Double.POSITIVE_INFINITY, 0);
  }

  /** Ends those of the ascents from one on that have no more than a value. */
  private void endBelow(double least, int from) {
    for (int i = m - 1; i >= from; i--) {
      if (value[start[i]] <= least) {
        end(i);
      }
    }
  }

  /** The largest h(w) of each start. */
  double[] values() {
    return value;
  }

  /** Where start i has come to, of length one, or zero where it was (d entries). */
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

  /** A step of all ascents; those that it brings nothing, or hardly anything, end. */
  private void step() {
    for (int i = 0; i < m; i++) {
      for (int r = 0, at = i * n; r < n; r++, at++) {
        slopes[at] = Rectifier.gate(scores[at], sign * u[r]);
      }
    }
    x.transposedMultiply(slopes, m, g);
    multiply(g, slopes);
    for (int i = m - 1; i >= 0; i--) {
      if (!climb(i)) {
        end(i);
      }
    }
  }

  /** Takes the largest part of the way by which h grows; whether the ascent goes on. */
  private boolean climb(int i) {
    double length = Vectors.norm(g, i * d, d);
    if (length == 0) {
      return false;
    }
    double before = value[start[i]];
    if (take(i, 0, 1 / length)) {
      return value[start[i]] > before + SETTLED * Math.abs(before);
    }
    double reach = Vectors.norm(scores, i * n, n);
    double climb = Vectors.norm(slopes, i * n, n);
    for (int k = 0; k < PARTS.length && climb > 0; k++) {
      double of = reach > 0 ? (1 - PARTS[k]) / reach : 0;
      double to = PARTS[k] / climb;
      double norm = length(i, of, to);
      if (norm > 0 && take(i, of / norm, to / norm)) {
        return value[start[i]] > before + SETTLED * Math.abs(before);
      }
    }
    return false;
  }

  /** Goes to a w_i + b g_i if h is larger there. */
  private boolean take(int i, double a, double b) {
    double before = value[start[i]];
    double reached = value(i, a, b);
    if (reached <= before + GROWTH * Math.abs(before)) {
      return false;
    }
    value[start[i]] = reached;
    Vectors.scale(a, w, i * d, d);
    Vectors.axpy(b, g, i * d, w, i * d, d);
    for (int at = i * n; at < (i + 1) * n; at++) {
      scores[at] = a * scores[at] + b * slopes[at];
    }
    return true;
  }

  /** Ends ascent i; the last one takes its place. */
  private void end(int i) {
    pattern[start[i]] = patternAt(i);
    point[start[i]] = Arrays.copyOfRange(w, i * d, (i + 1) * d);
    m--;
    start[i] = start[m];
    for (double[] columns : new double[][] {w, g}) {
      System.arraycopy(columns, m * d, columns, i * d, d);
    }
    for (double[] columns : new double[][] {scores, slopes}) {
      System.arraycopy(columns, m * n, columns, i * n, n);
    }
  }

  /** The pattern that ascent i is at. */
  private long[] patternAt(int i) {
    long[] bits = new long[(n + 63) / 64];
    for (int r = 0; r < n; r++) {
      bits[r >> 6] |= Rectifier.active(scores[i * n + r]) << r;
    }
    return bits;
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

  /** h(v) = s (u'X v + u'|X v|) / 2 of v = a w_i + b g_i. */
  private double value(int i, double a, double b) {
    double line = a * Vectors.dot(slope, 0, w, i * d, d) + b * Vectors.dot(slope, 0, g, i * d, d);
    // Four sums at a time: one would wait for each addition.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int at = i * n;
    int r = 0;
    for (; r + 3 < n; r += 4, at += 4) {
      s0 += u[r] * Math.abs(a * scores[at] + b * slopes[at]);
      s1 += u[r + 1] * Math.abs(a * scores[at + 1] + b * slopes[at + 1]);
      s2 += u[r + 2] * Math.abs(a * scores[at + 2] + b * slopes[at + 2]);
      s3 += u[r + 3] * Math.abs(a * scores[at + 3] + b * slopes[at + 3]);
    }
    for (; r < n; r++, at++) {
      s0 += u[r] * Math.abs(a * scores[at] + b * slopes[at]);
    }
    return 0.5 * sign * (s0 + s1 + (s2 + s3) + line);
  }

  private void multiply(double[] directions, double[] into) {
    x.multiply(directions, m, into);
  }
}
