package org.relupath.core.solve;

import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Cholesky;
import org.relupath.core.program.Problem;

/**
 * Newton systems of order n, without ever forming the design:
 *
 * <pre>
 * H = I + (X X') o (sum_b c_b D_b 1 1' D_b) + sum_b e_b (Z_b q)(Z_b q)' - sum_b c_b (Z_b Q_b)(Z_b Q_b)'
 * </pre>
 *
 * where Q_b is a basis of b's tight normals, N N' = I - Q Q'. Blocks with more than d / 2 tight
 * rows take their N instead.
 */
final class FullSystem {
  private final Problem problem;
  private final ActiveBlocks active;
  private final int n;
  private final int d;
  private double[] gram;
  private double[] h;
  private double[] scaled = new double[0];
  private double[] vectors = new double[0];
  private int[] owner = new int[0];
  private double[] images = new double[0];

  FullSystem(Problem problem, ActiveBlocks active) {
    this.problem = problem;
    this.active = active;
    this.n = problem.n();
    this.d = problem.d();
  }

  /** Solves H x = {@code direction} in place; false if the factorisation broke down. */
  boolean solve(double[] direction) {
    if (gram == null) {
      gram = problem.design().gram();
      h = new double[n * n];
    }
    dense();
    add(true);
    add(false);
    for (int r = 0; r < n; r++) {
      h[r + r * n] += 1;
    }
    Cholesky factor = Cholesky.of(n, h);
    if (factor == null) {
      return false;
    }
    factor.solve(direction);
    return true;
  }

  private boolean usesComplement(int a) {
    // A complement is d x d at worst, which a sparse X is not meant to need.
    return 2 * active.tightCount(a) > d && !problem.design().isSparse();
  }

  /** The Hadamard product, over the blocks that subtract Q instead of adding N. */
  private void dense() {
    if (scaled.length < active.count() * n) {
      scaled = new double[active.count() * n * 5 / 4];
    }
    int used = 0;
    for (int a = 0; a < active.count(); a++) {
      if (!usesComplement(a)) {
        double scale = Math.sqrt(active.c(a));
        for (int r = 0, i = a * n, j = used * n; r < n; r++, i++, j++) {
          scaled[j] = scale * active.mask()[i];
        }
        used++;
      }
    }
    Blas.syrk(false, n, used, 1, scaled, n, 0, h, n);
    for (int j = 0; j < n; j++) {
      for (int i = j + j * n; i < (j + 1) * n; i++) {
        h[i] *= gram[i];
      }
    }
  }

  /** The low-rank terms of one sign. */
  private void add(boolean positive) {
    int columns = 0;
    for (int a = 0; a < active.count(); a++) {
      boolean complement = usesComplement(a);
      int width =
          complement ? (positive ? active.rank(a) : 0) : (positive ? 0 : active.tightCount(a));
      reserve(columns + width + 1);
      if (positive) {
        put(active.unit(), a * d, Math.sqrt(active.e(a)), a, columns++);
      }
      double[] basis = width == 0 ? null : complement ? active.freeBasis(a) : active.tightBasis(a);
      for (int l = 0; l < width; l++) {
        put(basis, l * d, Math.sqrt(active.c(a)), a, columns++);
      }
    }
    if (columns > 0) {
      if (images.length < columns * n) {
        images = new double[columns * n * 5 / 4];
      }
      active.images(owner, vectors, columns, images);
      Blas.syrk(false, n, columns, positive ? 1 : -1, images, n, 1, h, n);
    }
  }

  private void put(double[] from, int at, double scale, int a, int column) {
    for (int k = 0; k < d; k++) {
      vectors[column * d + k] = scale * from[at + k];
    }
    owner[column] = a;
  }

  private void reserve(int columns) {
    if (owner.length < columns) {
      owner = java.util.Arrays.copyOf(owner, columns * 3 / 2 + 8);
      vectors = java.util.Arrays.copyOf(vectors, owner.length * d);
    }
  }
}
