package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;

class NormCurvesTest {
  private static final double NONE = Double.NaN;

  private static BlockWeights weights(List<Block> blocks, double... norms) {
    return new BlockWeights(blocks, 1, norms);
  }

  @Test
  void curvesStartAndEndAtZeroWhereBlocksEnterAndLeave() {
    List<PathPoint> points = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      points.add(PathSamples.point(i, BlockWeights.zero(1)));
    }
    Block five = PathSamples.block(5, -1);
    points.set(2, PathSamples.point(2, weights(List.of(five), 1)));
    points.set(4, PathSamples.point(4, weights(List.of(five), 2)));
    List<Block> others = List.of(PathSamples.block(8, 1), PathSamples.block(9, 1));
    points.set(5, PathSamples.point(5, weights(others, 2, 0)));
    NormCurves curves = NormCurves.of(points, 1);
    assertThat(curves.blocks()).isEqualTo(2);
    assertThat(curves.curves()).hasSize(1);
    NormCurves.Curve curve = curves.curves().get(0);
    assertThat(curve.blockId()).isEqualTo(5);
    assertThat(curve.sign()).isEqualTo(-1);
    assertThat(curve.norms()).containsExactly(NONE, 0, 1, 0, 2, 0, NONE);
  }
}
