package org.relupath.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.RawColumn.Kind;

class PreparationTest {
  private static final double NONE = Double.NaN;

  private static Preparation.Options with(Missing missing) {
    return new Preparation.Options(missing, List.of(DatePart.DAYS, DatePart.MONTH));
  }

  private static Preparation fit(RawColumn column, Preparation.Options options, double... cells) {
    Matrix features = new Matrix(cells.length, 1, cells);
    return Preparation.fit(
        new Observations(List.of(column), features, new double[cells.length], new double[0]),
        options);
  }

  private static RawColumn category(String... levels) {
    return new RawColumn("c", Kind.CATEGORY, List.of(levels));
  }

  private static double[] encode(Preparation preparation, double cell) {
    return preparation.encode(new Matrix(1, 1, new double[] {cell})).values();
  }

  private static List<String> names(Preparation preparation) {
    return preparation.names(List.of("c"));
  }

  @Test
  void numbersWithoutHolesStayTheVeryMatrix() {
    Preparation plain = fit(RawColumn.number("x"), Preparation.Options.DEFAULT, 3, -0.0, 1e300);
    assertThat(plain).isEqualTo(Preparation.NONE);
    Matrix raw = Matrix.zeros(2, 5);
    assertThat(plain.encode(raw)).isSameAs(raw);
  }

  @Test
  void threeLevelsHaveAColumnEachAndTwoHaveOne() {
    Preparation three = fit(category("a", "b", "z"), with(Missing.REFUSE), 0, 1, 2, 1);
    assertThat(names(three)).containsExactly("c=a", "c=b", "c=z");
    assertThat(encode(three, 1)).containsExactly(0, 1, 0);
    Preparation two = fit(category("a", "b", "z"), with(Missing.REFUSE), 0, 2, 2, 0);
    assertThat(names(two)).containsExactly("c=z");
    assertThat(encode(two, 0)).containsExactly(0);
    assertThat(encode(two, 2)).containsExactly(1);
    Preparation one = fit(category("a"), with(Missing.REFUSE), 0, 0);
    assertThat(names(one)).containsExactly("c=a");
    assertThat(encode(one, 0)).containsExactly(1);
  }

  /** Without rare levels in training a text that it had not is zeros, -1 or a level elsewhere. */
  @Test
  void anUnseenLevelIsZerosOrWithTheRareOnes() {
    Preparation three = fit(category("a", "b", "n", "z"), with(Missing.REFUSE), 0, 1, 3);
    assertThat(names(three)).containsExactly("c=a", "c=b", "c=z");
    assertThat(encode(three, -1)).containsExactly(0, 0, 0);
    assertThat(encode(three, 2)).containsExactly(0, 0, 0);

    // 100 rows: levels of 50, 41, 5 and 4 rows; fewer than 5 are rare.
    double[] cells =
        IntStream.range(0, 100)
            .mapToDouble(r -> r < 50 ? 0 : r < 91 ? 1 : r < 96 ? 2 : 3)
            .toArray();
    Preparation rare = fit(category("a", "b", "m", "r", "z"), with(Missing.REFUSE), cells);
    assertThat(names(rare)).containsExactly("c=a", "c=b", "c=m", "c=(other)");
    assertThat(encode(rare, 3)).containsExactly(0, 0, 0, 1);
    assertThat(encode(rare, 4)).containsExactly(0, 0, 0, 1);
    assertThat(encode(rare, -1)).containsExactly(0, 0, 0, 1);
    // Of 19 rows none is rare, of 40 one row is.
    double[] few = new double[19];
    few[3] = 1;
    assertThat(names(fit(category("a", "b"), with(Missing.REFUSE), few))).containsExactly("c=b");
    double[] forty = new double[40];
    forty[3] = 1;
    Preparation other = fit(category("a", "b"), with(Missing.REFUSE), forty);
    assertThat(names(other)).containsExactly("c=(other)");
    assertThat(encode(other, 0)).containsExactly(0);
    assertThat(encode(other, 1)).containsExactly(1);
  }

  @Test
  void aMissingTextIsAColumnOfItsOwn() {
    Preparation filled = fit(category("a", "b"), with(Missing.MEAN), 0, 1, NONE);
    assertThat(names(filled)).containsExactly("c=b", "c missing");
    assertThat(encode(filled, NONE)).containsExactly(0, 1);
    assertThat(encode(filled, 1)).containsExactly(1, 0);
    Preparation whole = fit(category("a", "b"), with(Missing.MEDIAN), 0, 1, 1);
    assertThat(names(whole)).containsExactly("c=b");
    assertThat(encode(whole, NONE)).containsExactly(0);
    Preparation refused = fit(category("a", "b"), with(Missing.REFUSE), 0, 1);
    assertThatThrownBy(() -> encode(refused, NONE))
        .hasMessage("row 1 column 'c' has a missing cell");
    // All missing: the levels have no rows.
    Preparation empty = fit(category("a"), with(Missing.MEAN), NONE, NONE);
    assertThat(encode(empty, NONE)).containsExactly(0, 1);
  }

