package org.relupath.core.gates.arrangement;

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
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Patterns;
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
    double[][] numbers =
        Arrays.stream(rows).map(PatternCountTest::doubles).toArray(double[][]::new);
    assertThat(PatternEnumeration.of(x, LIMIT).count()).isEqualTo(ExactRegions.count(numbers));
  }

  private static double[] doubles(long[] row) {
    return Arrays.stream(row).asDoubleStream().toArray();
  }

  /** Rows that are close to coincidences, and rows that are in them. */
  enum Close {
    YEARS(2000),
    OFFSET(3e5),
    EPOCH(1.7e9),
    FAR(1e12),
    ULP(0),
    NEARLY_COLLINEAR(0),
    SCALED_COLUMNS(0),
    EXACT_SUM(0),
    ROUNDED_SUM(0),
    ZERO_AND_MIRRORED(0),
    ONE_LINE_BUT_FOR_ROUNDING(0),
    SUBNORMAL(0);

    private final double offset;

    Close(double offset) {
      this.offset = offset;
    }

    double[][] rows(Random random) {
      int n = 5 + random.nextInt(4);
      double[][] x = Instance.gaussian(random, n, 3);
      for (int r = 0; r < n; r++) {
        double[] row = x[r];
        double[] first = x[0];
        switch (this) {
          case YEARS, OFFSET, EPOCH, FAR -> {
            row[0] = offset + random.nextInt(6);
            row[1] = offset / 2 + random.nextInt(3);
            row[2] = 1;
          }
          case ULP -> {
            row[0] = 1 + random.nextInt(3) * Math.ulp(1.0);
            row[1] = 1 - random.nextInt(3) * Math.ulp(0.5);
            row[2] = 1;
          }
          case NEARLY_COLLINEAR -> {
            double near = Math.pow(10, -6 - random.nextInt(12));
            Arrays.setAll(row, k -> first[k] + near * row[k]);
          }
          case SCALED_COLUMNS -> {
            row[0] = (random.nextInt(3) - 1) * 1e-150;
            row[1] = (random.nextInt(3) - 1) * 1e150;
            row[2] = random.nextInt(2);
          }
          case EXACT_SUM -> {
            row[0] = random.nextInt(100);
            row[1] = random.nextInt(100);
            row[2] = row[0] + row[1];
          }
          case ROUNDED_SUM -> row[2] = row[0] + row[1];
          case ZERO_AND_MIRRORED -> {
            double factor = random.nextInt(3) - 1;
            Arrays.setAll(row, k -> r0(first, k) * factor + random.nextInt(2));
          }
          case ONE_LINE_BUT_FOR_ROUNDING -> {
            double factor = r == 0 ? 1 : random.nextDouble();
            Arrays.setAll(row, k -> first[k] * factor);
          }
          case SUBNORMAL -> Arrays.setAll(row, k -> (random.nextInt(5) - 2) * Double.MIN_VALUE);
        }
      }
      return x;
    }

    private static double r0(double[] row, int k) {
      return Math.rint(row[k]);
    }
  }

  static Stream<Arguments> close() {
    return Arrays.stream(Close.values())
        .flatMap(kind -> LongStream.range(0, 6).mapToObj(seed -> Arguments.of(kind, seed)));
  }

  /** No distance is a coincidence, and no coincidence is missed. */
  @ParameterizedTest(name = "{0} seed {1}")
  @MethodSource("close")
  void tellsCoincidenceFromCloseness(Close kind, long seed) {
    double[][] rows = kind.rows(new Random(31 * seed + kind.ordinal()));
    Matrix x = Matrix.ofRows(rows);
    PatternEnumeration all = PatternEnumeration.of(x, LIMIT);
    assertThat(all.count()).isEqualTo(ExactRegions.count(rows));
    PatternReader reader = new PatternReader(x);
    Patterns patterns = all.patterns();
    int gates = 0;
    for (int b = 0; b < patterns.count(); b++) {
      double[] gate = all.gate(patterns.gateId(b));
      if (gate != null) {
        gates++;
        assertThat(reader.pattern(gate)).isEqualTo(patterns.bits(b));
      }
    }
    if (kind.offset > 0 || kind == Close.SCALED_COLUMNS || kind == Close.SUBNORMAL) {
      assertThat(gates).isEqualTo(patterns.count());
    }
  }

  /** Thresholds of one feature: one more cell on each side for every value. */
  @ParameterizedTest(name = "from {0} on, {1} apart")
  @CsvSource({"1e6, 28.5", "3e5, 1", "1.7e9, 1", "2000, 1", "1e12, 1", "1, 2.220446049250313e-16"})
  void hasAThresholdBetweenAnyTwoValues(double from, double step) {
    int n = 8;
    Matrix x = Matrix.zeros(n, 2);
    for (int r = 0; r < n; r++) {
      x.values()[2 * r] = from + step * r;
      x.values()[2 * r + 1] = 1;
    }
    PatternEnumeration all = PatternEnumeration.of(x, LIMIT);
    assertThat(all.count()).isEqualTo(2 * n);
    assertThat(Patterns.of(x, all.gates()).count()).isEqualTo(2 * n - 1);
  }
}
