package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;

class TeacherTest {
  private final Teacher teacher = Teacher.draw(5, 4, 3);

  @Test
  void targetsAreWhatTheNetworkPredicts() {
    double[][] features = new double[50][];
    double[] targets = new double[50];
    for (int r = 0; r < 50; r++) {
      double[] row = teacher.row(r, 0);
      features[r] = Arrays.copyOf(row, 4);
      targets[r] = row[4];
    }
    double[] predicted = teacher.network().predict(Matrix.ofRows(features));
    for (int r = 0; r < 50; r++) {
      assertThat(targets[r]).isCloseTo(predicted[r], within(1e-14));
    }
    assertThat(Arrays.stream(targets).distinct().count()).isGreaterThan(40);
  }

  @Test
  void noiseIsAddedToTheTargetAlone() {
    double squares = 0;
    for (int r = 0; r < 4000; r++) {
      double[] plain = teacher.row(r, 0);
      double[] noisy = teacher.row(r, 0.5);
      assertThat(Arrays.copyOf(noisy, 4)).isEqualTo(Arrays.copyOf(plain, 4));
      squares += (noisy[4] - plain[4]) * (noisy[4] - plain[4]);
    }
    // The standard error of a mean of 4000 squares of variance 1/4 is below 0.006.
    assertThat(squares / 4000).isCloseTo(0.25, within(0.03));
  }

  @Test
  void rowsDependOnSeedAndNumberAlone() {
    assertThat(Teacher.draw(5, 4, 3).row(77, 1)).isEqualTo(teacher.row(77, 1));
    assertThat(teacher.row(78, 1)).isNotEqualTo(teacher.row(77, 1));
    assertThat(Teacher.draw(6, 4, 3).row(77, 1)).isNotEqualTo(teacher.row(77, 1));
  }

  @Test
  void sizesAreRefused() {
    assertThatThrownBy(() -> Teacher.draw(1, 0, 3)).hasMessageContaining("0 features");
    assertThatThrownBy(() -> Teacher.draw(1, 2, 0)).hasMessageContaining("0 neurons");
  }
}
