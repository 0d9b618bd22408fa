package org.relupath.core.solve.slide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/** Patterns of two rows, (1, 0) and (0, 1). */
final class PatternPoolTest {
  private static final double[] FIRST = {1, -1};
  private static final double[] SECOND = {-1, 1};
  private static final double[] BOTH = {1, 1};
  private static final double[] NONE = {-1, -1};

  private final Problem problem =
      new Problem(Matrix.ofRows(new double[][] {{1, 0}, {0, 1}}), new double[] {1, 2}, Model.RELU);

  @Test
  void aPatternHasOneNumberWhateverItsGate() {
    PatternPool pool = new PatternPool(problem);
    assertThat(pool.read(FIRST)).isZero();
    assertThat(pool.read(SECOND)).isOne();
    assertThat(pool.read(new double[] {5, -1})).isZero();
    assertThat(pool.gate(0)).isEqualTo(FIRST);
    assertThat(pool.read(NONE)).isEqualTo(-1);
  }

  @Test
  void keepsInTheOrderOfComing() {
    PatternPool pool = new PatternPool(problem);
    List.of(FIRST, SECOND, BOTH).forEach(pool::read);
    pool.keep(2);
    pool.keep(-1);
    pool.keep(2);
    pool.keep(0);
    assertThat(pool.kept()).containsExactly(2, 0);
    assertThat(pool.keptGates()).isEqualTo(Matrix.ofRows(new double[][] {BOTH, FIRST}));
  }

  @Test
  void blocksAreNumberedByPlaceOutside() {
    PatternPool pool = new PatternPool(problem);
    List.of(FIRST, SECOND, BOTH).forEach(pool::read);
    pool.keep(2);
    pool.keep(1);
    BlockWeights inside =
        new BlockWeights(List.of(pool.block(1, 1), pool.block(2, -1)), 2, new double[4]);
    BlockWeights outside = pool.placed(inside);
    assertThat(outside.blocks()).extracting(b -> b.pattern()).containsExactly(1, 0);
    assertThat(outside.blocks()).extracting(b -> b.sign()).containsExactly(1, -1);
    assertThat(pool.pooled(outside).blocks()).isEqualTo(inside.blocks());
  }
}
