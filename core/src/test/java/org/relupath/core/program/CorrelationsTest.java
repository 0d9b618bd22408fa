package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

class CorrelationsTest {

  static IntStream patternCounts() {
    return IntStream.rangeClosed(1, 20);
  }

  @ParameterizedTest(name = "{0} patterns")
  @MethodSource("patternCounts")
  void areTheSumsOverActiveRows(int count) {
    Random random = new Random(count);
    for (int n : new int[] {5, 64, 130}) {
      for (int d : new int[] {1, 3, 8}) {
        double[][] x = Instance.gaussian(random, n, d);
        Patterns patterns = randomPatterns(n, count, random);
        assertThat(patterns.count()).isEqualTo(count);
        Correlations correlations = new Correlations(Matrix.ofRows(x), patterns);
        double[] c = new double[count * d];
        for (int pass = 0; pass < 2; pass++) {
          double[] u = Instance.gaussian(random, 1, n)[0];
          java.util.Arrays.fill(c, Double.NaN);
          correlations.of(u, c);
          assertThat(c)
              .as("n %d, d %d, pass %d", n, d, pass)
              .usingComparatorWithPrecision(1e-12)
              .containsExactly(sums(x, patterns, u));
        }
      }
    }
  }

  private static Patterns randomPatterns(int n, int count, Random random) {
    List<long[]> bits = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      long[] words = new long[(n + 63) / 64];
      for (int r = 0; r < n; r++) {
        // The first five rows number the pattern, so that all are distinct.
        boolean active = r < 5 ? ((b + 1) >> r & 1) != 0 : random.nextBoolean();
        words[r / 64] |= active ? 1L << r % 64 : 0;
      }
      bits.add(words);
    }
    return Patterns.distinct(n, bits);
  }

  private static double[] sums(double[][] x, Patterns patterns, double[] u) {
    int d = x[0].length;
    double[] all = new double[patterns.count() * d];
    for (int b = 0; b < patterns.count(); b++) {
      double[] sum = new double[d];
      for (int r = 0; r < u.length; r++) {
        Dense.add(sum, patterns.active(b, r) ? u[r] : 0, x[r]);
      }
      System.arraycopy(sum, 0, all, b * d, d);
    }
    return all;
  }
}
