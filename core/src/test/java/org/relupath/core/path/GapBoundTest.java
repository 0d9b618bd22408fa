package org.relupath.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;

/** The bound between two lambdas of any path. */
class GapBoundTest {

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theLargestValueIsThatOfAFineGrid(long seed) {
    Random random = new Random(seed);
    double upper = 1 + random.nextDouble();
    double lower = random.nextDouble();
    GapBound bound =
        new GapBound(
            upper, lower, random.nextDouble(), 3 * random.nextDouble() - 1, random.nextDouble());
    double largest = 0;
    int count = 4000;
    for (int i = 0; i <= count; i++) {
      double value = bound.at(Math.min(upper, lower + (upper - lower) * i / count));
      assertThat(value).isLessThanOrEqualTo(bound.max() * (1 + 1e-15));
      largest = Math.max(largest, value);
    }
    assertThat(bound.max()).isCloseTo(largest, within(1e-6));
    assertThat(bound.at(upper)).isEqualTo(bound.atUpper());
    GapBound other = bound.inUnits(2, 4);
    assertThat(other.at(0.25 * (upper + lower)))
        .isCloseTo(bound.at(0.5 * (upper + lower)) / 4, within(1e-14));
  }

  /** A grid of which most lambdas are interpolated: their dual points are in between as well. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void boundsHoldBetweenInterpolatedPoints(Model model) {
    CertifiedCase known = new CertifiedCase(CertifiedCase.teacher(60, 4, 10, 6), model);
    ConvexProgram program = known.data().program(model);
    List<PathPoint> points =
        new PathSolver(
                program.problem(),
                new Solver(program.problem(), new Pricer(program)),
                Settings.to(1e-2),
                true)
            .solve(LambdaGrid.logarithmic(known.lambdaMax(), 0.05, 60), 0, point -> {});
    assertThat(points.stream().filter(point -> !point.solved())).hasSizeGreaterThan(20);
    List<GapBound> bounds = GapBound.along(program.problem(), points);
    assertThat(bounds).hasSize(59);
    DenseProgram dense = known.data().dense(model);
    for (int k = 0; k < bounds.size(); k++) {
      GapBound bound = bounds.get(k);
      double lambda = Math.sqrt(bound.upper() * bound.lower());
      double[][] w = dense.dense(points.get(k).weightsTowards(points.get(k + 1), lambda));
      double best =
          new Solver(program.problem(), new Pricer(program))
              .solve(lambda, Settings.to(1e-9))
              .certificate()
              .dualObjective();
      assertThat(dense.objective(w, lambda) - best).isLessThanOrEqualTo(bound.at(lambda));
      // The outer coefficients are the certificates of the points, but for an allowance.
      double own =
          points.get(k).solution().certificate().objective()
              - points.get(k).solution().certificate().dualObjective();
      assertThat(bound.atUpper()).isBetween(own, own + 1e-10 * known.zeroObjective());
    }
  }

  /** One neuron in one dimension, whose path is a straight line: nothing is lost in between. */
  @Test
  void oneNumber() {
    double[][] x = {{1}};
    CertifiedCase known =
        new CertifiedCase(
            new org.relupath.core.reference.Instance(
                "one", x, new double[] {2}, new double[][] {{1}}),
            Model.GATED);
    // w = 2 - lambda below lambda_max = 2, linear in lambda: interpolation is exact.
    CertifiedPath path = known.path(1e-3, 0.25, known.lambdaMax(), Settings.to(1e-12));
    assertThat(path.solves()).isLessThanOrEqualTo(4);
    assertThat(path.max()).isLessThan(1e-10);
    double[] w = path.points().get(0).weightsTowards(path.points().get(1), 1.2).weights(0);
    assertThat(w[0]).isCloseTo(0.8, within(1e-5));
  }

  @Test
  void lambdasDecrease() {
    assertThatIllegalArgumentException().isThrownBy(() -> new GapBound(1, 1, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new GapBound(1, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new GapBound(2, 1, 0, 0, 0).at(3));
  }
}
