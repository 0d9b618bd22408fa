package org.relupath.core.audit.stationarity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;

/**
 * The directional derivative of the non-convex objective in one neuron (W, a) at a network of
 * residual u = y - f(X):
 *
 * <pre>along delta in W:  linear'delta + sum_l slope_l (normal_l'delta)_+
 * along eps in a:    output eps,      output = lambda a - u'(X W)_+
 * </pre>
 *
 * <p>with linear = lambda W - a sum over active rows of u_r x_r, and one term for each line of
 * tight rows ({@link RowSides}), whose rows add -a u_r (x_r'delta)_+ each. Rows on one line, up to
 * rounding, are summed, so that repeated rows do not count as kinks of their own. The loss is
 * smooth in f(X), so the derivatives of all neurons add up and each can be looked at alone. A gated
 * neuron has no kinks: its gate is not trained.
 *
 * <p>One factor may be zero. With a = 0 no row bends anything, and linear = lambda W; with W = 0
 * every row is tight, and output = lambda a. Where both are zero so is the derivative, in every
 * direction.
 *
 * @param output the derivative in a
 * @param linear the linear part of the derivative in W, d entries
 * @param kinks the lines of tight rows
 * @param active the rows that are active and not tight, as bits
 * @param tightRows the number of tight rows, zero rows left out
 * @param resolved false where W = 0 has too many kinks to look at: {@code output} alone is known
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a point, never compared as a whole
public record Slope(
    double output,
    double[] linear,
    List<Kink> kinks,
    long[] active,
    int tightRows,
    boolean resolved) {
  /** A direction this close to a kink's plane, relatively, leaves its rows where they are. */
  private static final double FLAT = 1e-9;

  /** Entries of rows on one line differ by rounding only: four units in the last place each. */
  private static final double ROUNDING = 0x1p-50;

  /** More kinks of W = 0 than these, one a line of rows, are not looked at. */
  private static final int MOST_KINKS = 400;

  /** That of a ReLU neuron. */
  static Slope relu(Matrix x, double[] u, double lambda, double[] w, double a) {
    int d = x.columns();
    double[] linear = scaled(lambda, w);
    double output = lambda * a;
    long[] active = new long[(x.rows() + 63) / 64];
    RowSides sides = RowSides.of(x, w);
    List<Line> lines = new ArrayList<>();
    int tight = 0;
    boolean zero = Vectors.norm(w) == 0;
    for (int r = 0; r < x.rows(); r++) {
      if (sides.active(r)) {
        active[r >> 6] |= 1L << r;
        output -= u[r] * sides.scores()[r];
        Vectors.axpy(-a * u[r], x.values(), r * d, linear, 0, d);
      } else if (sides.tight()[r]) {
        tight++;
        if (!zero || lines.size() <= MOST_KINKS) {
          double length = sides.lengths()[r];
          Line.of(x.row(r), length, lines).add(x.row(r), r, -a * u[r] * length, linear);
        }
      }
    }
    if (zero && lines.size() > MOST_KINKS) {
      return new Slope(output, new double[d], List.of(), active, tight, false);
    }
    return new Slope(output, linear, lines.stream().map(Line::kink).toList(), active, tight, true);
  }

  /** That of a gated neuron with the given pattern. */
  static Slope gated(Matrix x, double[] u, double lambda, double[] w, double a, long[] pattern) {
    int d = x.columns();
    double[] linear = scaled(lambda, w);
    double output = lambda * a;
    for (int r = 0; r < x.rows(); r++) {
      if ((pattern[r >> 6] >>> r & 1L) != 0) {
        output -= u[r] * Vectors.dot(x.values(), r * d, w, 0, d);
        Vectors.axpy(-a * u[r], x.values(), r * d, linear, 0, d);
      }
    }
    return new Slope(output, linear, List.of(), pattern, 0, true);
  }

  private static double[] scaled(double factor, double[] vector) {
    double[] product = vector.clone();
    Vectors.scale(factor, product, 0, product.length);
    return product;
  }

  /** Whether no row is active. */
  boolean dead() {
    return LongStream.of(active).allMatch(word -> word == 0);
  }

  static List<double[]> normals(List<Kink> kinks) {
    return kinks.stream().map(Kink::normal).toList();
  }

  /**
   * A pattern whose cone holds W: of each kink the side on which the optimality condition of the
   * block can hold. With linear + sum_l zeta_l slope_l normal_l = 0 that is zeta &lt;= 1 on the
   * positive side of a convex kink and zeta >= 0 on the negative one, zeta >= 1 and zeta &lt;= 0
   * for a concave one. Between 0 and 1 a convex kink may lie on either side, a concave one on none.
   */
  long[] pattern() {
    long[] bits = active.clone();
    double[] eta = LeastSquares.unbounded(linear, normals(kinks));
    for (int l = 0; l < kinks.size(); l++) {
      Kink kink = kinks.get(l);
      double zeta = kink.slope() == 0 ? 0 : eta[l] / kink.slope();
      kink.activate(kink.concave() ? zeta >= 0.5 : zeta <= 1, bits);
    }
    return bits;
  }

  /** The pattern on the side of each kink that delta points to; flat ones stay as they are. */
  long[] patternTowards(double[] delta) {
    long[] bits = pattern();
    double bar = FLAT * Vectors.norm(delta);
    for (Kink kink : kinks) {
      double side = Vectors.dot(kink.normal(), delta);
      if (Math.abs(side) > bar) {
        for (int r : kink.rows()) {
          bits[r >> 6] &= ~(1L << r);
        }
        kink.activate(side > 0, bits);
      }
    }
    return bits;
  }

  /** A line of tight rows in the making. */
  private static final class Line {
    private final double[] first;
    private final double[] normal;
    private final List<Integer> rows = new ArrayList<>();
    private final List<Boolean> mirrored = new ArrayList<>();
    private double slope;

    private Line(double[] first, double length) {
      this.first = first;
      this.normal = scaled(1 / length, first);
    }

    static Line of(double[] row, double length, List<Line> lines) {
      for (Line line : lines) {
        if (line.holds(row)) {
          return line;
        }
      }
      lines.add(new Line(row, length));
      return lines.get(lines.size() - 1);
    }

    /** Whether a row is a multiple of the first one, entry by entry up to rounding. */
    private boolean holds(double[] row) {
      int largest = 0;
      for (int k = 1; k < first.length; k++) {
        largest = Math.abs(first[k]) > Math.abs(first[largest]) ? k : largest;
      }
      double ratio = row[largest] / first[largest];
      for (int k = 0; k < first.length; k++) {
        double expected = ratio * first[k];
        double size = Math.max(Math.abs(row[k]), Math.abs(expected));
        if (Math.abs(row[k] - expected) > ROUNDING * size) {
          return false;
        }
      }
      return true;
    }

    /** kappa (x'delta)_+ / ||x||: as it is, or turned, (-z)_+ = (z)_+ - z. */
    void add(double[] row, int r, double kappa, double[] linear) {
      boolean against = Vectors.dot(normal, row) < 0;
      rows.add(r);
      mirrored.add(against);
      slope += kappa;
      if (against) {
        Vectors.axpy(-kappa, normal, 0, linear, 0, linear.length);
      }
    }

    Kink kink() {
      boolean[] sides = new boolean[rows.size()];
      for (int i = 0; i < sides.length; i++) {
        sides[i] = mirrored.get(i);
      }
      return new Kink(normal, slope, rows.stream().mapToInt(Integer::intValue).toArray(), sides);
    }
  }
}
