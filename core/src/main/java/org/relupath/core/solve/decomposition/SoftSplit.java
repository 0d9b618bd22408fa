package org.relupath.core.solve.decomposition;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Problem;

/**
 * The approximate split
 *
 * <pre>minimise over v, z in K   1/2 ||v - z - w||^2 + rho/2 (||v||^2 + ||z||^2).</pre>
 *
 * <p>Minimising over v and z in turns is one cone projection each,
 *
 * <pre>v = Proj_K((w + z) / (1 + rho)),   z = Proj_K((v - w) / (1 + rho)),</pre>
 *
 * but takes some 1 / rho turns from afar. So it starts from where it ends: with p = v + z, m = v -
 * z and e^2 = (rho/2) / (1 + rho/2) the objective is, up to a factor and a constant, the squared
 * distance of (P, M) = (e p, m) to (0, w / (1 + rho/2)), and both cones are a_r'P + e a_r'M >= 0
 * and a_r'P - e a_r'M >= 0: one projection in 2 d dimensions. The turns then take off its rounding
 * and check it: where a turn moves by delta, the objective is within delta^2 / (2 rho) of its
 * minimum, because it is strongly convex and its gradient has changed by delta at most.
 *
 * @param v inside K, d
 * @param z inside K, d
 * @param converged whether a turn moves v and z by at most 1e-11 of their length
 */
@SuppressWarnings("ArrayRecordComponent") // a pair of vectors, never compared
record SoftSplit(double[] v, double[] z, boolean converged) {
  /** Relative move at which the turns have come to rest. */
  private static final double FIXED = 1e-11;

  /** Turns at most. */
  private static final int TURNS = 200;

  /** A projection this short against its point is rounding, and stands for zero. */
  private static final double NOTHING = 2e-13;

  /**
   * The split of one block.
   *
   * @param problem the C-ReLU problem
   * @param block the block whose cone K is
   * @param rows the normals of K
   * @param w what to split, of length one
   * @param rho > 0
   */
  static SoftSplit of(Problem problem, Block block, ConeRows rows, double[] w, double rho) {
    int d = w.length;
    double e = Math.sqrt(rho / (2 + rho));
    double[] target = new double[2 * d];
    Vectors.axpy(1 / (1 + rho / 2), w, 0, target, d, d);
    ConeProjection both = Polyhedron.projection(paired(rows.normals(), e), new int[0]);
    both.project(target, 0, -1);
    double[] z = new double[d];
    for (int k = 0; k < d; k++) {
      z[k] = 0.5 * (both.v()[k] / e - both.v()[d + k]);
    }
    ConeProjection forV = problem.projection(block, new int[0]);
    ConeProjection forZ = problem.projection(block, new int[0]);
    z = project(forZ, z);
    double[] v = turn(forV, w, z, rho);
    for (int i = 0; i < TURNS; i++) {
      double[] nextZ = turn(forZ, negative(w), v, rho);
      double[] nextV = turn(forV, w, nextZ, rho);
      double moved = Math.hypot(distance(v, nextV), distance(z, nextZ));
      v = nextV;
      z = nextZ;
      if (moved <= FIXED * Math.hypot(Vectors.norm(v), Vectors.norm(z))) {
        return new SoftSplit(v, z, true);
      }
    }
    return new SoftSplit(v, z, false);
  }

  /** Proj_K((w + other) / (1 + rho)). */
  private static double[] turn(ConeProjection cone, double[] w, double[] other, double rho) {
    double[] c = w.clone();
    Vectors.axpy(1, other, 0, c, 0, c.length);
    Vectors.scale(1 / (1 + rho), c, 0, c.length);
    return project(cone, c);
  }

  private static double[] project(ConeProjection cone, double[] c) {
    double norm = cone.project(c, 0, -1);
    return norm <= NOTHING * Vectors.norm(c) ? new double[c.length] : cone.v().clone();
  }

  /** The rows (a_r, e a_r) and (a_r, -e a_r), 2 n x 2 d. */
  private static Matrix paired(Matrix a, double e) {
    int n = a.rows();
    int d = a.columns();
    Matrix pairs = Matrix.zeros(2 * n, 2 * d);
    for (int r = 0; r < 2 * n; r++) {
      System.arraycopy(a.values(), r % n * d, pairs.values(), r * 2 * d, d);
      Vectors.axpy(r < n ? e : -e, a.values(), r % n * d, pairs.values(), r * 2 * d + d, d);
    }
    return pairs;
  }

  private static double[] negative(double[] w) {
    double[] minus = w.clone();
    Vectors.scale(-1, minus, 0, minus.length);
    return minus;
  }

  private static double distance(double[] a, double[] b) {
    double[] difference = a.clone();
    Vectors.axpy(-1, b, 0, difference, 0, difference.length);
    return Vectors.norm(difference);
  }
}
