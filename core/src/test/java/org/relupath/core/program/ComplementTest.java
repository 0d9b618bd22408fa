package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.linalg.Vectors;

class ComplementTest {

  @ParameterizedTest(name = "{0} vectors in dimension {1}")
  @CsvSource({"0,1", "1,1", "0,4", "1,4", "3,4", "4,4", "2,2", "5,40", "39,40", "40,40"})
  void completesAnOrthonormalBasis(int t, int d) {
    for (long seed = 0; seed < 5; seed++) {
      check(orthonormal(t, d, new Random(seed)), t, d);
    }
    double[] unit = new double[t * d];
    for (int l = 0; l < t; l++) {
      unit[l * d + d - 1 - l] = -1;
    }
    check(unit, t, d);
  }

  private static void check(double[] basis, int t, int d) {
    double[] before = basis.clone();
    double[] complement = Complement.of(basis, t, d);
    assertThat(basis).as("the given vectors").containsExactly(before);
    assertThat(complement).hasSize((d - t) * d);
    double[] all = java.util.Arrays.copyOf(basis, d * d);
    System.arraycopy(complement, 0, all, t * d, complement.length);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        assertThat(Vectors.dot(all, i * d, all, j * d, d))
            .as("vectors %d and %d", i, j)
            .isCloseTo(i == j ? 1 : 0, within(1e-14 * d));
      }
    }
  }

  private static double[] orthonormal(int t, int d, Random random) {
    double[] basis = random.doubles((long) t * d, -1, 1).toArray();
    for (int l = 0; l < t; l++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int m = 0; m < l; m++) {
          double h = Vectors.dot(basis, l * d, basis, m * d, d);
          Vectors.axpy(-h, basis, m * d, basis, l * d, d);
        }
        Vectors.scale(1 / Vectors.norm(basis, l * d, d), basis, l * d, d);
      }
    }
    return basis;
  }
}
