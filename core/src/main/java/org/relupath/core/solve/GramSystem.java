package org.relupath.core.solve;

import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Cholesky;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Problem;

/**
 * Newton systems of order k d for k active blocks without cones. As in {@link ReducedSystem}, but
 * Z'Z does not change while blocks only move:
 *
 * <pre>I + U'U = I + B (Z'Z) B,   B_b = sqrt(c_b) (I - q q') + sqrt(c_b + e_b) q q'</pre>
 *
 * so the products X' D_a D_b X of patterns that were active together are kept, and a step costs one
 * factorisation and O((k d)^2) besides.
 */
final class GramSystem {
  private final Problem problem;
  private final ActiveBlocks active;
  private final int n;
  private final int d;
  private final PatternGram gram;
  private double[] s = new double[0];
  private double[] row = new double[0];
  private double[] rhs = new double[0];
  private double[] scores = new double[0];

  GramSystem(Problem problem, ActiveBlocks active) {
    this.problem = problem;
    this.active = active;
    this.n = problem.n();
    this.d = problem.d();
    this.gram = new PatternGram(problem.x());
  }

  /** Whether the products of the active patterns can be kept. */
  boolean fits() {
    return active.count() <= gram.capacity();
  }

  /**
   * Adds U (I + U'U)^-1 U' gradient to {@code direction}; false if the factorisation broke down.
   */
  boolean solve(double[] gradient, double[] direction) {
    int k = active.count();
    int m = k * d;
    int[] slot = gram.slots(active);
    if (s.length < m * m) {
      s = new double[m * m * 5 / 4];
      rhs = new double[m * 5 / 4];
      row = new double[m * 5 / 4];
    }
    assemble(slot, m);
    Cholesky factor = Cholesky.of(m, s);
    if (factor == null) {
      return false;
    }
    active.correlate(gradient, rhs);
    scale(rhs);
    factor.solve(rhs);
    scale(rhs);
    addFit(rhs, direction);
    return true;
  }

  /** rhs = B rhs. */
  private void scale(double[] vector) {
    for (int a = 0; a < active.count(); a++) {
      double across = Math.sqrt(active.c(a));
      double along = Math.sqrt(active.c(a) + active.e(a)) - across;
      double product = along * Vectors.dot(active.unit(), a * d, vector, a * d, d);
      Vectors.scale(across, vector, a * d, d);
      Vectors.axpy(product, active.unit(), a * d, vector, a * d, d);
    }
  }

  /** The lower triangle of I + B (Z'Z) B, a block of columns at a time. */
  private void assemble(int[] slot, int m) {
    double[] z = gram.values();
    int ld = gram.stride();
    double[] unit = active.unit();
    for (int b = 0; b < active.count(); b++) {
      double across = Math.sqrt(active.c(b));
      double along = Math.sqrt(active.c(b) + active.e(b)) - across;
      for (int a = b; a < active.count(); a++) {
        double acrossA = Math.sqrt(active.c(a));
        double alongA = Math.sqrt(active.c(a) + active.e(a)) - acrossA;
        int from = slot[a] * d + slot[b] * d * ld;
        for (int i = 0; i < d; i++) {
          row[i] = 0;
        }
        // row = G_ab q_b; then S = (across G + along row q_b') and B_a on its left.
        for (int j = 0; j < d; j++) {
          Vectors.axpy(unit[b * d + j], z, from + j * ld, row, 0, d);
        }
        for (int j = 0; j < d; j++) {
          int to = a * d + (b * d + j) * m;
          double q = along * unit[b * d + j];
          for (int i = 0; i < d; i++) {
            s[to + i] = across * z[from + j * ld + i] + q * row[i];
          }
          double left = alongA * Vectors.dot(unit, a * d, s, to, d);
          for (int i = 0; i < d; i++) {
            s[to + i] = acrossA * s[to + i] + left * unit[a * d + i];
          }
        }
      }
      for (int j = b * d; j < (b + 1) * d; j++) {
        s[j + j * m] += 1;
      }
    }
  }

  /** direction += Z w. */
  private void addFit(double[] w, double[] direction) {
    if (scores.length < active.count() * n) {
      scores = new double[active.count() * n * 5 / 4];
    }
    Blas.gemm(true, false, n, active.count(), d, 1, problem.x().values(), d, w, d, 0, scores, n);
    for (int i = 0, r = 0; i < active.count() * n; i++) {
      direction[r] += active.mask()[i] * scores[i];
      r = r + 1 == n ? 0 : r + 1;
    }
  }
}