  @Test
  void holesOfNumbersAreMeansOrMedians() {
    RawColumn x = RawColumn.number("c");
    Preparation mean = fit(x, with(Missing.MEAN), 1, NONE, 2, 9);
    assertThat(names(mean)).containsExactly("c", "c missing");
    assertThat(encode(mean, NONE)).containsExactly(4, 1);
    assertThat(encode(mean, 7)).containsExactly(7, 0);
    assertThat(encode(fit(x, with(Missing.MEDIAN), 9, NONE, 1, 2), NONE)).containsExactly(2, 1);
    assertThat(encode(fit(x, with(Missing.MEDIAN), 1e308, -1e308), NONE)).containsExactly(0);
    assertThat(encode(fit(x, with(Missing.MEDIAN), NONE), NONE)).containsExactly(0, 1);
    // Training rows without holes have no column for them, and still say what stands for one.
    Preparation whole = fit(x, with(Missing.MEAN), 1, 2);
    assertThat(names(whole)).containsExactly("c");
    assertThat(encode(whole, NONE)).containsExactly(1.5);
    assertThatThrownBy(() -> fit(x, with(Missing.REFUSE), 1, NONE))
        .hasMessage("column 'c' has a missing cell");
    assertThatThrownBy(() -> fit(category("a"), with(Missing.REFUSE), 0, NONE))
        .hasMessage("column 'c' has a missing cell");
  }

  @Test
  void datesAreTheirParts() {
    long seed = 20240229;
    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
    RawColumn when = new RawColumn("c", Kind.DATE, List.of());
    Preparation.Options all =
        new Preparation.Options(Missing.MEAN, Arrays.asList(DatePart.values()));
    Preparation preparation = fit(when, all, 0, 10, NONE);
    assertThat(names(preparation))
        .containsExactly(
            "c days", "c year", "c month", "c day", "c weekday", "c hour", "c missing");
    for (int i = 0; i < 500; i++) {
      LocalDateTime time =
          LocalDateTime.of(1600, 1, 1, 0, 0).plusSeconds(random.nextLong(800L * 365 * 86_400));
      double days = time.toEpochSecond(ZoneOffset.UTC) / 86_400.0;
      assertThat(encode(preparation, days))
          .as("seed %d, %s", seed, time)
          .containsExactly(
              days,
              time.getYear(),
              time.getMonthValue(),
              time.getDayOfMonth(),
              time.getDayOfWeek().getValue(),
              time.toLocalTime().toSecondOfDay() / 3600.0,
              0);
    }
    // Of 1970-01-01, a Thursday, and the 11th, a Sunday: a mean for each part.
    assertThat(encode(preparation, NONE)).containsExactly(5, 1970, 1, 6, 5.5, 0, 1);
  }

