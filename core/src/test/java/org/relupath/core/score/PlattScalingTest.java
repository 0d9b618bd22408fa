package org.relupath.core.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PlattScalingTest {

  /** The root of a rising function by bisection. */
  private static double root(DoubleUnaryOperator rising, double low, double high) {
    double from = low;
    double to = high;
    for (int i = 0; i < 200; i++) {
      double middle = from / 2 + to / 2;
      if (rising.applyAsDouble(middle) < 0) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from / 2 + to / 2;
  }

  /** Gradient of the likelihood of corrected labels in the slope and in the intercept. */
  private static double[] gradient(Scores scores, double slope, double intercept) {
    double positives = 0;
    for (int r = 0; r < scores.rows(); r++) {
      positives += scores.targets()[r] > 0 ? scores.weight(r) : 0;
    }
    double negatives = scores.weight() - positives;
    double[] gradient = new double[2];
    for (int r = 0; r < scores.rows(); r++) {
      double target =
          scores.targets()[r] > 0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
      double p = 1 / (1 + Math.exp(slope * scores.predictions()[r] + intercept));
      gradient[0] += scores.weight(r) * (target - p) * scores.predictions()[r];
      gradient[1] += scores.weight(r) * (target - p);
    }
    return gradient;
  }

  /** Nested bisection: both derivatives rise, the outer one along the inner one's zeros. */
  private static double[] reference(Scores scores) {
    DoubleUnaryOperator intercept = slope -> root(b -> gradient(scores, slope, b)[1], -300, 300);
    double slope = root(a -> gradient(scores, a, intercept.applyAsDouble(a))[0], -100, 0);
    return new double[] {slope, intercept.applyAsDouble(slope)};
  }

  @RepeatedTest(10)
  void isTheLargestLikelihood(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Scores scores = ScoreSamples.of(seed, 30 + 10 * seed, 0.2 * seed);
    for (Scores own : new Scores[] {scores, ScoreSamples.weighted(scores)}) {
      PlattScaling scaling = PlattScaling.fit(own);
      double[] expected = reference(own);
      assertThat(scaling.slope()).as("seed %d", seed).isCloseTo(expected[0], within(1e-8));
      assertThat(scaling.intercept()).as("seed %d", seed).isCloseTo(expected[1], within(1e-8));
    }
  }

  @Test
  void unitsAndOffsetsOfScoresDoNotMatter() {
    Scores scores = ScoreSamples.of(5, 80, 0.7);
    PlattScaling own = PlattScaling.fit(scores);
    for (double unit : new double[] {1e-200, 1e-9, 1, 1e9, 1e150}) {
      for (double offset : new double[] {0, 3e4}) {
        double[] moved =
            Arrays.stream(scores.predictions()).map(s -> unit * (s + offset)).toArray();
        PlattScaling other = PlattScaling.fit(new Scores(scores.targets(), moved));
        for (int r = 0; r < 80; r++) {
          assertThat(other.probability(moved[r]))
              .as("unit %s offset %s", unit, offset)
              .isCloseTo(own.probability(scores.predictions()[r]), within(1e-9));
        }
      }
    }
  }

  @Test
  void integerWeightsAreRepeatedRowsAndSignsAreSides() {
    Scores weighted = ScoreSamples.weighted(ScoreSamples.of(6, 50, 0.5));
    PlattScaling own = PlattScaling.fit(weighted);
    PlattScaling repeated = PlattScaling.fit(ScoreSamples.repeated(weighted));
    assertThat(own.slope()).isCloseTo(repeated.slope(), within(1e-10));
    assertThat(own.intercept()).isCloseTo(repeated.intercept(), within(1e-10));
    assertThat(own.logLoss(weighted))
        .isCloseTo(own.logLoss(ScoreSamples.repeated(weighted)), within(1e-12));
  }

  /** Without the correction of the labels the slope would be infinite. */
  @Test
  void separatedScoresHaveAFiniteSlope() {
    Scores scores = new Scores(new double[] {-1, -1, 1, 1}, new double[] {-2, -1, 1, 2});
    PlattScaling scaling = PlattScaling.fit(scores);
    assertThat(scaling.slope()).isBetween(-10.0, -0.1);
    assertThat(scaling.intercept()).isCloseTo(0, within(1e-12));
    assertThat(scaling.probability(2)).isBetween(0.7, 0.95);
  }

  @Test
  void scoresThatSayNothingGiveTheShareOfTheLabels() {
    double[] targets = {1, -1, -1, -1};
    for (double[] predictions : new double[][] {{1, 1, 1, 1}, {-1, 0, 1, 2}}) {
      PlattScaling scaling = PlattScaling.fit(new Scores(targets, predictions));
      assertThat(scaling.slope()).isZero();
      // Corrected labels: 2/3 once and 1/5 three times.
      assertThat(scaling.probability(17)).isCloseTo((2.0 / 3 + 3.0 / 5) / 4, within(1e-12));
    }
    PlattScaling one = PlattScaling.fit(new Scores(new double[] {1, 1}, new double[] {0, 3}));
    assertThat(one.probability(0)).isCloseTo(0.75, within(1e-6));
  }

  @Test
  void logLossIsTheMeanLogarithmAlsoFarOut() {
    PlattScaling scaling = new PlattScaling(-2, 0.5);
    Scores scores = new Scores(new double[] {1, -1}, new double[] {0.3, 0.1});
    double expected =
        -(Math.log(scaling.probability(0.3)) + Math.log(1 - scaling.probability(0.1))) / 2;
    assertThat(scaling.logLoss(scores)).isCloseTo(expected, within(1e-15));
    assertThat(scaling.logLoss(new Scores(new double[] {-1}, new double[] {1000})))
        .isCloseTo(1999.5, within(1e-9));
    assertThat(scaling.probability(-1e4)).isZero();
    assertThat(scaling.probability(1e4)).isEqualTo(1);
  }

  @Test
  void theScoreOfAProbability() {
    PlattScaling scaling = new PlattScaling(-2, 0.5);
    assertThat(scaling.probability(scaling.score(0.03))).isCloseTo(0.03, within(1e-14));
    PlattScaling flat = new PlattScaling(0, 0);
    assertThat(flat.score(0.5)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(flat.score(0.6)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void whatIsNoScalingIsRefused() {
    assertThatThrownBy(() -> new PlattScaling(1, 0)).hasMessageContaining("slope is 1.0");
    assertThatThrownBy(() -> new PlattScaling(-1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(
            () -> PlattScaling.fit(new Scores(new double[] {1}, new double[] {Double.NaN})))
        .hasMessageContaining("scores entry 0 is NaN");
    assertThatThrownBy(() -> PlattScaling.fit(new Scores(new double[0], new double[0])))
        .hasMessage("no scores to scale");
    assertThatThrownBy(() -> new Calibration(null, Double.NaN)).hasMessageContaining("NaN");
  }

  /** Labels that are drawn by a logistic curve: probabilities are shares, on other rows as well. */
  @Test
  void isReliableWhereLabelsFollowItsCurve() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    PlattScaling truth = new PlattScaling(-3, 1);
    Scores fitted = drawn(random, truth, 4000);
    Scores fresh = drawn(random, truth, 4000);
    PlattScaling scaling = PlattScaling.fit(fitted);
    Reliability reliability = Reliability.of(fresh, scaling);
    assertThat(reliability.bins()).as("seed %d", seed).hasSize(10);
    assertThat(reliability.error()).as("seed %d", seed).isLessThan(0.03);
    Reliability off = Reliability.of(fresh, new PlattScaling(-3, -1));
    assertThat(off.error()).as("seed %d", seed).isGreaterThan(0.15);
    assertThat(reliability.bins().stream().mapToDouble(Reliability.Bin::weight).sum())
        .isEqualTo(4000);
  }

  private static Scores drawn(SplittableRandom random, PlattScaling truth, int n) {
    double[] predictions = random.doubles(n, -1, 1).toArray();
    double[] targets =
        Arrays.stream(predictions)
            .map(s -> random.nextDouble() < truth.probability(s) ? 1 : -1)
            .toArray();
    return new Scores(targets, predictions);
  }

  @Test
  void rowsOfOneScoreAreInOneBin() {
    Scores scores = ScoreSamples.weighted(ScoreSamples.of(9, 200, 0.6));
    Reliability reliability = Reliability.of(scores, PlattScaling.fit(scores));
    assertThat(reliability.bins().size()).isBetween(2, 10);
    double sum = 0;
    double last = -1;
    for (Reliability.Bin bin : reliability.bins()) {
      assertThat(bin.probability()).isGreaterThan(last);
      last = bin.probability();
      sum += bin.weight() * Math.abs(bin.probability() - bin.positives());
    }
    assertThat(reliability.error()).isCloseTo(sum / scores.weight(), within(1e-15));
    assertThat(
            Reliability.of(new Scores(new double[9], new double[9]), new PlattScaling(-1, 0))
                .bins())
        .hasSize(1);
  }

  @Test
  void probabilitiesOfClassesSumToOne() {
    List<PlattScaling> scalings =
        List.of(new PlattScaling(-2, 0.5), new PlattScaling(0, 3), new PlattScaling(-1, -1));
    double[] scores = {0.3, -7, 2};
    double[] own = PlattScaling.ofClasses(scalings, scores);
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      sum += scalings.get(k).probability(scores[k]);
    }
    for (int k = 0; k < 3; k++) {
      assertThat(own[k]).isCloseTo(scalings.get(k).probability(scores[k]) / sum, within(1e-15));
    }
    // All of them too small for doubles, the first e times as large as the others.
    List<PlattScaling> steep = Collections.nCopies(3, new PlattScaling(-1000, 0));
    double[] tiny = PlattScaling.ofClasses(steep, new double[] {-0.999, -1, -1});
    assertThat(tiny[0]).isCloseTo(Math.E / (Math.E + 2), within(1e-12));
    assertThat(tiny[1]).isEqualTo(tiny[2]);
  }

  @Test
  void weightsThatAreSharesAreThoseOfRows() {
    double[] targets = {1, -1, -1, 1, -1, -1, -1, -1};
    double[] predictions = {0.9, -0.5, 0.1, 0.2, -0.9, -0.7, 0.3, -0.1};
    double[] shares = new double[8];
    java.util.Arrays.fill(shares, 1e-9);
    PlattScaling rows = PlattScaling.fit(new Scores(targets, predictions));
    PlattScaling weighed = PlattScaling.fit(new Scores(targets, predictions, shares));
    assertThat(weighed.slope()).isCloseTo(rows.slope(), within(1e-9));
    assertThat(weighed.intercept()).isCloseTo(rows.intercept(), within(1e-9));
  }
}
