package org.relupath.core.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.reference.Instance;

/** How many patterns are enumerated, against formulas and exact arithmetic. */
class PatternCountTest {
  private static final long LIMIT = 100_000;

  @ParameterizedTest(name = "{0} rows, {1} columns")
  @CsvSource({
    "1, 1, 2",
    "5, 1, 2",
    "3, 2, 6",
    "8, 2, 16",
    "1, 3, 2",
    "2, 3, 4",
    "6, 3, 32",
    "9, 3, 74",
    "7, 4, 84",
    "6, 6, 64",
    "9, 5, 326",
    "4, 7, 16",
    "12, 12, 4096",
    "11, 10, 2046",
    "30, 2, 60",
    "20, 3, 382"
  })
  void countsThatOfGeneralPosition(int n, int d, int expected) {
    Matrix x = Matrix.ofRows(Instance.gaussian(new Random(100 * n + d), n, d));
    int cells = d == 1 ? 1 : n;
    assertThat(PatternEnumeration.bound(cells, Math.min(cells, d))).isEqualTo(expected);
    PatternEnumeration all = PatternEnumeration.of(x, LIMIT);
    assertThat(all.count()).isEqualTo(expected);
    assertThat(all.gates().rows()).isEqualTo(expected);
    PatternReader reader = new PatternReader(x);
    assertThat(
            IntStream.range(0, expected)
                .mapToObj(i -> Arrays.toString(reader.pattern(all.gates().row(i)))))
        .doesNotHaveDuplicates();
  }

  /** 2 sum_{k < r} C(n - 1, k), by Pascal's triangle. */
  static Stream<Arguments> generalPosition() {
    return IntStream.rangeClosed(1, 12)
        .boxed()
        .flatMap(n -> IntStream.rangeClosed(1, 4).mapToObj(d -> Arguments.of(n, d)));
  }

  @ParameterizedTest(name = "{0} rows, {1} columns")
  @MethodSource("generalPosition")
  void countsByCoversFormula(int n, int d) {
    long[][] pascal = new long[13][13];
    for (int i = 0; i < 13; i++) {
      for (int k = 0; k <= i; k++) {
        pascal[i][k] = k == 0 ? 1 : pascal[i - 1][k - 1] + pascal[i - 1][k];
      }
    }
    // All rows of one column are on one line.
    int lines = d == 1 ? 1 : n;
    long expected = 0;
    for (int k = 0; k < Math.min(lines, d); k++) {
      expected += 2 * pascal[lines - 1][k];
    }
    Matrix x = Matrix.ofRows(Instance.gaussian(new Random(1000 * n + d), n, d));
    assertThat(PatternEnumeration.of(x, LIMIT).count()).isEqualTo((int) expected);
  }

  @ParameterizedTest(name = "100 rows, {0} columns")
  @CsvSource({"3, 9902", "4, 323600"})
  void countsByCoversFormulaAtAHundredRows(int d, int expected) {
    Matrix x = Matrix.ofRows(Instance.gaussian(new Random(d), 100, d));
    PatternEnumeration all = PatternEnumeration.of(x, expected);
    assertThat(all.count()).isEqualTo(expected);
    // Every gate has a pattern of its own; no cell of these has no active row.
    assertThat(Patterns.of(x, all.gates()).count()).isEqualTo(expected);
  }

  static LongStream latticeSeeds() {
    return LongStream.range(0, 24);
  }

  /**
   * Whitney's theorem: the regions of an arrangement are sum over its sets B of hyperplanes of
   * (-1)^(|B| - rank B), here with ranks in whole numbers, on data where most ranks are deficient.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("latticeSeeds")
  void countsAsExactArithmeticDoes(long seed) {
    Random random = new Random(seed);
    int n = 4 + random.nextInt(7);
    int d = 2 + random.nextInt(3);
    boolean ones = seed % 2 == 0;
    boolean collinear = seed % 3 == 0;
    long[][] rows = new long[n][d];
    for (long[] row : rows) {
      Arrays.setAll(row, k -> random.nextInt(3) - 1);
      row[d - 1] = ones ? 1 : row[d - 1];
      row[1] = collinear && d > 2 ? -2 * row[0] : row[1];
    }
    Matrix x = Matrix.zeros(n, d);
    for (int i = 0; i < n * d; i++) {
      x.values()[i] = rows[i / d][i % d];
    }
    assertThat(PatternEnumeration.of(x, LIMIT).count()).isEqualTo(ExactRegions.count(rows));
  }
}
