package org.relupath.core.audit.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.audit.stationarity.Examination;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.reference.Dense;

/** Every Clarke stationary network of tiny data, against a search over all of them. */
class KinkPointsTest {
  private static final Matrix NO_GATES = Matrix.zeros(0, 0);

  private static CriticalValues values(Problem problem, double lambda) {
    ConvexProgram program =
        new ConvexProgram(problem, PatternEnumeration.of(problem.x(), 20).patterns());
    return CriticalValues.of(program, NO_GATES, lambda, 1 << 16)
        .withKinks(program, lambda, 50_000)
        .orElseThrow();
  }

  private static void assertHas(CriticalValues values, double objective) {
    assertThat(values.values())
        .as("objective %s", objective)
        .anyMatch(
            v -> v.critical() && Math.abs(v.objective() - objective) <= 1e-7 * (1 + objective));
  }

  /** X = ((1, 0), (-1, 1)), y = (1, 1.5): W = (0, 1), a = 1 rests on a concave kink at 1/2. */
  @Test
  void haveTheNetworkOnAConcaveKink() {
    double[][] x = {{1, 0}, {-1, 1}};
    Problem problem = new Problem(Matrix.ofRows(x), new double[] {1, 1.5}, Model.RELU);
    Neurons network =
        new Neurons(Model.RELU, Matrix.ofRows(new double[][] {{0, 1}}), new double[] {1}, NO_GATES);
    Stationarity own = Stationarity.of(new Examination(problem, 0.5, network), 0.5);
    assertThat(own.critical()).isTrue();
    assertThat(own.directionallyStationary()).isFalse();
    assertHas(values(problem, 0.5), network.objective(problem.x(), problem.y(), 0.5));
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /** One feature and a bias, or two features, on two to four rows of whole numbers. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void haveEveryCriticalNetworkOfOneNeuron(long seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(3);
    double[][] x = new double[n][2];
    double[] y = new double[n];
    for (int r = 0; r < n; r++) {
      x[r][0] = random.nextInt(5) - 2;
      x[r][1] = seed % 2 == 0 ? 1 : random.nextInt(5) - 2;
      y[r] = (random.nextInt(9) - 4) / 2.0;
    }
    double lambda = 0.25 * (1 + random.nextInt(4));
    Problem problem = new Problem(Matrix.ofRows(x), y, Model.RELU);
    CriticalValues values = values(problem, lambda);
    List<Double> expected = oneNeuron(x, y, lambda);
    // A neuron that is worth its penalty in some direction is so in the best one.
    assertThat(expected.isEmpty()).isEqualTo(values.values().get(0).objective() >= zero(y) - 1e-9);
    expected.forEach(objective -> assertHas(values, objective));
    assertHas(values, zero(y));
    for (CriticalValue value : values.values()) {
      for (CriticalPoint point : value.points()) {
        assertThat(point.network().objective(problem.x(), y, lambda))
            .isCloseTo(value.objective(), within(1e-7 * (1 + value.objective())));
      }
    }
  }

  @Test
  void someOfTheseAreOnConcaveKinks() {
    int concave = 0;
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      double[][] x = new double[2][2];
      double[] y = new double[2];
      for (int r = 0; r < 2; r++) {
        x[r][0] = random.nextInt(5) - 2;
        x[r][1] = random.nextInt(5) - 2;
        y[r] = (random.nextInt(9) - 4) / 2.0;
      }
      Problem problem = new Problem(Matrix.ofRows(x), y, Model.RELU);
      for (CriticalValue value : values(problem, 0.25).values()) {
        for (CriticalPoint point : value.points()) {
          boolean slides =
              point.stationarity().neurons().stream().anyMatch(one -> one.concaveKinks() > 0);
          concave += point.stationarity().critical() && slides ? 1 : 0;
        }
      }
    }
    assertThat(concave).isPositive();
  }

  /**
   * Objectives of the stationary networks of one neuron W = t (cos, sin), a = s t: along a ray the
   * objective is stationary at t^2 = (s z'y - lambda) / z'z with z = (X w)_+, and around it where
   * its derivative jumps across zero or passes it.
   */
  private static List<Double> oneNeuron(double[][] x, double[] y, double lambda) {
    List<Double> angles = new ArrayList<>();
    int steps = 20_000;
    for (int i = 0; i < steps; i++) {
      // Off the axes, where the smooth minimisers of whole numbers are.
      angles.add(2 * Math.PI * (i + 0.37) / steps);
    }
    for (double[] row : x) {
      if (Dense.norm(row) > 0) {
        angles.add((Math.atan2(row[0], -row[1]) + 2 * Math.PI) % (2 * Math.PI));
        angles.add((Math.atan2(-row[0], row[1]) + 2 * Math.PI) % (2 * Math.PI));
      }
    }
    angles.sort(null);
    List<Double> found = new ArrayList<>();
    for (int sign = -1; sign <= 1; sign += 2) {
      for (int i = 0; i < angles.size(); i++) {
        double low = angles.get(i);
        double high = i + 1 < angles.size() ? angles.get(i + 1) : 2 * Math.PI + angles.get(0);
        if (high - low < 1e-12) {
          continue;
        }
        // Inside an interval the profile is smooth: a zero of its derivative.
        double a = slope(x, y, lambda, sign, low + 1e-9);
        double b = slope(x, y, lambda, sign, high - 1e-9);
        if (a * b < 0) {
          double left = low + 1e-9;
          double right = high - 1e-9;
          for (int step = 0; step < 60; step++) {
            double middle = (left + right) / 2;
            if (a * slope(x, y, lambda, sign, middle) <= 0) {
              right = middle;
            } else {
              left = middle;
            }
          }
          found.add(profile(x, y, lambda, sign, left));
        }
        // At its ends it may have a kink, of either kind.
        double before = slope(x, y, lambda, sign, low - 1e-9);
        boolean border = jumps(x, low);
        if (border && before * a < 0 && profile(x, y, lambda, sign, low) < zero(y)) {
          found.add(profile(x, y, lambda, sign, low));
        }
      }
    }
    found.removeIf(value -> value >= zero(y) - 1e-9);
    return found;
  }

  private static double zero(double[] y) {
    return 0.5 * Dense.dot(y, y);
  }

  private static boolean jumps(double[][] x, double angle) {
    double[] w = {Math.cos(angle), Math.sin(angle)};
    for (double[] row : x) {
      if (Dense.norm(row) > 0 && Math.abs(Dense.dot(row, w)) < 1e-13) {
        return true;
      }
    }
    return false;
  }

  private static double size(double[][] x, double[] y, double lambda, int sign, double[] w) {
    double zy = 0;
    double zz = 0;
    for (int r = 0; r < x.length; r++) {
      double z = Math.max(0, Dense.dot(x[r], w));
      z = z < 1e-13 ? 0 : z;
      zy += sign * z * y[r];
      zz += z * z;
    }
    return zy > lambda ? (zy - lambda) / zz : 0;
  }

  private static double profile(double[][] x, double[] y, double lambda, int sign, double angle) {
    double[] w = {Math.cos(angle), Math.sin(angle)};
    double beta = size(x, y, lambda, sign, w);
    double sum = lambda * beta;
    for (int r = 0; r < x.length; r++) {
      double f = sign * beta * Math.max(0, Dense.dot(x[r], w));
      sum += 0.5 * (f - y[r]) * (f - y[r]);
    }
    return sum;
  }

  /** d profile / d angle: the size is stationary, so only the direction moves. */
  private static double slope(double[][] x, double[] y, double lambda, int sign, double angle) {
    double[] w = {Math.cos(angle), Math.sin(angle)};
    double[] turned = {-w[1], w[0]};
    double beta = size(x, y, lambda, sign, w);
    double sum = 0;
    for (int r = 0; r < x.length; r++) {
      double score = Dense.dot(x[r], w);
      if (score > 0) {
        sum += (sign * beta * score - y[r]) * sign * beta * Dense.dot(x[r], turned);
      }
    }
    return sum;
  }
}
