package org.relupath.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.gates.Seeds;
import org.relupath.core.reference.Huber;

/** What a loss says of itself fits together: slopes, curvatures, conjugates and dual bounds. */
class LossTest {

  static Stream<Loss> losses() {
    return Stream.of(SquaredLoss.INSTANCE, new Huber(1));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void derivativesAreThoseOfTheValue(Loss loss) {
    double h = 1e-4;
    for (double e : new double[] {-3, -0.9, -0.2, 0, 0.4, 0.8, 2.5}) {
      double slope = (loss.value(e + h) - loss.value(e - h)) / (2 * h);
      double curvature = (loss.residual(e + h) - loss.residual(e - h)) / (2 * h);
      assertThat(loss.residual(e)).isCloseTo(slope, within(1e-8));
      assertThat(loss.curvature(e)).isCloseTo(curvature, within(1e-8));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void conjugateIsAboveEveryLineAndMeetsItAtTheResidual(Loss loss) {
    for (double e = -3; e <= 3; e += 0.25) {
      double v = loss.residual(e);
      assertThat(loss.conjugate(v)).isCloseTo(v * e - loss.value(e), within(1e-14));
      for (double other = -3; other <= 3; other += 0.25) {
        assertThat(loss.conjugate(v)).isGreaterThanOrEqualTo(v * other - loss.value(other) - 1e-14);
      }
      assertThat(loss.dualCost(1.5, v)).isCloseTo(loss.conjugate(v) - 1.5 * v, within(1e-14));
      assertThat(loss.residual(loss.error(v))).isEqualTo(v);
      assertThat(loss.nearestSlope(v)).isEqualTo(v);
      assertThat(loss.conjugate(loss.nearestSlope(5 * e))).isFinite();
      double[] errors = {e, -e};
      assertThat(loss.value(loss.residuals(errors.clone()), () -> errors))
          .isEqualTo(loss.value(errors));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void dualPointsAreFeasibleAndBoundTheProgramOfOneNeuron(Loss loss) {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] y = random.doubles(12).map(z -> Seeds.gaussian(random) + z).toArray();
      double[] x = random.doubles(12).map(z -> Seeds.gaussian(random)).toArray();
      double lambda = 0.5;
      double best = Double.POSITIVE_INFINITY;
      for (double w = -3; w <= 3; w += 0.01) {
        double[] e = errors(y, x, w);
        best = Math.min(best, loss.value(e) + lambda * Math.abs(w));
      }
      for (double w : List.of(-1.0, 0.0, 0.3)) {
        double[] u = errors(y, x, w);
        double norm = 0;
        for (int r = 0; r < u.length; r++) {
          u[r] = loss.residual(u[r]);
          norm += x[r] * u[r];
        }
        Loss.DualPoint dual = loss.dualPoint(y, u, lambda, Math.abs(norm));
        assertThat(dual.scale() * Math.abs(norm)).isLessThanOrEqualTo(lambda * (1 + 1e-12));
        assertThat(dual.value()).as("seed %s", seed).isLessThanOrEqualTo(best);
      }
    }
  }

  private static double[] errors(double[] y, double[] x, double w) {
    double[] e = y.clone();
    for (int r = 0; r < e.length; r++) {
      e[r] -= x[r] * w;
    }
    return e;
  }

  @Test
  void sumsOfTheSquaredLossAreThoseOfItsRows() {
    double[] y = {1, -2, 0.5};
    double[] u = {0.5, -1, 2};
    double t = 0.75;
    double cost = 0;
    for (int r = 0; r < 3; r++) {
      cost += SquaredLoss.INSTANCE.dualCost(y[r], t * u[r]);
    }
    assertThat(SquaredLoss.dualValue(t, y, u)).isCloseTo(-cost, within(1e-15));
    assertThat(SquaredLoss.dualValue(t, 3.5, 5.25)).isCloseTo(-cost, within(1e-15));
    assertThat(SquaredLoss.INSTANCE.value(u))
        .isEqualTo(2.625)
        .isEqualTo(SquaredLoss.ofSquare(5.25));
  }

  @ParameterizedTest(name = "y''u {0}, ||u||^2 {1}, lambda {2}, max {3}")
  @CsvSource({
    "6,2,5,1,    3", // the unconstrained maximiser
    "6,2,5,2,    2.5", // cut by lambda / max
    "-6,2,5,2,   0", // never negative
    "-6,2,5,0,   0",
    "6,2,5,0,    3", // no block has anything to say
    "0,0,5,0,    0", // u = 0
    "2,2,5,5,    1"
  })
  void dualScaleIsClipped(double uy, double uu, double lambda, double max, double expected) {
    assertThat(SquaredLoss.dualScale(uy, uu, lambda, max)).isEqualTo(expected);
  }
}
