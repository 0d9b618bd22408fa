package org.relupath.core.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Measures of scores against their definitions, pair by pair and row by row. */
class ScoresTest {

  private static double overPairs(Scores scores) {
    double ordered = 0;
    double pairs = 0;
    for (int p = 0; p < scores.rows(); p++) {
      for (int q = 0; q < scores.rows(); q++) {
        if (scores.targets()[p] > 0 && scores.targets()[q] < 0) {
          double weight = scores.weight(p) * scores.weight(q);
          double apart = scores.predictions()[p] - scores.predictions()[q];
          ordered += apart > 0 ? weight : apart == 0 ? weight / 2 : 0;
          pairs += weight;
        }
      }
    }
    return ordered / pairs;
  }

  @RepeatedTest(20)
  void theAreaIsTheShareOfOrderedPairs(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Scores scores = ScoreSamples.of(seed, 10 + 7 * seed, 0.1 * seed - 0.5);
    assertThat(scores.auc()).as("seed %d", seed).isCloseTo(overPairs(scores), within(1e-14));
    Scores weighted = ScoreSamples.weighted(scores);
    assertThat(weighted.auc()).as("seed %d", seed).isCloseTo(overPairs(weighted), within(1e-14));
    assertThat(weighted.auc()).isEqualTo(ScoreSamples.repeated(weighted).auc());
  }

  @Test
  void theAreaOfFewRows() {
    double[] targets = {-1, 1};
    assertThat(new Scores(targets, new double[] {0, 1}).auc()).isEqualTo(1);
    assertThat(new Scores(targets, new double[] {1, 0}).auc()).isEqualTo(0);
    assertThat(new Scores(targets, new double[] {0.0, -0.0}).auc()).isEqualTo(0.5);
    assertThat(new Scores(targets, new double[] {-1e308, 1e308}).auc()).isEqualTo(1);
    assertThat(new Scores(new double[] {1, 1}, new double[] {0, 1}).auc()).isNull();
    assertThat(new Scores(new double[0], new double[0]).auc()).isNull();
    assertThat(new Scores(targets, new double[] {0, Double.NaN}).auc()).isNull();
  }

  @Test
  void squaredErrorsAndTheVarianceThatIsExplained() {
    Scores scores = new Scores(new double[] {1, 2, 6}, new double[] {1, 3, 5});
    assertThat(scores.meanTarget()).isEqualTo(3);
    assertThat(scores.meanSquaredError()).isEqualTo(2.0 / 3);
    assertThat(scores.r2(scores.meanSquaredError())).isCloseTo(1 - 2.0 / 14, within(1e-15));
    assertThat(new Scores(new double[] {2, 2}, new double[] {1, 2}).r2(0.5)).isNull();
    Scores weighted = ScoreSamples.weighted(scores);
    Scores repeated = ScoreSamples.repeated(weighted);
    assertThat(repeated.rows()).isEqualTo(6);
    assertThat(weighted.meanSquaredError()).isCloseTo(repeated.meanSquaredError(), within(1e-15));
    assertThat(weighted.r2(1)).isCloseTo(repeated.r2(1), within(1e-15));
  }

  @Test
  void rowsByLabelAndPrediction() {
    Scores scores = new Scores(new double[] {1, 1, -1, -1, -1}, new double[] {0.5, -1, 0, -2, 3});
    assertThat(Confusion.of(scores, 0)).isEqualTo(new Confusion(1, 2, 1, 1));
    assertThat(Confusion.of(scores, 0).f1()).isEqualTo(2.0 / 5);
    assertThat(Confusion.of(scores, 4)).isEqualTo(new Confusion(0, 0, 2, 3));
    assertThat(Confusion.of(scores, 4).f1()).isZero();
    assertThat(Confusion.of(scores, 4).oneSided()).isTrue();
    assertThat(Confusion.of(scores, -9).oneSided()).isTrue();
    assertThat(Confusion.of(scores, 0).oneSided()).isFalse();
    assertThat(new Confusion(0, 0, 0, 3).oneSided()).isFalse();
    Scores weighted = ScoreSamples.weighted(scores);
    assertThat(Confusion.of(weighted, 0))
        .isEqualTo(Confusion.of(ScoreSamples.repeated(weighted), 0));
  }

  @Test
  void partsAreJoined() {
    Scores one = new Scores(new double[] {1}, new double[] {2}, new double[] {3});
    Scores joined = Scores.joined(List.of(one, one));
    assertThat(joined.predictions()).containsExactly(2, 2);
    assertThat(joined.weight()).isEqualTo(6);
  }

  @Test
  void lengthsAreChecked() {
    assertThatThrownBy(() -> new Scores(new double[2], new double[1]))
        .hasMessage("predictions has 1 entries, expected 2");
    assertThatThrownBy(() -> new Scores(new double[2], new double[2], new double[1]))
        .hasMessage("weights has 1 entries, expected 2");
  }
}
