package org.relupath.core.data;

import java.util.Arrays;

/**
 * Coordinates of a sparse X: z_k = s_k w_k with s_k the root mean square of column k, 1 where that
 * is 0. Columns are scaled only, as whitened ones would be dense.
 *
 * @param scales s, d entries
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record ColumnScales(double[] scales) implements Coordinates {
  /** The scales of the columns of X. */
  static ColumnScales of(SparseMatrix x) {
    double[] scales = new double[x.columns()];
    for (int i = 0; i < x.values().length; i++) {
      scales[x.indices()[i]] += x.values()[i] * x.values()[i];
    }
    for (int k = 0; k < scales.length; k++) {
      scales[k] = scales[k] > 0 ? Math.sqrt(scales[k] / x.rows()) : 1;
    }
    return new ColumnScales(scales);
  }

  /** A whitening of a dense X, the scales of a sparse one. */
  public static Coordinates of(Design x) {
    return x instanceof SparseMatrix sparse ? of(sparse) : Whitening.of(x.dense());
  }

  @Override
  public int rank() {
    return scales.length;
  }

  @Override
  public int columns() {
    return scales.length;
  }

  @Override
  public String label() {
    return "scaled";
  }

  @Override
  public double[] direction(double[] z) {
    double[] w = new double[z.length];
    Arrays.setAll(w, k -> z[k] / scales[k]);
    return w;
  }

  @Override
  public double[] coordinates(double[] w) {
    double[] z = new double[w.length];
    Arrays.setAll(z, k -> w[k] * scales[k]);
    return z;
  }

  @Override
  public double[] whitened(double[] row) {
    return direction(row);
  }

  @Override
  public Design rows(Design x) {
    return ((SparseMatrix) x).scaledColumns(scales, false);
  }
}
