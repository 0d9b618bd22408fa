package org.relupath.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
