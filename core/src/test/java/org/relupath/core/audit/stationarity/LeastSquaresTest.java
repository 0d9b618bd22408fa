package org.relupath.core.audit.stationarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.ReferenceProjection;

/** Bounded least squares against a projection that knows cones only, and by its conditions. */
class LeastSquaresTest {

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private record Case(double[] g, List<double[]> columns, double[] lower, double[] upper) {
    static Case of(long seed) {
      Random random = new Random(seed);
      int d = 1 + random.nextInt(4);
      int m = random.nextInt(7);
      List<double[]> columns = new ArrayList<>();
      double[] lower = new double[m];
      double[] upper = new double[m];
      for (int i = 0; i < m; i++) {
        double[] column = Instance.gaussian(random, 1, d)[0];
        boolean again = i > 0 && random.nextInt(4) == 0;
        columns.add(again ? columns.get(i - 1) : Dense.times(1 / Dense.norm(column), column));
        double bound = random.nextInt(8) == 0 ? 0 : random.nextGaussian();
        lower[i] = Math.min(0, bound);
        upper[i] = Math.max(0, bound);
      }
      return new Case(Instance.gaussian(random, 1, d)[0], columns, lower, upper);
    }
  }

  /**
   * Alternating projections on the box and gradient steps: slow, and as simple as the problem is.
   */
  private static double slow(Case c) {
    double[] eta = new double[c.columns.size()];
    double best = Dense.norm(c.g);
    for (int step = 0; step < 15_000; step++) {
      double[] residual = c.g.clone();
      for (int i = 0; i < eta.length; i++) {
        Dense.add(residual, eta[i], c.columns.get(i));
      }
      best = Math.min(best, Dense.norm(residual));
      for (int i = 0; i < eta.length; i++) {
        double moved = eta[i] - Dense.dot(residual, c.columns.get(i)) / eta.length;
        eta[i] = Math.min(c.upper[i], Math.max(c.lower[i], moved));
      }
    }
    return best;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheSlowSolversAndSatisfiesItsConditions(long seed) {
    Case c = Case.of(seed);
    LeastSquares.Solution solution = LeastSquares.bounded(c.g, c.columns, c.lower, c.upper);
    assertThat(solution.kkt()).isLessThan(1e-13);
    double[] residual = c.g.clone();
    for (int i = 0; i < c.columns.size(); i++) {
      assertThat(solution.eta()[i]).isBetween(c.lower[i], c.upper[i]);
      Dense.add(residual, solution.eta()[i], c.columns.get(i));
    }
    assertThat(Dense.distance(residual, solution.residual())).isLessThan(1e-14);
    double slow = slow(c);
    assertThat(solution.norm()).isLessThanOrEqualTo(slow + 1e-12);
    assertThat(solution.norm()).isCloseTo(slow, within(1e-4));
  }

  /** With bounds out of reach it is the projection onto a cone. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheProjectionOntoAConeWhereUpperBoundsAreFar(long seed) {
    Case c = Case.of(seed);
    double[] far = new double[c.columns.size()];
    java.util.Arrays.fill(far, 1e3);
    double[] zero = new double[far.length];
    double expected =
        Dense.norm(ReferenceProjection.lawsonHanson(c.columns.toArray(double[][]::new), c.g).v());
    assertThat(LeastSquares.bounded(c.g, c.columns, zero, far).norm())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void withoutBoundsIsTheShortestMinimiser() {
    double[] e = {1, 0};
    assertThat(LeastSquares.unbounded(new double[] {-4, 3}, List.of(e, e)))
        .containsExactly(new double[] {2, 2}, within(1e-14));
    assertThat(LeastSquares.unbounded(new double[] {-4, 3}, List.of())).isEmpty();
  }
}
