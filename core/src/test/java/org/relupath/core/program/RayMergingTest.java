package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks of nearly one ray. */
final class RayMergingTest {
  private static Block block(int pattern, int sign) {
    return new Block(0, 0, sign, new long[] {1L << pattern}).numbered(pattern, 9);
  }

  private static final BlockWeights WEIGHTS =
      new BlockWeights(
          List.of(block(0, 1), block(1, 1), block(2, -1), block(3, 1), block(4, 1)),
          2,
          new double[] {1, 0, 3, 3e-5, 5, 0, 0, 2, 0, 0});

  @Test
  void blocksOfARayAndASignAreOne() {
    BlockWeights merged = RayMerging.merge(WEIGHTS, 1e-4);
    assertThat(merged.blocks()).containsExactly(block(2, -1), block(1, 1), block(3, 1));
    assertThat(merged.values()).containsExactly(5, 0, 4, 3e-5, 0, 2);
  }

  @Test
  void raysFartherApartStay() {
    assertThat(RayMerging.merge(WEIGHTS, 1e-6).size()).isEqualTo(4);
  }
}
