package org.relupath.core.program.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** Equal and zero patterns against the comparison of all bits. */
class PatternDigestTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void findsTheDistinctPatterns(long seed) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, 90, 3);
    double[][] gates = Instance.gaussian(random, 150, 3);
    for (double[] row : x) {
      row[2] = 1;
    }
    for (int b = 0; b < 40; b++) {
      gates[3 * b] = Dense.times(1 + b, gates[b]);
      gates[3 * b + 1][2] = -100;
    }
    gates[149] = new double[] {0, 0, -1};
    Matrix matrix = Matrix.ofRows(x);
    Patterns patterns = Patterns.of(matrix, Matrix.ofRows(gates));
    int[] expected = new int[patterns.count()];
    for (int b = 0; b < expected.length; b++) {
      expected[b] = patterns.gateId(b);
    }
    assertThat(expected.length).isLessThan(150);
    for (int size : new int[] {90, 17, 1}) {
      List<RowBlock> blocks = RowBlock.cut(matrix, new double[90], Matrix.ofRows(gates), size);
      PatternDigest digest =
          TreeSum.of(blocks.stream().map(PatternDigest::of).toList(), PatternDigest::plus);
      assertThat(digest.distinct()).isEqualTo(expected);
    }
  }
}
