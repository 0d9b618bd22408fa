package org.relupath.core.program;

import java.util.Arrays;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.linalg.Vectors;

/**
 * The tight rows of a cone of a sparse X, copied with their sides, A_T (t x d, rows of length one),
 * and equations A_T A_T' x = b by the method of conjugate gradients: no more is kept than the rows
 * have numbers. A basis as {@link TightRows} has would take t d of them.
 */
final class TightEquations {
  /** Products at most: few are needed, as rows that share few columns are nearly orthogonal. */
  private static final int MOST = 1000;

  /** ||A_T' p||^2 at or below this part of ||p||^2 is zero: the rows depend on each other. */
  private static final double DEPENDENT = 1e-14;

  /** ||A_T'(1 - A_T h)||^2, relative to that of h = 0, at which h is as good as can be. */
  private static final double SMALLEST = 1e-24;

  private final SparseMatrix rows;
  private final int t;

  /**
   * Some rows.
   *
   * @param unit all rows of length one
   * @param some the numbers of the tight ones
   * @param count how many of these
   * @param side of every row: 1 where its pattern is active, else -1
   */
  TightEquations(UnitRows unit, int[] some, int count, double[] side) {
    int[] own = Arrays.copyOf(some, count);
    this.t = count;
    this.rows =
        ((SparseMatrix) unit.design())
            .selectRows(own)
            .scaledRows(Arrays.stream(own).mapToDouble(r -> side[r]).toArray());
  }

  /** A_T v, t entries. */
  double[] products(double[] v) {
    double[] products = new double[t];
    rows.multiply(v, products);
    return products;
  }

  /** v += A_T' x. */
  void add(double[] x, double[] v) {
    for (int l = 0; l < t; l++) {
      rows.addRow(x[l], l, v, 0);
    }
  }

  /**
   * x with A_T A_T' x = b, of dependent rows one of them.
   *
   * @param b in the span of the columns of A_T
   * @param enough size that entries of b - A_T A_T' x may keep
   */
  double[] solve(double[] b, double enough) {
    double[] x = new double[t];
    double[] rest = b.clone();
    double[] p = b.clone();
    double[] image = new double[rows.columns()];
    double[] product = new double[t];
    double square = Vectors.dot(rest, rest);
    for (int step = 0; step < MOST && largest(rest) > enough; step++) {
      Arrays.fill(image, 0);
      add(p, image);
      double size = Vectors.dot(image, image);
      if (!(size > DEPENDENT * Vectors.dot(p, p))) {
        break;
      }
      rows.multiply(image, product);
      double length = square / size;
      Vectors.axpy(length, p, 0, x, 0, t);
      Vectors.axpy(-length, product, 0, rest, 0, t);
      double next = Vectors.dot(rest, rest);
      double keep = next / square;
      for (int l = 0; l < t; l++) {
        p[l] = rest[l] + keep * p[l];
      }
      square = next;
    }
    return x;
  }

  private static double largest(double[] values) {
    double most = 0;
    for (double value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return most;
  }

  /**
   * Subtracts from v its part in the span of the rows.
   *
   * @param share of the largest product with a row that may be left
   */
  void removeSpan(double[] v, double share) {
    double[] b = products(v);
    double[] x = solve(b, share * largest(b));
    Vectors.scale(-1, x, 0, t);
    add(x, v);
  }

  /**
   * h in the span of the rows with A_T h = 1; where rows depend on each other and there is none, of
   * smallest ||A_T h - 1||.
   */
  double[] inward() {
    int d = rows.columns();
    double[] h = new double[d];
    double[] rest = new double[t];
    Arrays.fill(rest, 1);
    double[] slope = new double[d];
    add(rest, slope);
    double[] p = slope.clone();
    double[] image = new double[t];
    double square = Vectors.dot(slope, slope);
    double enough = SMALLEST * square;
    for (int step = 0; step < MOST && square > enough && largest(rest) > 1e-10; step++) {
      rows.multiply(p, image);
      double length = square / Vectors.dot(image, image);
      Vectors.axpy(length, p, 0, h, 0, d);
      Vectors.axpy(-length, image, 0, rest, 0, t);
      Arrays.fill(slope, 0);
      add(rest, slope);
      double next = Vectors.dot(slope, slope);
      double keep = next / square;
      for (int k = 0; k < d; k++) {
        p[k] = slope[k] + keep * p[k];
      }
      square = next;
    }
    return h;
  }
}
