package org.relupath.core.optimalset.polytope;

import java.util.Arrays;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;

/**
 * The polyhedron {z in R^k : A z + h >= 0}, its rows scaled to length one, so that a slack is a
 * distance. Rows of almost no length bound nothing and are left out.
 *
 * @param k number of unknowns
 * @param rows A, row after row
 * @param bounds h, as many as rows
 * @param names the row's number in the matrix it came from
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
record Inequalities(int k, double[] rows, double[] bounds, int[] names) {

  /**
   * Scales rows.
   *
   * @param p number of rows
   * @param a p x k, column-major
   * @param h p bounds
   * @param negligible rows up to this length are left out
   */
  static Inequalities of(int p, int k, double[] a, double[] h, double negligible) {
    double[] rows = new double[p * k];
    double[] bounds = new double[p];
    int[] names = new int[p];
    int kept = 0;
    for (int r = 0; r < p; r++) {
      for (int j = 0; j < k; j++) {
        rows[kept * k + j] = a[r + j * p];
      }
      double length = Vectors.norm(rows, kept * k, k);
      if (length > negligible) {
        Vectors.scale(1 / length, rows, kept * k, k);
        bounds[kept] = h[r] / length;
        names[kept++] = r;
      }
    }
    return new Inequalities(
        k, Arrays.copyOf(rows, kept * k), Arrays.copyOf(bounds, kept), Arrays.copyOf(names, kept));
  }

  /** The number of rows. */
  int count() {
    return bounds.length;
  }

  /** A z + h. */
  double[] slacks(double[] z) {
    double[] slack = bounds.clone();
    Blas.gemv(true, k, count(), 1, rows, Math.max(1, k), z, 1, slack);
    return slack;
  }

  /** A z. */
  double[] times(double[] z) {
    double[] product = new double[count()];
    Blas.gemv(true, k, count(), 1, rows, Math.max(1, k), z, 0, product);
    return product;
  }
}
