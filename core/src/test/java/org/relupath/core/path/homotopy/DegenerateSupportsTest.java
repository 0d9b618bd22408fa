package org.relupath.core.path.homotopy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;

/**
 * Small data with nearly all patterns: optima that are not unique, by generic and by plain ties.
 */
class DegenerateSupportsTest {

  /** A small instance with all the patterns that 2000 gates find. */
  record Case(Instance instance, Model model) {
    @Override
    public String toString() {
      return instance + " " + model;
    }
  }

  /** Rows in general position, mirrored ones, and repeated ones. */
  private static Instance tiny(int n, int d, int kind, int seed) {
    Random random = new Random(1000L * n + 100 * d + 10 * kind + seed);
    double[][] x = Instance.gaussian(random, n, d);
    double[] y = Instance.gaussian(random, 1, n)[0];
    for (int r = 0; r < n / 2 && kind > 0; r++) {
      x[n / 2 + r] = Dense.times(kind == 1 ? -1 : 1, x[r]);
      y[n / 2 + r] = kind == 1 ? y[r] : y[n / 2 + r];
    }
    String name = List.of("general", "mirrored", "repeated").get(kind);
    return new Instance(
        name + " " + n + " x " + d + " seed " + seed, x, y, Instance.gaussian(random, 2000, d));
  }

  static Stream<Case> cases() {
    return IntStream.range(0, 12)
        .mapToObj(
            i -> new Case(tiny(6 + 4 * (i % 2), 2 + i / 2 % 2, i / 4 % 3, i / 12), Model.RELU))
        .flatMap(c -> Stream.of(c, new Case(c.instance, Model.GATED)));
  }

  private static List<PathPoint> path(Case c) {
    ConvexProgram program = c.instance.program(c.model);
    double[] grid = LambdaGrid.logarithmic(c.instance.lambdaMax(c.model), 0.02, 8);
    return new PathSolver(program.problem(), new Pricer(program), Settings.to(1e-12))
        .solve(grid, 0, point -> {});
  }

  /** Where an interval ends at an optimum that is not unique there is no derivative. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void noDerivativeIsClaimedWhereTheOptimumIsNotUnique(Case c) {
    ConvexProgram program = c.instance.program(c.model);
    List<PathPoint> path = path(c);
    List<Events.Interval> intervals = new Events(program).of(path);
    SensitivityAnalysis analysis = new SensitivityAnalysis(program);
    assertThat(intervals).noneMatch(i -> i.status() == Events.Status.UNRESOLVED);
    for (int k = 1; k < path.size(); k++) {
      SensitivityAnalysis.Outcome outcome =
          analysis.at(path.get(k).lambda(), path.get(k).solution().weights());
      if (outcome.derivative().isEmpty()) {
        assertThat(outcome.reason()).isNotEmpty();
        assertThat(intervals.get(k - 1).status())
            .as(outcome.reason() + outcome.conditions())
            .isEqualTo(Events.Status.NOT_UNIQUE);
      } else {
        assertThat(outcome.conditions().orElseThrow().failures()).isEmpty();
      }
      if (intervals.get(k - 1).status() == Events.Status.RESOLVED) {
        assertThat(outcome.derivative()).isPresent();
      } else {
        assertThat(intervals.get(k - 1).reason()).contains("have rank");
      }
    }
  }

  @Test
  void bothUniqueAndOtherOptimaOccur() {
    List<Events.Status> statuses =
        cases()
            .flatMap(c -> new Events(c.instance.program(c.model)).of(path(c)).stream())
            .map(Events.Interval::status)
            .toList();
    assertThat(statuses).contains(Events.Status.RESOLVED, Events.Status.NOT_UNIQUE);
  }

  @Test
  void dependentFitsAreReportedWithTheirDistance() {
    // D_1 + D_2 = D_3 on these rows, so w on block 3 fits as w on blocks 1 and 2.
    double[][] x = {{1, 0.1}, {-1, 0.1}};
    double[][] gates = {{1, 0}, {-1, 0}, {0, 1}};
    Instance instance = new Instance("sum of patterns", x, new double[] {1, 2}, gates);
    var program = instance.program(Model.GATED);
    assertThat(program.patterns().count()).isEqualTo(3);
    double[] w = {0.3, 0.4};
    var weights =
        new org.relupath.core.program.BlockWeights(
            List.of(program.block(0), program.block(1), program.block(2)),
            2,
            new double[] {w[0], w[1], w[0], w[1], w[0], w[1]});
    var outcome = new SensitivityAnalysis(program).at(0.01, weights);
    assertThat(outcome.derivative()).isEmpty();
    assertThat(outcome.conditions()).isEmpty();
    assertThat(outcome.reason()).contains("dependent").contains("distance");
  }
}
