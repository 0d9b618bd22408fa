package org.relupath.core.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocCurveTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theAreaUnderItIsTheAuc(long seed) {
    Random random = new Random(seed);
    int n = 40;
    double[] targets = new double[n];
    double[] predictions = new double[n];
    double[] weights = new double[n];
    for (int r = 0; r < n; r++) {
      targets[r] = r < 2 || random.nextBoolean() ? (r == 0 ? -1 : 1) : -1;
      predictions[r] = random.nextInt(9) + targets[r];
      weights[r] = 0.5 + random.nextDouble();
    }
    Scores scores = new Scores(targets, predictions, seed % 2 == 0 ? weights : new double[0]);
    List<RocCurve.Point> points = RocCurve.of(scores, n + 1).points();
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      RocCurve.Point a = points.get(i - 1);
      RocCurve.Point b = points.get(i);
      area +=
          (b.falsePositives() - a.falsePositives()) * (a.truePositives() + b.truePositives()) / 2;
    }
    assertThat(area).as("seed " + seed).isCloseTo(scores.auc(), within(1e-12));
    assertThat(RocCurve.of(scores, 3).points())
        .hasSize(3)
        .startsWith(new RocCurve.Point(0, 0))
        .endsWith(new RocCurve.Point(1, 1));
  }

  @Test
  void oneClassHasNone() {
    assertThat(RocCurve.of(new Scores(new double[] {1, 1}, new double[] {0, 1}), 10)).isNull();
  }
}
