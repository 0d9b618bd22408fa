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
      rows.multiply(image, product);
      double length = square / Vectors.dot(image, image);
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

  /** h in the span of the rows with A_T h = 1. */
  double[] inward() {
    double[] ones = new double[t];
    Arrays.fill(ones, 1);
    double[] h = new double[rows.columns()];
    add(solve(ones, 1e-10), h);
    return h;
  }
}