  /** Levels of one file are those of another by their texts. */
  @Test
  void rowsTakeTheLevelsOfOthers() {
    RawColumn mine = category("b", "q", "z");
    Observations rows =
        new Observations(
            List.of(RawColumn.number("x"), mine),
            Matrix.ofRows(new double[][] {{1, 0}, {2, 1}, {NONE, 2}, {4, NONE}}),
            new double[] {0, 1, 1, 0},
            new double[0],
            List.of("no", "yes"));
    Observations as =
        rows.as(List.of(RawColumn.number("x"), category("a", "b", "z")), List.of("yes", "no"));
    assertThat(as.features().values()).containsExactly(1, 1, 2, -1, NONE, 2, 4, NONE);
    assertThat(as.targets()).containsExactly(1, 0, 0, 1);
    assertThat(rows.as(rows.columns(), rows.classes()).features()).isSameAs(rows.features());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows.as(List.of(mine, mine), rows.classes()));
  }

  /** Means and scales are those of encoded columns of the training rows. */
  @Test
  void preprocessingIsOfEncodedColumns() {
    Observations train =
        new Observations(
            List.of(RawColumn.number("x"), category("a", "b", "z")),
            Matrix.ofRows(new double[][] {{1, 0}, {NONE, 1}, {5, 2}, {6, 0}}),
            new double[] {1, 2, 3, 4},
            new double[0]);
    Preprocessing.Options options =
        new Preprocessing.Options(ColumnScaling.STANDARDIZE, true, null, true, with(Missing.MEAN));
    Preprocessing fitted = Preprocessing.fit(train, options);
    double[][] encoded = {{1, 0, 1, 0, 0}, {4, 1, 0, 1, 0}, {5, 0, 0, 0, 1}, {6, 0, 1, 0, 0}};
    Matrix x = fitted.design(train.features());
    assertThat(x.columns()).isEqualTo(6);
    for (int k = 0; k < 5; k++) {
      int column = k;
      double[] cells = Arrays.stream(encoded).mapToDouble(row -> row[column]).toArray();
      double mean = Arrays.stream(cells).average().orElseThrow();
      double scale =
          Math.sqrt(Arrays.stream(cells).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
      for (int r = 0; r < 4; r++) {
        assertThat(x.get(r, k)).isCloseTo((cells[r] - mean) / scale, within(1e-14));
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double size) {
    return org.assertj.core.data.Offset.offset(size);
  }

  /** Cells with whole weights and each cell as often as it weighs: 20 seeds, ties and holes. */
  @Test
  void aRowOfWeightMIsPreparedAsMRows() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(60);
      double[] cells = new double[2 * n];
      double[] weights = new double[n];
      List<double[]> repeated = new ArrayList<>();
      for (int r = 0; r < n; r++) {
        weights[r] = 1 + random.nextInt(4);
        cells[2 * r] = random.nextInt(5) == 0 ? NONE : random.nextInt(7) - 0.5;
        cells[2 * r + 1] =
            random.nextInt(9) == 0 ? NONE : (int) (4 * random.nextDouble() * random.nextDouble());
        for (int i = 0; i < weights[r]; i++) {
          repeated.add(new double[] {cells[2 * r], cells[2 * r + 1]});
        }
      }
      List<RawColumn> columns = List.of(RawColumn.number("x"), category("a", "b", "c", "d"));
      Matrix rows = new Matrix(n, 2, cells);
      Matrix more = Matrix.ofRows(repeated.toArray(double[][]::new));
      for (Missing missing : List.of(Missing.MEAN, Missing.MEDIAN)) {
        Preparation weighed =
            Preparation.fit(new Observations(columns, rows, new double[n], weights), with(missing));
        Preparation whole =
            Preparation.fit(
                new Observations(columns, more, new double[more.rows()], new double[0]),
                with(missing));
        List<String> names = List.of("x", "c");
        assertThat(weighed.names(names)).as("seed %s", seed).isEqualTo(whole.names(names));
        assertThat(weighed.encode(rows).values())
            .as("seed %s %s", seed, missing)
            .containsExactly(whole.encode(rows).values(), within(1e-14));
      }
    }
  }

  /** Weights that sum to 1 are shares: levels are rare as they are of rows that count once each. */
  @Test
  void sharesOfRowsMakeNoLevelRareThatRowsDoNot() {
    double[] cells =
        IntStream.range(0, 100).mapToDouble(r -> r < 96 ? r % 2 : r < 99 ? 2 : 3).toArray();
    double[] shares = new double[100];
    Arrays.fill(shares, 0.01);
    Observations rows =
        new Observations(
            List.of(category("a", "b", "c", "d")),
            new Matrix(100, 1, cells),
            new double[100],
            shares);
    Preparation weighed = Preparation.fit(rows, with(Missing.REFUSE));
    assertThat(names(weighed)).containsExactly("c=a", "c=b", "c=(other)");
    assertThat(names(weighed))
        .isEqualTo(names(fit(category("a", "b", "c", "d"), with(Missing.REFUSE), cells)));
  }

  /** Class weights change means and scales, and no column. */
  @Test
  void classWeightsChangeNoColumn() {
    double[] cells =
        IntStream.range(0, 100).mapToDouble(r -> r < 60 ? 0 : r < 91 ? 1 : 2).toArray();
    double[] labels = IntStream.range(0, 100).mapToDouble(r -> r < 3 ? 1 : -1).toArray();
    Observations rows =
        new Observations(
            List.of(category("a", "b", "c")), new Matrix(100, 1, cells), labels, new double[0]);
    Preprocessing plain = Preprocessing.fit(rows, Preprocessing.Options.DEFAULT);
    Preprocessing balanced =
        Preprocessing.fit(rows, ClassWeights.BALANCED, Preprocessing.Options.DEFAULT);
    assertThat(names(balanced.preparation())).isEqualTo(names(plain.preparation()));
    assertThat(names(plain.preparation())).containsExactly("c=a", "c=b", "c=c");
    assertThat(balanced.mean()[0]).isGreaterThan(plain.mean()[0] + 0.1);
  }
}
