package org.relupath.core.solve;

import java.util.HashMap;
import java.util.Map;
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
  private final int capacity;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private double[] gram = new double[0];
  private double[] masks = new double[0];
  private double[] s = new double[0];
  private double[] row = new double[0];
  private double[] rhs = new double[0];
  private final double[] masked;
  private final double[] product;
  private final double[] both;

  GramSystem(Problem problem, ActiveBlocks active) {
    this.problem = problem;
    this.active = active;
    this.n = problem.n();
    this.d = problem.d();
    this.capacity = 2 * (n / d) + 2;
    this.masked = new double[n * d];
    this.product = new double[d * d];
    this.both = new double[n];
  }

  /**
   * Adds U (I + U'U)^-1 U' gradient to {@code direction}; false if the factorisation broke down.
   */
  boolean solve(double[] gradient, double[] direction) {
    int k = active.count();
    int m = k * d;
    int[] slot = slots();
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
    int ld = capacity * d;
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
          Vectors.axpy(unit[b * d + j], gram, from + j * ld, row, 0, d);
        }
        for (int j = 0; j < d; j++) {
          int to = a * d + (b * d + j) * m;
          double q = along * unit[b * d + j];
          for (int i = 0; i < d; i++) {
            s[to + i] = across * gram[from + j * ld + i] + q * row[i];
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
    double[] scores = masked.length >= active.count() * n ? masked : new double[active.count() * n];
    Blas.gemm(true, false, n, active.count(), d, 1, problem.x().values(), d, w, d, 0, scores, n);
    for (int i = 0, r = 0; i < active.count() * n; i++) {
      direction[r] += active.mask()[i] * scores[i];
      r = r + 1 == n ? 0 : r + 1;
    }
  }

  /** The slot of every active pattern, computing the products of those that are new. */
  private int[] slots() {
    if (gram.length == 0) {
      gram = new double[capacity * d * capacity * d];
      masks = new double[capacity * n];
    }
    int missing = 0;
    for (int a = 0; a < active.count(); a++) {
      missing += slots.containsKey(active.pattern(a)) ? 0 : 1;
    }
    if (slots.size() + missing > capacity) {
      slots.clear();
    }
    int[] slot = new int[active.count()];
    for (int a = 0; a < slot.length; a++) {
      Integer known = slots.get(active.pattern(a));
      slot[a] = known == null ? enter(a) : known;
    }
    return slot;
  }

  private int enter(int a) {
    int slot = slots.size();
    slots.put(active.pattern(a), slot);
    System.arraycopy(active.mask(), a * n, masks, slot * n, n);
    for (int other = 0; other <= slot; other++) {
      for (int r = 0; r < n; r++) {
        both[r] = masks[slot * n + r] * masks[other * n + r];
      }
      multiply();
      store(slot, other);
    }
    return slot;
  }

  /** product = X' diag(both) X. */
  private void multiply() {
    double[] x = problem.x().values();
    int rows = 0;
    for (int r = 0; r < n; r++) {
      if (both[r] != 0) {
        System.arraycopy(x, r * d, masked, rows * d, d);
        rows++;
      }
    }
    Blas.gemm(false, true, d, d, rows, 1, masked, d, masked, d, 0, product, d);
  }

  private void store(int slot, int other) {
    int ld = capacity * d;
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < d; i++) {
        gram[slot * d + i + (other * d + j) * ld] = product[i + j * d];
        gram[other * d + i + (slot * d + j) * ld] = product[i + j * d];
      }
    }
  }
}
