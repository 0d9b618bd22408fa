package org.relupath.core.program.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/** Bounds where rows are all but parallel, against networks that are written down by hand. */
class DualNormsTest {
  private static final int ROWS = 8;

  static Stream<Arguments> offsets() {
    return Stream.of(0.0, 2000.0, 3e5, 1e6, 1.7e9, 1e12)
        .flatMap(from -> Stream.of(1.0, 28.5).map(step -> Arguments.of(from, step)));
  }

  private static Matrix line(double from, double step) {
    Matrix x = Matrix.zeros(ROWS, 2);
    for (int r = 0; r < ROWS; r++) {
      x.values()[2 * r] = from + step * r;
      x.values()[2 * r + 1] = 1;
    }
    return x;
  }

  private static ConvexProgram program(Matrix x, double[] y) {
    return new ConvexProgram(
        new Problem(x, y, Model.RELU), PatternEnumeration.of(x, 1000).patterns());
  }

  /** max_b ||v_b|| is the largest |sum_r u_r (x_r'w)_+| over unit w: at least that of kinks. */
  @ParameterizedTest(name = "from {0} on, {1} apart")
  @MethodSource("offsets")
  void areNotBelowWhatSomeNeuronReaches(double from, double step) {
    Random random = new Random(5);
    Matrix x = line(from, step);
    for (int trial = 0; trial < 5; trial++) {
      double[] u = random.doubles(ROWS, -100, 100).toArray();
      double norm = new Pricer(program(x, u)).maxNorm(u);
      double reached = 0;
      for (int kink = 0; kink < ROWS; kink++) {
        for (int side = -1; side <= 1; side += 2) {
          BigDecimal sum = BigDecimal.ZERO;
          for (int r = 0; r < ROWS; r++) {
            BigDecimal past =
                new BigDecimal(x.get(r, 0))
                    .subtract(new BigDecimal(x.get(kink, 0)))
                    .multiply(BigDecimal.valueOf(side));
            sum = past.signum() > 0 ? sum.add(past.multiply(new BigDecimal(u[r]))) : sum;
          }
          double length = Math.hypot(1, x.get(kink, 0));
          double value = sum.abs().round(MathContext.DECIMAL64).doubleValue() / length;
          reached = Math.max(reached, value);
        }
      }
      assertThat(norm).isGreaterThanOrEqualTo(reached * (1 - 1e-14));
    }
  }

  /** y = |x - c|: two neurons, one a side, make the loss zero. */
  @ParameterizedTest(name = "from {0} on, {1} apart")
  @MethodSource("offsets")
  void leaveADualValueBelowAnyNetwork(double from, double step) {
    Matrix x = line(from, step);
    double c = from + 3.5 * step;
    double[] y = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      y[r] = Math.abs(x.get(r, 0) - c);
    }
    for (double lambda : new double[] {1e-6, 1e-3, 1e-1}) {
      Solution solution =
          new Solver(new Problem(x, y, Model.RELU), new Pricer(program(x, y)))
              .solve(lambda, new Settings(1e-8, 60, 5));
      double byHand = 2 * lambda * Math.hypot(1, c);
      assertThat(solution.certificate().dualObjective()).isLessThanOrEqualTo(byHand * (1 + 1e-12));
    }
  }
}
