package org.relupath.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Preprocessing.Options;

class PreprocessingTest {
  private static final Observations TRAIN = rows(new double[] {3, 7, 3, 3}, 1, 2, 3, 6);

  /** One column a. */
  private static Observations rows(double[] labels, double... a) {
    return new Observations(List.of("a"), new Matrix(a.length, 1, a), labels);
  }

  private static Options options(boolean standardize, boolean intercept, Boolean center) {
    return new Options(standardize, intercept, center, true);
  }

  @Test
  void standardisesByMeanAndPopulationDeviationAndPutsOnesLast() {
    Preprocessing fitted = Preprocessing.fit(TRAIN, Options.DEFAULT);
    assertThat(fitted.mean()).containsExactly(3);
    assertThat(fitted.scale()[0]).isCloseTo(Math.sqrt(14.0 / 4), within(1e-15));
    Matrix x = fitted.design(TRAIN.features());
    assertThat(fitted.dimension()).isEqualTo(2);
    double s = Math.sqrt(3.5);
    assertThat(x.values())
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(-2 / s, 1, -1 / s, 1, 0, 1, 3 / s, 1);
  }

  @Test
  void otherRowsAreMappedByTheTrainingRowsFigures() {
    Preprocessing fitted = Preprocessing.fit(TRAIN, options(true, false, null));
    Matrix x = fitted.design(new Matrix(1, 1, new double[] {10}));
    assertThat(x.values()[0]).isCloseTo(7 / Math.sqrt(3.5), within(1e-15));
  }

  @Test
  void constantColumnsBecomeExactlyZero() {
    double[] tenth = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    Preprocessing fitted =
        Preprocessing.fit(rows(new double[10], tenth), options(true, true, null));
    assertThat(fitted.scale()).containsExactly(1);
    Matrix x = fitted.design(new Matrix(10, 1, tenth));
    for (int r = 0; r < 10; r++) {
      assertThat(x.row(r)).containsExactly(0, 1);
    }
    assertThat(fitted.design(new Matrix(1, 1, new double[] {2.1})).get(0, 0)).isEqualTo(2);
  }

  @Test
  void oneRowIsAllConstant() {
    Preprocessing fitted = Preprocessing.fit(rows(new double[] {5}, 9), Options.DEFAULT);
    assertThat(fitted.scale()).containsExactly(1);
    assertThat(fitted.center()).isEqualTo(5);
    assertThat(fitted.design(new Matrix(1, 1, new double[] {9})).values()).containsExactly(0, 1);
  }

  @Test
  void twoValuedLabelsBecomeMinusAndPlusOneUncentred() {
    Preprocessing fitted = Preprocessing.fit(TRAIN, Options.DEFAULT);
    assertThat(fitted.twoValued()).isTrue();
    assertThat(fitted.labels()).containsExactly(3, 7);
    assertThat(fitted.center()).isZero();
    assertThat(fitted.targets(new double[] {7, 3})).containsExactly(1, -1);
  }

  @Test
  void twoValuedLabelsAreCentredOnRequestAfterTheMapping() {
    Preprocessing fitted = Preprocessing.fit(TRAIN, options(true, true, true));
    assertThat(fitted.center()).isEqualTo(-0.5);
    assertThat(fitted.targets(new double[] {7, 3})).containsExactly(1.5, -0.5);
  }

  @Test
  void twoValuedLabelsStayNumbersWithoutTheMapping() {
    Options unmapped = new Options(true, true, null, false);
    Preprocessing fitted = Preprocessing.fit(TRAIN, unmapped);
    assertThat(fitted.twoValued()).isFalse();
    assertThat(fitted.center()).isEqualTo(4);
    assertThat(fitted.targets(new double[] {7, 5})).containsExactly(3, 1);
  }

  @Test
  void otherLabelsAreCentredUnlessToldOtherwise() {
    Observations train = rows(new double[] {1, 2, 6, 7}, 1, 2, 3, 6);
    assertThat(Preprocessing.fit(train, Options.DEFAULT).center()).isEqualTo(4);
    assertThat(Preprocessing.fit(train, Options.DEFAULT).targets(new double[] {1}))
        .containsExactly(-3);
    assertThat(Preprocessing.fit(train, options(true, true, false)).center()).isZero();
  }

  @Test
  void nothingChangesWithoutOptions() {
    Preprocessing fitted = Preprocessing.fit(TRAIN, Options.NONE);
    Matrix x = fitted.design(TRAIN.features());
    assertThat(x).isEqualTo(TRAIN.features());
    assertThat(x.values()).isNotSameAs(TRAIN.features().values());
    assertThat(fitted.targets(TRAIN.targets())).containsExactly(TRAIN.targets());
  }

  @Test
  void aLabelThatWasNotSeenIsNamedWithItsRow() {
    Preprocessing fitted = Preprocessing.fit(TRAIN, Options.DEFAULT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fitted.targets(new double[] {3, 4}))
        .withMessage("label 4.0 in row 2 is neither 3.0 nor 7.0");
  }

  @Test
  void twoValuesAreSortedAndExactlyTwo() {
    assertThat(Preprocessing.twoValues(new double[] {7, 3, 7})).containsExactly(3, 7);
    assertThat(Preprocessing.twoValues(new double[] {3, 3})).isEmpty();
    assertThat(Preprocessing.twoValues(new double[] {3, 4, 5})).isEmpty();
    assertThat(Preprocessing.twoValues(new double[0])).isEmpty();
    assertThat(Preprocessing.twoValues(new double[] {0.0, -0.0}))
        .as("zero has one value, whatever its sign")
        .isEmpty();
  }

  @Test
  void refusesRowsWithoutLabelsAndWrongWidths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preprocessing.fit(rows(new double[0], 1, 2), Options.DEFAULT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preprocessing.fit(rows(new double[0]), Options.DEFAULT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preprocessing.fit(TRAIN, Options.DEFAULT).design(Matrix.zeros(2, 2)))
        .withMessageContaining("2 columns, expected 1");
  }

  @Test
  void carriedWeightsScoreEveryRowAsBefore() {
    Preprocessing one = Preprocessing.fit(TRAIN, Options.DEFAULT);
    Preprocessing two = Preprocessing.fit(rows(new double[5], 10, 0, 4, 4, -3), Options.DEFAULT);
    Matrix raw = new Matrix(3, 1, new double[] {-1, 0, 100});
    double[] weights = {0.7, -2};
    double[] carried = two.carried(one, weights);
    for (int r = 0; r < 3; r++) {
      assertThat(score(two.design(raw).row(r), carried))
          .isCloseTo(score(one.design(raw).row(r), weights), within(1e-12));
    }
    assertThat(one.carried(one, weights)).containsExactly(weights);
  }

  private static double score(double[] x, double[] w) {
    return x[0] * w[0] + x[1] * w[1];
  }
}
