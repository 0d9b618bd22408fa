package org.relupath.core.optimalset;

import java.util.HashMap;
import java.util.Map;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.SpectralNorm;
import org.relupath.core.program.Block;

/** ||X||_2 and ||D_b X||_2, rounded up: bounds that proofs may use. */
final class SpectralNorms {
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
    return SpectralNorm.bound(a.rows(), a.columns(), a.values());
  }
}
