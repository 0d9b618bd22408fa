package org.relupath.core.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.data.RawColumn;

/** Ridge regression against the normal equations, and leaving rows out one by one. */
class RidgeTest {
  private static final int PENALTIES = 21;

  private static Observations rows(long seed, int n, int d, boolean weighted) {
    SplittableRandom random = new SplittableRandom(seed);
    Matrix x = Matrix.zeros(n, d);
    double[] y = new double[n];
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < d; k++) {
        x.values()[r * d + k] = Math.pow(10, k - 1) * (random.nextDouble() + k);
        y[r] += x.get(r, k) * Math.pow(10, 1 - k) * (k + 1);
      }
      y[r] += random.nextDouble();
    }
    double[] weights =
        weighted ? IntStream.range(0, n).mapToDouble(r -> 1 + r % 3).toArray() : new double[0];
    List<RawColumn> columns =
        IntStream.range(0, d).mapToObj(k -> RawColumn.number("x" + k)).toList();
    return new Observations(columns, x, y, weights);
  }

  /** w and b of the normal equations with the intercept as a column, by Gaussian elimination. */
  private static double[] direct(Matrix x, double[] y, double[] weights, double penalty) {
    int d = x.columns();
    double[][] a = new double[d + 1][d + 2];
    for (int r = 0; r < x.rows(); r++) {
      double[] row = new double[d + 2];
      System.arraycopy(x.row(r), 0, row, 0, d);
      row[d] = 1;
      row[d + 1] = y[r];
      double weight = weights.length == 0 ? 1 : weights[r];
      for (int i = 0; i <= d; i++) {
        for (int j = 0; j <= d + 1; j++) {
          a[i][j] += weight * row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < d; i++) {
      a[i][i] += penalty;
    }
    for (int i = 0; i <= d; i++) {
      for (int j = i + 1; j <= d; j++) {
        double factor = a[j][i] / a[i][i];
        for (int k = i; k <= d + 1; k++) {
          a[j][k] -= factor * a[i][k];
        }
      }
    }
    double[] w = new double[d + 1];
    for (int i = d; i >= 0; i--) {
      double sum = a[i][d + 1];
      for (int k = i + 1; k <= d; k++) {
        sum -= a[i][k] * w[k];
      }
      w[i] = sum / a[i][i];
    }
    return w;
  }

  private static double predicted(double[] w, double[] x) {
    double sum = w[x.length];
    for (int k = 0; k < x.length; k++) {
      sum += w[k] * x[k];
    }
    return sum;
  }

  @RepeatedTest(6)
  void predictsAsTheNormalEquationsDoAndLeavesOneOut(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Observations rows = rows(seed, 12 + seed, 1 + seed % 3, seed % 2 == 0);
    Preprocessing preprocessing =
        Preprocessing.fit(rows, new Preprocessing.Options(true, seed % 3 != 0, null, true));
    Matrix x = preprocessing.design(rows.features());
    Ridge ridge = Ridge.fit(rows, preprocessing);
    double[][] predictions = ridge.predict(rows.features());
    assertThat(ridge.penalties()).hasSize(PENALTIES).isSortedAccordingTo((a, b) -> a > b ? -1 : 1);
    for (int k = 0; k < PENALTIES; k += 5) {
      double penalty = ridge.penalties()[k];
      double[] w = direct(x, rows.targets(), rows.weights(), penalty);
      double left = 0;
      double total = 0;
      for (int r = 0; r < rows.rows(); r++) {
        int out = r;
        assertThat(predictions[k][r])
            .as("seed %d penalty %s row %d", seed, penalty, r)
            .isCloseTo(predicted(w, x.row(r)), within(1e-7));
        int[] others = IntStream.range(0, rows.rows()).filter(i -> i != out).toArray();
        Observations rest = rows.select(others);
        double[] without = direct(x.selectRows(others), rest.targets(), rest.weights(), penalty);
        double error = rows.targets()[r] - predicted(without, x.row(r));
        double weight = rows.weighted() ? rows.weights()[r] : 1;
        left += weight * error * error;
        total += weight;
      }
      assertThat(ridge.leaveOneOut()[k])
          .as("seed %d penalty %s", seed, penalty)
          .isCloseTo(left / total, within(1e-6 * (1 + left / total)));
    }
  }

  /** More columns than rows, more rows than a block, and columns that say nothing. */
  @Test
  void shapesAreAnyThatThereAre() {
    Observations wide = rows(7, 4, 9, false);
    Ridge ridge = Ridge.fit(wide, Preprocessing.fit(wide, Preprocessing.Options.DEFAULT));
    assertThat(ridge.predict(wide.features())[PENALTIES - 1][2])
        .isCloseTo(wide.targets()[2], within(1e-4));
    assertThat(Arrays.stream(ridge.leaveOneOut())).allMatch(Double::isFinite);

    Observations tall = rows(8, 3000, 2, true);
    Ridge blocks = Ridge.fit(tall, Preprocessing.fit(tall, Preprocessing.Options.DEFAULT));
    Matrix x = blocks.preprocessing().design(tall.features());
    double[] w = direct(x, tall.targets(), tall.weights(), blocks.penalties()[9]);
    assertThat(blocks.predict(tall.features())[9][2999])
        .isCloseTo(predicted(w, x.row(2999)), within(1e-8));

    Observations constant =
        new Observations(
            List.of("x"), new Matrix(3, 1, new double[] {5, 5, 5}), new double[] {1, 2, 6});
    Ridge mean = Ridge.fit(constant, Preprocessing.fit(constant, Preprocessing.Options.DEFAULT));
    assertThat(mean.predict(constant.features())[0]).containsExactly(3, 3, 3);
    assertThat(mean.leaveOneOut()[0]).isCloseTo((2.25 * (4 + 1 + 9)) / 3, within(1e-12));
  }

  @Test
  void twoLabelsAreSigns() {
    Observations rows =
        new Observations(
            List.of("x"), new Matrix(4, 1, new double[] {0, 1, 2, 3}), new double[] {4, 4, 7, 7});
    Ridge ridge = Ridge.fit(rows, Preprocessing.fit(rows, Preprocessing.Options.DEFAULT));
    assertThat(ridge.intercept()).isZero();
    assertThat(ridge.predict(rows.features())[PENALTIES - 1][3]).isCloseTo(1.2, within(1e-6));
  }
}
