package org.relupath.core.program;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;

/**
 * The rows of X scaled to length one: the outward normals, up to sign, of every activation cone.
 *
 * @param n number of rows
 * @param d number of columns
 * @param values n x d, row-major; a zero row stays zero
 * @param lengths ||x_r||, n
 */
@SuppressWarnings("ArrayRecordComponent") // a view on numbers, never compared
public record UnitRows(int n, int d, double[] values, double[] lengths)
    implements java.io.Serializable {
  public static UnitRows of(Matrix x) {
    int d = x.columns();
    double[] values = x.values().clone();
    double[] lengths = new double[x.rows()];
    for (int r = 0; r < x.rows(); r++) {
      lengths[r] = Vectors.norm(values, r * d, d);
      if (lengths[r] > 0) {
        Vectors.scale(1 / lengths[r], values, r * d, d);
      }
    }
    return new UnitRows(x.rows(), d, values, lengths);
  }
}
