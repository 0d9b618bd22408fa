package org.relupath.core.program.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;

/** Sums over rows against the definitions, gate by gate and row by row. */
class RowPassTest {

  static Stream<RowCase> cases() {
    return Stream.of(
        RowCase.of(300, 5, 19, 1),
        RowCase.of(700, 3, 64, 2),
        RowCase.of(40, 11, 7, 3),
        RowCase.of(1, 1, 1, 4),
        RowCase.of(257, 1, 9, 5));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sumsAreThoseOfTheDefinitions(RowCase rows) {
    int d = rows.x()[0].length;
    List<BlockWeights> weights =
        List.of(BlockWeights.zero(d), rows.weights(2, 1), rows.weights(9, 2), rows.weights(20, 3));
    DenseProgram dense = rows.dense();
    for (int size : new int[] {RowBlock.ROWS, 97}) {
      RowSums sums = new LocalRows(rows.cut(size), 0.25).sums(weights);
      for (int l = 0; l < weights.size(); l++) {
        double[] u = dense.residual(dense.dense(weights.get(l)));
        assertThat(sums.squares()[l]).isCloseTo(Dense.dot(u, u), within(1e-10 * Dense.dot(u, u)));
        assertThat(sums.products()[l])
            .isCloseTo(
                Dense.dot(rows.y(), u), within(1e-10 * Dense.norm(rows.y()) * Dense.norm(u)));
        assertThat(sums.agreeing()[l]).isEqualTo(agreeing(rows.y(), u, 0.25));
        double[] c = sums.correlations(l);
        for (int b = 0; b < dense.blocks(); b++) {
          double[] expected = dense.correlation(b, u);
          double[] found = java.util.Arrays.copyOfRange(c, b * d, (b + 1) * d);
          assertThat(Dense.distance(found, expected))
              .isLessThanOrEqualTo(1e-11 * Math.sqrt(u.length * d) * Dense.norm(u));
        }
      }
    }
  }

  private static long agreeing(double[] y, double[] u, double center) {
    long agreeing = 0;
    for (int r = 0; r < y.length; r++) {
      agreeing += (y[r] - u[r] + center >= 0) == (y[r] + center >= 0) ? 1 : 0;
    }
    return agreeing;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gramIsThatOfTheRows(RowCase rows) {
    double[] gram = new LocalRows(rows.cut(50), 0).gram();
    int d = rows.x()[0].length;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double sum = 0;
        for (double[] row : rows.x()) {
          sum += row[i] * row[j];
        }
        assertThat(gram[i + j * d]).isCloseTo(sum, within(1e-10 * rows.x().length));
      }
    }
  }

  @Test
  void weightsOfGatesThatAreNotThereAreRefused() {
    RowCase rows = RowCase.of(20, 2, 5, 1);
    RowPass pass = new RowPass(List.of(RowWeights.of(new int[] {5}, 2, new double[] {1, 2})), 2, 0);
    RowBlock block = rows.cut(20).get(0);
    assertThatThrownBy(() -> pass.of(block)).hasMessageContaining("weights of gate 5");
  }

  @Test
  void blocksOfAnotherWidthAreRefused() {
    RowPass pass = new RowPass(List.of(BlockWeights.zero(3)), 3, 0);
    RowBlock block = RowCase.of(20, 2, 5, 1).cut(20).get(0);
    assertThatThrownBy(() -> pass.of(block)).hasMessageContaining("2 columns, expected 3");
  }
}
