package org.relupath.core.optimalset;

import java.util.HashMap;
import java.util.Map;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.program.Block;

/**
 * ||X||_2 and ||D_b X||_2, rounded up: bounds that proofs may use. The largest eigenvalue of the
 * smaller Gram matrix is exact to a few units in the last place relative to itself, which the
 * margin covers.
 */
final class SpectralNorms {
  /** Makes a rounded norm an upper bound. */
  private static final double MARGIN = 1 + 1e-10;

  private final Matrix x;
  private final double whole;
  private final Map<Integer, Double> byPattern = new HashMap<>();

  SpectralNorms(Matrix x) {
    this.x = x;
    this.whole = norm(x);
  }

  /** ||X||_2, an upper bound of every ||D_b X||_2. */
  double whole() {
    return whole;
  }

  /** ||D_b X||_2. */
  double of(Block block) {
    return byPattern.computeIfAbsent(block.pattern(), pattern -> norm(activeRows(block)));
  }

  private Matrix activeRows(Block block) {
    return x.selectRows(
        java.util.stream.IntStream.range(0, x.rows()).filter(block::active).toArray());
  }

  private static double norm(Matrix a) {
    int n = a.rows();
    int d = a.columns();
    int k = Math.min(n, d);
    if (k == 0) {
      return 0;
    }
    double[] gram = new double[k * k];
    if (d <= n) {
      Blas.gemm(false, true, d, d, n, 1, a.values(), d, a.values(), d, 0, gram, d);
    } else {
      Blas.gemm(true, false, n, n, d, 1, a.values(), d, a.values(), d, 0, gram, n);
    }
    return Math.sqrt(SymmetricEigen.largest(k, gram)) * MARGIN;
  }
}
