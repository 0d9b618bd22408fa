package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NormCurvesTest {
  private static final double NONE = Double.NaN;

  @Test
  void curvesStartAndEndAtZeroWhereBlocksEnterAndLeave() {
    List<BlockNorm> norms =
        List.of(
            new BlockNorm(2, 5, -1, 1.0),
            new BlockNorm(4, 5, -1, 2.0),
            new BlockNorm(5, 8, 1, 2.0),
            new BlockNorm(5, 9, 1, 0.0));
    List<PathPoint> points =
        List.of(
            PathSamples.point(7, 0, true),
            PathSamples.point(6, 0, true),
            PathSamples.point(5, 1, true),
            PathSamples.point(4, 1, false),
            PathSamples.point(3, 1, true),
            PathSamples.point(2, 1, true),
            PathSamples.point(1, 0, true));
    NormCurves curves = NormCurves.of(PathSamples.path(points, norms), 1);
    assertThat(curves.blocks()).isEqualTo(2);
    assertThat(curves.curves()).hasSize(1);
    NormCurves.Curve curve = curves.curves().get(0);
    assertThat(curve.blockId()).isEqualTo(5);
    assertThat(curve.sign()).isEqualTo(-1);
    // At the fourth lambda a block is active but no norm was given: unknown, not zero.
    assertThat(curve.norms()).containsExactly(NONE, 0, 1, NONE, 2, 0, NONE);
  }
}
