package org.relupath.core.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ThresholdTest {

  /** The smallest loss of any threshold there is. */
  private static double least(Scores scores, ToDoubleFunction<Confusion> loss) {
    return DoubleStream.concat(
            Arrays.stream(scores.predictions()), DoubleStream.of(Double.MAX_VALUE))
        .map(threshold -> loss.applyAsDouble(Confusion.of(scores, threshold)))
        .min()
        .orElseThrow();
  }

  private static void check(
      String name, Scores scores, Threshold rule, ToDoubleFunction<Confusion> loss) {
    double threshold = rule.of(scores, null);
    assertThat(loss.applyAsDouble(Confusion.of(scores, threshold)))
        .as(name)
        .isEqualTo(least(scores, loss));
    assertThat(threshold).as(name).isFinite();
    if (loss.applyAsDouble(Confusion.of(scores, 0)) == least(scores, loss)) {
      assertThat(threshold).as(name).isZero();
    }
  }

  @RepeatedTest(20)
  void noneIsBetter(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Scores some = ScoreSamples.of(seed, 5 + 4 * seed, 0.1 * seed - 0.4);
    for (Scores scores : new Scores[] {some, ScoreSamples.weighted(some)}) {
      String name = "seed " + seed;
      check(
          name, scores, Threshold.LeastCost.ACCURACY, c -> c.falsePositives() + c.falseNegatives());
      check(name, scores, new Threshold.LargestF1(), c -> -c.f1());
      check(
          name,
          scores,
          new Threshold.LeastCost(1, 16),
          c -> c.falsePositives() + 16 * c.falseNegatives());
      check(
          name,
          scores,
          new Threshold.LeastCost(16, 1),
          c -> 16 * c.falsePositives() + c.falseNegatives());
    }
  }

  @Test
  void isBetweenScores() {
    Scores scores = new Scores(new double[] {-1, -1, 1}, new double[] {-3, -2, -1});
    assertThat(Threshold.LeastCost.ACCURACY.of(scores, null)).isEqualTo(-1.5);
    Scores high = new Scores(new double[] {-1, -1, 1}, new double[] {2, 1, 1.5});
    // Of no positive at all, or of the two upper scores: nearest to 0 is the lower one.
    assertThat(Threshold.LeastCost.ACCURACY.of(high, null)).isEqualTo(1.25);
    assertThat(new Threshold.LeastCost(9, 1).of(high, null)).isEqualTo(Math.nextUp(2.0));
    double next = Math.nextUp(1.0);
    Scores near = new Scores(new double[] {-1, 1}, new double[] {1, next});
    assertThat(Threshold.LeastCost.ACCURACY.of(near, null)).isEqualTo(next);
    Scores huge = new Scores(new double[] {-1, 1}, new double[] {1e308, 1.7e308});
    assertThat(Threshold.LeastCost.ACCURACY.of(huge, null)).isBetween(1.3e308, 1.4e308);
  }

  @Test
  void aNumberIsAScoreOrAProbability() {
    PlattScaling scaling = new PlattScaling(-2, 0);
    assertThat(new Threshold.At(-0.25, false).of(null, null)).isEqualTo(-0.25);
    assertThat(new Threshold.At(0.5, true).of(null, scaling)).isZero();
    assertThat(new Threshold.At(0.9, true).of(null, new PlattScaling(0, 0)))
        .isEqualTo(Double.MAX_VALUE);
    assertThat(Threshold.ZERO.chosen()).isFalse();
    assertThat(Threshold.LeastCost.ACCURACY.chosen()).isTrue();
  }
}
