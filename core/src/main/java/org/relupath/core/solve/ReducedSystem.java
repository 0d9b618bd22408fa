package org.relupath.core.solve;

import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Cholesky;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Problem;

/**
 * Newton systems of order m = sum_b rank N_b: with H = I + U U',
 *
 * <pre>H^-1 = I - U (I + U'U)^-1 U',   U_b = Z_b N_b M_b^(1/2),
 * M_b^(1/2) = sqrt(c_b) (I - q q') + sqrt(c_b + e_b) q q'   in the coordinates of N_b.</pre>
 */
final class ReducedSystem {
  private final Problem problem;
  private final ActiveBlocks active;
  private double[] vectors = new double[0];
  private int[] owner = new int[0];
  private double[] u = new double[0];
  private double[] s = new double[0];
  private double[] rhs = new double[0];

  ReducedSystem(Problem problem, ActiveBlocks active) {
    this.problem = problem;
    this.active = active;
  }

  /**
   * Adds U (I + U'U)^-1 U' gradient to {@code direction}; false if the factorisation broke down.
   */
  boolean solve(double[] gradient, double[] direction) {
    int n = problem.n();
    int m = active.dimension();
    reserve(m);
    int columns = 0;
    for (int a = 0; a < active.count(); a++) {
      columns = scaledBasis(a, columns);
    }
    active.images(owner, vectors, m, u);
    Blas.syrk(true, m, n, 1, u, n, 0, s, m);
    for (int j = 0; j < m; j++) {
      s[j + j * m] += 1;
    }
    Cholesky factor = Cholesky.of(m, s);
    if (factor == null) {
      return false;
    }
    Blas.gemv(true, n, m, 1, u, n, gradient, 0, rhs);
    factor.solve(rhs);
    Blas.gemv(false, n, m, 1, u, n, rhs, 1, direction);
    return true;
  }

  /** Writes the columns N_b M_b^(1/2) of one block from {@code column} on. */
  private int scaledBasis(int a, int column) {
    int d = problem.d();
    double[] unit = active.unit();
    double[] basis = active.freeBasis(a);
    double across = Math.sqrt(active.c(a));
    double along = Math.sqrt(active.c(a) + active.e(a)) - across;
    int j = column;
    for (int l = 0; l < active.rank(a); l++, j++) {
      double q = basis == null ? unit[a * d + l] : Vectors.dot(basis, l * d, unit, a * d, d);
      for (int k = 0; k < d; k++) {
        double entry = basis == null ? (k == l ? 1 : 0) : basis[l * d + k];
        vectors[j * d + k] = across * entry + along * q * unit[a * d + k];
      }
      owner[j] = a;
    }
    return j;
  }

  private void reserve(int m) {
    if (owner.length < m) {
      int capacity = m * 5 / 4;
      owner = new int[capacity];
      vectors = new double[capacity * problem.d()];
      u = new double[capacity * problem.n()];
      s = new double[capacity * capacity];
      rhs = new double[capacity];
    }
  }
}
