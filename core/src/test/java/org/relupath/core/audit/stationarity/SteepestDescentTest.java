package org.relupath.core.audit.stationarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** Directional derivatives and their steepest descent, against the objective itself. */
class SteepestDescentTest {
  private static final double LAMBDA = 0.4;

  /** A neuron with several rows exactly tight, some of them repeated, mirrored or zero. */
  private record Neuron(double[][] x, double[] y, double[] w, double a) {
    static Neuron of(long seed, int d, int tight) {
      Random random = new Random(seed);
      double[][] x = Instance.gaussian(random, tight + 6, d);
      double[] w = new double[d];
      w[d - 1] = 0.5 + random.nextDouble();
      for (int r = 0; r < tight; r++) {
        x[r][d - 1] = 0;
      }
      if (tight > 3) {
        x[1] = Dense.times(2, x[0]);
        x[3] = Dense.times(-0.5, x[2]);
      }
      x[tight] = new double[d];
      double[] y = Instance.gaussian(random, 1, x.length)[0];
      return new Neuron(x, y, w, random.nextGaussian());
    }

    double[] residual() {
      return residual(w);
    }

    private double[] residual(double[] moved) {
      double[] u = y.clone();
      for (int r = 0; r < u.length; r++) {
        u[r] -= a * Math.max(0, Dense.dot(x[r], moved));
      }
      return u;
    }

    double objective(double[] moved) {
      double[] u = residual(moved);
      return 0.5 * Dense.dot(u, u) + 0.5 * LAMBDA * (Dense.dot(moved, moved) + a * a);
    }

    Slope slope() {
      return Slope.relu(Matrix.ofRows(x), residual(), LAMBDA, w, a);
    }

    /** The derivative along delta, by one-sided differences with the curvature taken out. */
    double derivative(double[] delta) {
      double step = 1e-5;
      double[] near = w.clone();
      Dense.add(near, step, delta);
      double[] far = w.clone();
      Dense.add(far, 2 * step, delta);
      return (4 * objective(near) - objective(far) - 3 * objective(w)) / (2 * step);
    }
  }

  private static double derivative(Slope slope, double[] delta) {
    double sum = Dense.dot(slope.linear(), delta);
    for (Kink kink : slope.kinks()) {
      sum += kink.slope() * Math.max(0, Dense.dot(kink.normal(), delta));
    }
    return sum;
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void slopesAreThoseOfTheObjective(long seed) {
    Neuron neuron = Neuron.of(seed, 3, 5);
    Slope slope = neuron.slope();
    assertThat(slope.tightRows()).isEqualTo(5);
    assertThat(slope.kinks()).hasSize(3);
    Random random = new Random(seed);
    for (double[] delta : Instance.gaussian(random, 40, 3)) {
      assertThat(derivative(slope, delta)).isCloseTo(neuron.derivative(delta), within(1e-8));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noDirectionIsSteeper(long seed) {
    Slope slope = Neuron.of(seed, 3, 1 + (int) (seed % 6)).slope();
    SteepestDescent descent = SteepestDescent.of(slope);
    assertThat(descent.exact()).isTrue();
    assertThat(derivative(slope, descent.delta())).isCloseTo(-descent.rate(), within(1e-12));
    double steepest = 0;
    for (double[] direction : Instance.gaussian(new Random(seed), 40_000, 3)) {
      double[] delta = Dense.times(1 / Dense.norm(direction), direction);
      steepest = Math.max(steepest, -derivative(slope, delta));
    }
    assertThat(steepest).isBetween(0.99 * descent.rate(), descent.rate() + 1e-12);
    assertThat(ClarkeDistance.of(slope).value())
        .isLessThanOrEqualTo(Math.hypot(slope.output(), descent.rate()) + 1e-12);
  }

  /** Beyond the enumerable the rate is still one that a direction has, and is marked. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void manyConcaveKinksAreSearched(long seed) {
    Slope slope = Neuron.of(seed, 6, 40).slope();
    SteepestDescent descent = SteepestDescent.of(slope);
    assertThat(slope.kinks().stream().filter(Kink::concave)).hasSizeGreaterThan(12);
    assertThat(descent.exact()).isFalse();
    assertThat(derivative(slope, descent.delta())).isLessThanOrEqualTo(-descent.rate() + 1e-12);
    assertThat(descent.rate()).isPositive();
    for (double[] direction : Instance.gaussian(new Random(seed), 2_000, 6)) {
      double[] delta = Dense.times(1 / Dense.norm(direction), direction);
      assertThat(-derivative(slope, delta)).isLessThanOrEqualTo(descent.rate() + 1e-12);
    }
  }

  /** f = |w_2| kinks: convex holds Clarke and descent at zero, concave only Clarke. */
  @Test
  void aConcaveKinkIsClarkeStationaryButLeft() {
    double[][] x = {{1, 0}, {0, 1}, {0, -1}};
    double[] w = {1, 0};
    // Along (0, t), both kinks: slopes -a u_2 (t)_+ - a u_3 (-t)_+.
    for (double side : new double[] {-1, 1}) {
      double[] u = {LAMBDA, side * 0.3, side * 0.3};
      Slope slope = Slope.relu(Matrix.ofRows(x), u, LAMBDA, w, 1);
      assertThat(slope.tightRows()).isEqualTo(2);
      assertThat(slope.kinks()).hasSize(1);
      assertThat(slope.kinks().get(0).slope()).isCloseTo(-side * 0.6, within(1e-15));
      assertThat(ClarkeDistance.of(slope).value()).isLessThan(1e-15);
      double rate = SteepestDescent.of(slope).rate();
      assertThat(rate).isCloseTo(side > 0 ? 0.3 : 0, within(1e-15));
    }
  }

  @Test
  void patternsTakeTheSideThatTheDirectionPointsTo() {
    double[][] x = {{1, 0}, {0, 1}, {0, -2}, {0, 3}, {-1, 0}};
    double[] u = {LAMBDA, 0.3, 0.1, 0.2, 0};
    Slope slope = Slope.relu(Matrix.ofRows(x), u, LAMBDA, new double[] {1, 0}, 1);
    assertThat(slope.patternTowards(new double[] {0, 1})).containsExactly(0b01011);
    assertThat(slope.patternTowards(new double[] {0, -1})).containsExactly(0b00101);
    assertThat(slope.pattern()).isEqualTo(slope.patternTowards(new double[] {1, 0}));
    assertThat(Arrays.stream(slope.active()).sum()).isEqualTo(1);
  }
}
