package org.relupath.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RectifierTest {
  @Test
  void theSignOfAScoreDecides() {
    Random random = new Random(1);
    for (int k = 0; k < 1000; k++) {
      double score = random.nextGaussian();
      double value = random.nextGaussian();
      assertThat(Rectifier.gate(score, value)).isEqualTo(score > 0 ? value : 0.0);
      assertThat(Rectifier.active(score)).isEqualTo(score > 0 ? 1 : 0);
    }
    assertThat(Rectifier.active(0.0)).isEqualTo(1);
    assertThat(Rectifier.active(-0.0)).isZero();
    assertThat(Rectifier.gate(-Double.MIN_VALUE, Double.POSITIVE_INFINITY)).isZero();
  }

  @Test
  void theBendIsSmooth() {
    double bend = 0.01;
    double step = 1e-6;
    for (double t = -0.02; t <= 0.02; t += 1e-4) {
      double value = Rectifier.smooth(t, bend);
      assertThat(value).isCloseTo(Math.max(t, 0), within(bend / 4 + 1e-15));
      double slope = (Rectifier.smooth(t + step, bend) - Rectifier.smooth(t - step, bend)) / 2;
      assertThat(Rectifier.slope(t, bend)).isCloseTo(slope / step, within(1e-3));
    }
    assertThat(Rectifier.smooth(3, 0)).isEqualTo(3);
  }
}
