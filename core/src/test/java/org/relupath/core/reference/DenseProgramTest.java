package org.relupath.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The projection that other tests compare with, compared with all subsets of rows. */
class DenseProgramTest {

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lawsonAndHansonFindWhatAllSubsetsGive(long seed) {
    Random random = new Random(seed);
    int d = 1 + random.nextInt(3);
    int n = 1 + random.nextInt(8);
    double[][] a = Instance.gaussian(random, n, d);
    double[] c = Instance.gaussian(random, 1, d)[0];
    double[] expected = ReferenceProjection.bruteForce(a, c).v();
    assertThat(ReferenceProjection.lawsonHanson(a, c).v())
        .usingComparatorWithPrecision(1e-13)
        .containsExactly(expected);
    for (double[] row : a) {
      assertThat(Dense.dot(row, expected)).isGreaterThan(-1e-13);
    }
    assertThat(Dense.dot(expected, Dense.minus(c, expected))).isCloseTo(0, within(1e-13));
  }
}
