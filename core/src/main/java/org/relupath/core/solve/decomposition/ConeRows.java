package org.relupath.core.solve.decomposition;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;

/**
 * The normals a_r of one block's cone K_b = {w : a_r'w >= 0 for all r}: the rows of A_b = (2 D_b -
 * I) X scaled to length one, zero rows left at zero.
 *
 * @param normals n x d, a_r in row r
 */
record ConeRows(Matrix normals) {

  /** The normals of a block's cone; its sign does not matter. */
  static ConeRows of(Matrix x, Block block) {
    int d = x.columns();
    double[] a = x.values().clone();
    for (int r = 0; r < x.rows(); r++) {
      double length = Vectors.norm(a, r * d, d);
      if (length > 0) {
        Vectors.scale(block.side(r) / length, a, r * d, d);
      }
    }
    return new ConeRows(new Matrix(x.rows(), d, a));
  }

  /** a_r'w for every r. */
  double[] slacks(double[] w) {
    double[] slack = new double[normals.rows()];
    for (int r = 0; r < slack.length; r++) {
      slack[r] = Vectors.dot(normals.values(), r * w.length, w, 0, w.length);
    }
    return slack;
  }

  /** max_r (-a_r'w)_+ / ||w||, 0 for w = 0. */
  double violation(double[] w) {
    double norm = Vectors.norm(w);
    double worst = 0;
    for (double slack : slacks(w)) {
      worst = Math.max(worst, -slack);
    }
    return norm == 0 ? 0 : worst / norm;
  }
}
