package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;

class BlockWeightsTest {
  private static final Matrix X = Matrix.ofRows(new double[][] {{1, 0}, {0, 1}, {-1, 1}});

  private static Block block(int id, int sign, long bits) {
    return new Block(id, id, sign, new long[] {bits});
  }

  private static final BlockWeights W =
      new BlockWeights(
          List.of(block(4, -1, 0b101), block(1, 1, 0b011), block(2, 1, 0b111)),
          2,
          new double[] {3, 4, 0, 0, 1, -1});

  @Test
  void knowsNormsAndWeights() {
    assertThat(W.size()).isEqualTo(3);
    assertThat(W.norm(0)).isEqualTo(5);
    assertThat(W.normSum()).isEqualTo(5 + Math.sqrt(2));
    assertThat(W.weights(2)).containsExactly(1, -1);
    assertThat(BlockWeights.zero(2).normSum()).isZero();
  }

  @Test
  void compactsToNonZeroBlocksById() {
    BlockWeights compact = W.compact();
    assertThat(compact.blocks().stream().map(Block::id)).containsExactly(2, 4);
    assertThat(compact.values()).containsExactly(1, -1, 3, 4);
  }

  @Test
  void combinesOverTheUnionOfBlocks() {
    BlockWeights other =
        new BlockWeights(
            List.of(block(7, 1, 1), block(4, -1, 0b101)), 2, new double[] {1, 1, 1, 0});
    BlockWeights sum = W.combine(2, other, -1);
    assertThat(sum.blocks().stream().map(Block::id)).containsExactly(4, 1, 2, 7);
    assertThat(sum.values()).containsExactly(5, 8, 0, 0, 2, -2, -1, -1);
  }

  @Test
  void fitsByTheNetworkForReluAndByThePatternForGated() {
    // Scores: block 4 gives 3, 4, 1; block 2 gives 1, -1, -2.
    assertThat(W.fit(X, Model.RELU)).containsExactly(-3 + 1, -4, -1);
    assertThat(W.fit(X, Model.GATED)).containsExactly(3 + 1, -1, 1 - 2);
  }

  @Test
  void refusesWeightsOfTheWrongLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlockWeights(List.of(block(0, 1, 1)), 2, new double[3]))
        .withMessageContaining("need 2 values, got 3");
  }

  @Test
  void problemsRefuseWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Problem(X, new double[2], Model.RELU))
        .withMessage("y has 2 entries, expected 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Problem(X, new double[] {0, Double.NaN, 0}, Model.RELU))
        .withMessage("y entry 1 is NaN");
    Matrix infinite = new Matrix(1, 1, new double[] {Double.POSITIVE_INFINITY});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Problem(infinite, new double[1], Model.GATED))
        .withMessage("X entry 0 is Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Problem(Matrix.zeros(0, 2), new double[0], Model.RELU));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Problem(Matrix.zeros(2, 0), new double[2], Model.RELU));
    Patterns onTwoRows = Patterns.distinct(2, List.of(new long[] {1}));
    Problem onThreeRows = new Problem(X, new double[3], Model.RELU);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvexProgram(onThreeRows, onTwoRows))
        .withMessage("patterns are on 2 rows, X has 3");
  }
}
