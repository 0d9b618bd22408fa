package org.relupath.core.program.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        Matrix matrix = Matrix.ofRows(x);
        compare(new BucketCorrelations(matrix, patterns), x, patterns, random);
        compare(new ProductCorrelations(matrix, patterns), x, patterns, random);
      }
    }
  }

  /** More patterns and rows than one product holds. */
  @Test
  void areTheSumsOverManyRowsAndPatterns() {
    Random random = new Random(3);
    double[][] x = Instance.gaussian(random, 1100, 2);
    List<long[]> bits = randomBits(x.length, 150, random);
    Patterns patterns = Patterns.distinct(x.length, bits);
    Matrix matrix = Matrix.ofRows(x);
    compare(new BucketCorrelations(matrix, patterns), x, patterns, random);
    compare(new ProductCorrelations(matrix, patterns), x, patterns, random);
  }

  /** A machine that holds some patterns of a program computes what one that holds all does. */
  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {40, 600})
  void productsOfAPieceAreThoseOfTheWholeToTheLastBit(int n) {
    Random random = new Random(n);
    int d = 5;
    Matrix x = Matrix.ofRows(Instance.gaussian(random, n, d));
    double[] u = Instance.gaussian(random, 1, n)[0];
    Patterns all = Patterns.distinct(n, randomBits(n, 200, random));
    List<long[]> bits = IntStream.range(0, all.count()).mapToObj(all::bits).toList();
    double[] whole = new double[bits.size() * d];
    new ProductCorrelations(x, Patterns.distinct(n, bits)).of(u, whole);
    List<long[]> some = bits.subList(64, 90);
    double[] piece = new double[some.size() * d];
    new ProductCorrelations(x, Patterns.distinct(n, some)).of(u, piece);
    assertThat(piece).isEqualTo(Arrays.copyOfRange(whole, 64 * d, 64 * d + piece.length));
  }

  private static void compare(
      Correlations correlations, double[][] x, Patterns patterns, Random random) {
    double[] c = new double[patterns.count() * x[0].length];
    for (int pass = 0; pass < 2; pass++) {
      double[] u = Instance.gaussian(random, 1, x.length)[0];
      Arrays.fill(c, Double.NaN);
      correlations.of(u, c);
      assertThat(c)
          .as("%s, n %d, d %d, pass %d", correlations, x.length, x[0].length, pass)
          .usingComparatorWithPrecision(1e-12)
          .containsExactly(sums(x, patterns, u));
    }
  }

  private static List<long[]> randomBits(int n, int count, Random random) {
    List<long[]> bits = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      BitSet set = new BitSet(n);
      random.ints(n / 2, 0, n).forEach(set::set);
      bits.add(Arrays.copyOf(set.toLongArray(), (n + 63) / 64));
    }
    return bits;
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
