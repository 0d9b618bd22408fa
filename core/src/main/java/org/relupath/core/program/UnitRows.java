package org.relupath.core.program;

import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;

/**
 * The rows of X scaled to length one, a_r = x_r / ||x_r||: the outward normals, up to sign, of
 * every activation cone.
 */
public final class UnitRows implements java.io.Serializable {
  /** Rows up to which they are: their products then take 64 MB. */
  private static final int MOST = 2896;

  private final int n;
  private final int d;
  private final Design rows;
  private final double[] lengths;

  /** a_q'a_r, n x n; null until it is asked for. */
  private transient double[] gram;

  private UnitRows(Design rows, double[] lengths) {
    this.n = rows.rows();
    this.d = rows.columns();
    this.rows = rows;
    this.lengths = lengths;
  }

  /** The rows of a matrix, n x d; a zero row stays zero. */
  public static UnitRows of(Design x) {
    double[] lengths = new double[x.rows()];
    double[] factors = new double[x.rows()];
    for (int r = 0; r < x.rows(); r++) {
      lengths[r] = x.length(r);
      factors[r] = lengths[r] > 0 ? 1 / lengths[r] : 1;
    }
    return new UnitRows(x.scaledRows(factors), lengths);
  }

  /** The number of rows. */
  public int n() {
    return n;
  }

  /** The number of columns. */
  public int d() {
    return d;
  }

  /** The rows, n x d; not to be changed. */
  public Design design() {
    return rows;
  }

  /** The rows where they are dense, n x d, row-major; not to be changed. */
  public double[] values() {
    return ((Matrix) rows).values();
  }

  /** ||x_r||, n entries; not to be changed. */
  public double[] lengths() {
    return lengths;
  }

  /** Whether {@link #gram} is cheaper than what it saves: there are many columns, and few rows. */
  public boolean isWide() {
    return Problem.isWide(d) && n <= MOST && !rows.isSparse();
  }

  /** a_q'a_r of all pairs of rows, n x n; not to be changed. */
  synchronized double[] gram() {
    if (gram == null) {
      double[] products = rows.gram();
      for (int q = 0; q < n; q++) {
        for (int r = q + 1; r < n; r++) {
          products[q + r * n] = products[r + q * n];
        }
      }
      gram = products;
    }
    return gram;
  }
}
