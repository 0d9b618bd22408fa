package org.relupath.core.optimalset.polytope;

import java.util.Arrays;
import java.util.List;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;

/**
 * What defines a polytope, checked: {beta >= 0 : M beta = M beta_0, R beta = R beta_0}.
 *
 * @param n rows of M, at least 1
 * @param columns M, n x m, column-major, finite; not to be changed
 * @param rows the rows of R, m entries each; not to be changed
 * @param anchor beta_0, m entries, finite and >= 0; not to be changed
 * @param gap relative gap of the solution behind M, in [0, 1]: sets the tolerance max(1e-9, 100
 *     gap) of ranks and supports
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record PolytopeInput(
    int n, double[] columns, List<double[]> rows, double[] anchor, double gap) {
  /** Weights up to this part of the total are rounding, and taken for zero. */
  private static final double NEGLIGIBLE = 1e-14;

  /** What the recession cone's largest element may come to, of length one, and be rounding. */
  private static final double BOUNDED = 1e-9;

  /** Checks shapes and ranges. */
  public PolytopeInput {
    if (n < 1) {
      throw new IllegalArgumentException("n is " + n + ", expected at least 1");
    }
    int m = anchor.length;
    if (columns.length != Math.multiplyExact(n, m)) {
      throw new IllegalArgumentException(
          "M has " + columns.length + " entries, expected " + n + " x " + m);
    }
    for (double[] row : rows) {
      if (row.length != m) {
        throw new IllegalArgumentException(
            "a further row has " + row.length + " entries, expected " + m);
      }
      Vectors.requireFinite("a further row", row);
    }
    Vectors.requireFinite("M", columns);
    Vectors.requireFinite("the anchor", anchor);
    for (int b = 0; b < m; b++) {
      if (anchor[b] < 0) {
        throw new IllegalArgumentException(
            "the anchor's entry " + b + " is " + anchor[b] + ", expected >= 0");
      }
    }
    if (!(gap >= 0 && gap <= 1)) {
      throw new IllegalArgumentException("the gap is " + gap + ", expected 0 <= gap <= 1");
    }
  }

  /** sum_b c_b beta_0b, 1 where that is zero. */
  double total(ColumnSpace space) {
    double total = Vectors.dot(space.norms(), anchor);
    return total > 0 ? total : 1;
  }

  /** The anchor in coordinates of unit columns, of sum one or zero. */
  double[] unitAnchor(ColumnSpace space) {
    double total = total(space);
    double[] x = new double[anchor.length];
    for (int b = 0; b < x.length; b++) {
      double share = space.norms()[b] * anchor[b] / total;
      x[b] = share > NEGLIGIBLE ? share : 0;
    }
    return x;
  }

  /**
   * Whether the set is bounded: where the sum of the weights is constant, and else where no x = N z
   * >= 0 has a positive sum.
   */
  boolean bounded(ColumnSpace space, double[] x0) {
    int m = anchor.length;
    if (space.dependencies() == 0) {
      return true;
    }
    AffineCoordinates affine = AffineCoordinates.of(x0, space.basis());
    double[] sum = new double[m];
    for (int b = 0; b < m; b++) {
      sum[b] = 1 / space.norms()[b];
    }
    if (Vectors.norm(affine.gradient(sum)) <= BOUNDED * Vectors.norm(sum)) {
      return true;
    }
    double[] ones = new double[m];
    Arrays.fill(ones, 1);
    double[] gradient = affine.gradient(ones);
    if (Vectors.norm(gradient) <= BOUNDED * Math.sqrt(m)) {
      return true;
    }
    FeasibleAscent ascent = new FeasibleAscent(affine.inequalities(), new double[gradient.length]);
    return ascent.maximise(gradient).bounded();
  }

  /** With another anchor. */
  public PolytopeInput at(double[] beta) {
    return new PolytopeInput(n, columns, rows, beta, gap);
  }

  /** The input that has some of the columns only, by their numbers. */
  public PolytopeInput restrict(int[] support) {
    double[] some = new Dense(n, anchor.length, columns).select(support).values();
    List<double[]> someRows =
        rows.stream()
            .map(row -> Arrays.stream(support).mapToDouble(b -> row[b]).toArray())
            .toList();
    double[] someAnchor = Arrays.stream(support).mapToDouble(b -> anchor[b]).toArray();
    return new PolytopeInput(n, some, someRows, someAnchor, gap);
  }

  /** Its columns at length one. */
  public ColumnSpace space() {
    return ColumnSpace.of(n, columns, rows, gap);
  }
}
