package org.relupath.core.solve.rows.relu;

import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Cholesky;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.ConeProjection;

/**
 * Newton systems of {@link ConicLasso}: with P = U U' the derivative of the prox times sigma,
 *
 * <pre>dv = -(I + P H)^-1 g = -g + U (I + U'HU)^-1 U'H g,   g = v - x+,
 * U_b = N_b M_b^(1/2),   M_b^(1/2) = sqrt(c_b) (I - q q') + sqrt(c_b + e_b) q q',
 * c_b = sigma (1 - theta_b),   e_b = sigma theta_b,   theta_b = sigma lambda / ||q_b||</pre>
 *
 * over the groups b that are not zero, N_b an orthonormal basis of {w : A_T w = 0} of their tight
 * rows, q the direction of q_b. The order is the sum of the ranks of N_b.
 */
final class ConicSystem {
  private final int d;
  private final int n;
  private final double[] h;
  private final ConeProjection[] cones;
  private final int[] group;
  private final int[] at;
  private final double[][] vectors;
  private final double[] product;
  private double[] s = new double[0];
  private int count;
  private int order;

  ConicSystem(int d, int n, double[] h, ConeProjection[] cones) {
    this.d = d;
    this.n = n;
    this.h = h;
    this.cones = cones;
    this.group = new int[cones.length];
    this.at = new int[cones.length + 1];
    this.vectors = new double[cones.length][];
    this.product = new double[d * d];
  }

  /**
   * The Newton direction; -g where the factorisation breaks down.
   *
   * @param next x+
   * @param norms ||q_b||
   * @param t sigma lambda
   * @param g v - x+
   * @param hg H g
   */
  double[] direction(
      double[] next, double[] norms, double t, double sigma, double[] g, double[] hg) {
    double[] direction = g.clone();
    Vectors.scale(-1, direction, 0, n);
    collect(next, norms, t, sigma);
    if (order == 0) {
      return direction;
    }
    assemble();
    Cholesky factor = Cholesky.of(order, s);
    if (factor == null) {
      return direction;
    }
    double[] right = new double[order];
    for (int a = 0; a < count; a++) {
      for (int l = at[a]; l < at[a + 1]; l++) {
        right[l] = Vectors.dot(vectors[a], (l - at[a]) * d, hg, group[a] * d, d);
      }
    }
    factor.solve(right);
    for (int a = 0; a < count; a++) {
      for (int l = at[a]; l < at[a + 1]; l++) {
        Vectors.axpy(right[l], vectors[a], (l - at[a]) * d, direction, group[a] * d, d);
      }
    }
    return direction;
  }

  private void collect(double[] next, double[] norms, double t, double sigma) {
    count = 0;
    order = 0;
    for (int b = 0; b < cones.length; b++) {
      if (norms[b] > t) {
        group[count] = b;
        at[count] = order;
        double theta = t / norms[b];
        vectors[count] = scaledBasis(b, next, sigma * (1 - theta), sigma * theta);
        order += vectors[count].length / d;
        count++;
      }
    }
    at[count] = order;
  }

  /** The columns of U_b, vector l at l d. */
  private double[] scaledBasis(int b, double[] next, double c, double e) {
    double[] unit = new double[d];
    Vectors.axpy(1 / Vectors.norm(next, b * d, d), next, b * d, unit, 0, d);
    double across = Math.sqrt(c);
    double along = Math.sqrt(c + e) - across;
    ConeProjection cone = cones[b];
    int tight = cone == null ? 0 : cone.tight().count();
    double[] basis = tight == 0 ? identity() : cone.tight().complement();
    double[] columns = new double[(d - tight) * d];
    for (int l = 0; l < d - tight; l++) {
      double q = Vectors.dot(basis, l * d, unit, 0, d);
      Vectors.axpy(across, basis, l * d, columns, l * d, d);
      Vectors.axpy(along * q, unit, 0, columns, l * d, d);
    }
    return columns;
  }

  private double[] identity() {
    double[] identity = new double[d * d];
    for (int k = 0; k < d; k++) {
      identity[k * d + k] = 1;
    }
    return identity;
  }

  /** The lower triangle of I + U'HU. */
  private void assemble() {
    if (s.length < order * order) {
      s = new double[order * order];
    }
    for (int b = 0; b < count; b++) {
      int columns = at[b + 1] - at[b];
      int right = group[b] * d * n;
      for (int a = b; a < count; a++) {
        int rows = at[a + 1] - at[a];
        int from = group[a] * d + right;
        Blas.gemm(false, false, d, columns, d, 1, h, from, n, vectors[b], 0, d, 0, product, 0, d);
        int to = at[a] + at[b] * order;
        Blas.gemm(
            true, false, rows, columns, d, 1, vectors[a], 0, d, product, 0, d, 0, s, to, order);
      }
    }
    for (int j = 0; j < order; j++) {
      s[j + j * order] += 1;
    }
  }
}
