package org.relupath.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Merged parts against the fit to all rows. */
class MomentsTest {

  private static Moments merged(Matrix x, double[] y, int size) {
    Moments all = Moments.of(Matrix.zeros(0, x.columns()), new double[0]);
    for (int from = 0; from < x.rows(); from += size) {
      int to = Math.min(x.rows(), from + size);
      int[] rows = IntStream.range(from, to).toArray();
      all = all.merge(Moments.of(x.selectRows(rows), Arrays.copyOfRange(y, from, to)));
    }
    return all;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void preprocessingIsThatOfAllRows(long seed) {
    Random random = new Random(seed);
    Matrix x = Matrix.zeros(500, 4);
    double[] y = new double[500];
    for (int r = 0; r < 500; r++) {
      x.values()[4 * r] = random.nextGaussian();
      x.values()[4 * r + 1] = 1e9 + random.nextGaussian();
      x.values()[4 * r + 2] = 0.1;
      x.values()[4 * r + 3] = Math.pow(random.nextGaussian(), 7);
      y[r] = seed == 1 ? random.nextGaussian() + 3 : random.nextInt(4) == 0 ? 5 : 2;
    }
    for (Preprocessing.Options options :
        List.of(
            Preprocessing.Options.DEFAULT,
            Preprocessing.Options.NONE,
            new Preprocessing.Options(true, false, true, true),
            new Preprocessing.Options(true, true, null, false))) {
      Preprocessing expected =
          Preprocessing.fit(new Observations(List.of("a", "b", "c", "d"), x, y), options);
      for (int size : new int[] {1, 37, 500}) {
        Preprocessing found = merged(x, y, size).preprocessing(options);
        for (int k = 0; k < 4; k++) {
          assertThat(found.mean()[k])
              .isCloseTo(expected.mean()[k], within(1e-12 * (1 + Math.abs(expected.mean()[k]))));
          assertThat(found.scale()[k])
              .isCloseTo(expected.scale()[k], within(1e-6 * expected.scale()[k]));
        }
        assertThat(found.mean()[2]).isEqualTo(expected.mean()[2]);
        assertThat(found.scale()[2]).isEqualTo(1);
        assertThat(found.center()).isCloseTo(expected.center(), within(1e-12));
        assertThat(found.labels()).isEqualTo(expected.labels());
        assertThat(found.intercept()).isEqualTo(expected.intercept());
      }
    }
  }

  @Test
  void constantLabelsAreSeen() {
    Matrix x = Matrix.zeros(3, 1);
    assertThat(Moments.of(x, new double[] {0.0, -0.0, 0.0}).constantLabel()).isTrue();
    assertThat(Moments.of(x, new double[] {0, 1, 0}).constantLabel()).isFalse();
    assertThat(Moments.of(x, new double[] {3, 1, 2}).labels()).containsExactly(1, 2, 3);
  }

  @Test
  void noRowsAndWrongShapesAreRefused() {
    assertThatThrownBy(
            () ->
                Moments.of(Matrix.zeros(0, 1), new double[0])
                    .preprocessing(Preprocessing.Options.DEFAULT))
        .hasMessageContaining("at least one labelled row");
    assertThatThrownBy(() -> Moments.of(Matrix.zeros(2, 1), new double[1]))
        .hasMessageContaining("targets has 1 entries, expected 2");
  }

  private static double exactMean(double[] values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.divide(BigDecimal.valueOf(values.length), MathContext.DECIMAL128).doubleValue();
  }

  private static double exactDeviation(double[] values) {
    BigDecimal n = BigDecimal.valueOf(values.length);
    MathContext digits = new MathContext(400);
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    BigDecimal mean = sum.divide(n, digits);
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal deviation = new BigDecimal(value).subtract(mean);
      squares = squares.add(deviation.multiply(deviation));
    }
    return squares.divide(n, digits).sqrt(MathContext.DECIMAL128).doubleValue();
  }

  /** Far from zero, or of any size: right to the last bit, from parts as from the whole. */
  @ParameterizedTest(name = "{0} + {1}")
  @CsvSource({
    "0,1",
    "1e9,1",
    "1e12,1",
    "1e14,3",
    "1.7e18,1e9",
    "-1e15,2",
    "0,1e-200",
    "0,1e300",
    "1e160,1e160"
  })
  void meanAndDeviationAreExactToRounding(double offset, double spread) {
    Random random = new Random(5);
    double[] values = new double[60];
    for (int r = 0; r < 60; r++) {
      values[r] = offset + spread * random.nextGaussian();
    }
    Matrix x = new Matrix(60, 1, values);
    for (int size : new int[] {7, 60}) {
      Preprocessing found =
          merged(x, new double[60], size).preprocessing(Preprocessing.Options.DEFAULT);
      double mean = exactMean(values);
      double deviation = exactDeviation(values);
      assertThat(found.mean()[0]).isCloseTo(mean, within(2 * Math.ulp(mean)));
      assertThat(found.scale()[0]).isCloseTo(deviation, within(1e-14 * deviation));
    }
  }

  @Test
  void roundingsOfAConstantAreOneAndSmallNumbersFarFromZeroAreNot() {
    assertThat(column(0.3, 0.1 + 0.2, 0.3).constant()).isTrue();
    assertThat(column(0.3, 0.1 + 0.2, 0.3).roundedConstant()).isTrue();
    assertThat(column(7, 7, 7).roundedConstant()).isFalse();
    assertThat(column(1e6, 1e6 + 1).constant()).isFalse();
    assertThat(column(1e12, 1e12 + 3, 1e12 + 1).constant()).isFalse();
    assertThat(column(1e-200, 3e-200).constant()).isFalse();
    assertThat(column(0, 0, 1e-300).constant()).isFalse();
    assertThat(column(5e15, 5e15 + 1).constant()).isTrue();
  }

  private static ColumnMoments column(double... values) {
    return ColumnMoments.of(values.length, r -> values[r], r -> 1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"1e154,0,true", "1e-200,0,true", "1e150,0,false", "1e80,1,true", "1e-80,1,true"})
  void numbersWhoseSquaresDoNotFitAreRefused(double size, int column, boolean refused) {
    double[] one = {1, 2, 4};
    double[] scaled = {size, 2 * size, 4 * size};
    Matrix x = new Matrix(3, 1, column == 0 ? scaled : one);
    Moments moments = Moments.of(x, column == 0 ? one : scaled);
    assertThat(NumberRange.ofTraining(moments, Preprocessing.Options.DEFAULT).isPresent())
        .isEqualTo(refused);
  }

  /** A part's centre is its own, whichever values its labels happen to take. */
  @Test
  void aPartOfATaskIsCentredByItself() {
    Observations fold =
        new Observations(List.of("a"), new Matrix(2, 1, new double[] {1, 2}), new double[] {3, 7});
    Preprocessing.Options options = Preprocessing.Options.DEFAULT;
    assertThat(Preprocessing.fit(fold, ClassWeights.NONE, options, new double[0]).center())
        .isEqualTo(5);
    assertThat(Preprocessing.fit(fold, ClassWeights.NONE, options, new double[0]).labels())
        .isEmpty();
    assertThat(Preprocessing.fit(fold, ClassWeights.NONE, options, new double[] {3, 7}).center())
        .isZero();
  }
}
