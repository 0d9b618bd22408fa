package org.relupath.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.Instance.Shape;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;

/** Every lambda of a range is as near to optimal as the path says, by sums written apart. */
class CertifiedPathTest {
  private static final int DENSE = 1000;

  static Stream<CertifiedCase> cases() {
    return CertifiedCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyLambdaOfADenseGridIsWithinTheBound(CertifiedCase known) {
    double epsilon = 1e-3;
    CertifiedPath path = known.path(epsilon, 0.01);
    double allowed = epsilon * known.zeroObjective();
    assertThat(path.max()).isBetween(0.1 * allowed, allowed);
    Definitions definitions = new Definitions(known, path);
    double[] grid = LambdaGrid.logarithmic(known.lambdaMax(), 0.01, DENSE);
    int interval = 0;
    for (double lambda : grid) {
      while (interval < path.bounds().size() - 1 && lambda < path.bounds().get(interval).lower()) {
        interval++;
      }
      GapBound bound = path.bounds().get(interval);
      double gap = definitions.gap(interval, lambda);
      assertThat(gap)
          .as("lambda %s", lambda)
          .isLessThanOrEqualTo(bound.at(Math.max(lambda, bound.lower())))
          .isLessThanOrEqualTo(bound.max());
      assertThat(bound.max()).isLessThanOrEqualTo(allowed);
    }
  }

  /** Weights and dual points in between, and what they prove, without the code under test. */
  private static final class Definitions {
    private final DenseProgram program;
    private final List<PathPoint> points;
    private final List<double[][]> weights = new ArrayList<>();
    private final List<double[]> duals = new ArrayList<>();

    Definitions(CertifiedCase known, CertifiedPath path) {
      program = known.data().dense(known.model());
      points = path.points();
      for (PathPoint point : points) {
        double[][] w = program.dense(point.solution().weights());
        weights.add(w);
        duals.add(Dense.times(point.solution().certificate().dualScale(), program.residual(w)));
      }
    }

    /** F(w) - G(u) at the interpolated weights and the interpolated dual point, made feasible. */
    double gap(int interval, double lambda) {
      double above = points.get(interval).lambda();
      double t = (above - lambda) / (above - points.get(interval + 1).lambda());
      double[][] w = new double[program.blocks()][];
      for (int b = 0; b < w.length; b++) {
        w[b] = Dense.times(1 - t, weights.get(interval)[b]);
        Dense.add(w[b], t, weights.get(interval + 1)[b]);
      }
      double[] u = Dense.times(1 - t, duals.get(interval));
      Dense.add(u, t, duals.get(interval + 1));
      return program.objective(w, lambda) - program.dual(u, lambda);
    }
  }

  static Stream<CertifiedCase> large() {
    return CertifiedCase.large();
  }

  /** About as many as on the problems of the benchmark; rounding may add one or two. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("large")
  void fewLambdasAreSolved(CertifiedCase known) {
    assertThat(known.path(1e-2, 0.01).solves()).isBetween(2, 9);
    assertThat(known.path(1e-3, 0.01).solves()).isBetween(5, 19);
    assertThat(known.path(1e-4, 0.01).solves()).isBetween(12, 47);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theOptimumInBetweenIsWithinTheBoundToo(CertifiedCase known) {
    CertifiedPath path = known.path(0.01, 0.02);
    ConvexProgram program = known.data().program(known.model());
    for (int k = 0; k < path.bounds().size(); k++) {
      GapBound bound = path.bounds().get(k);
      double lambda = Math.sqrt(bound.upper() * bound.lower());
      Certificate optimum =
          new Solver(program.problem(), new Pricer(program))
              .solve(lambda, Settings.to(1e-10))
              .certificate();
      double[][] w =
          known
              .data()
              .dense(known.model())
              .dense(path.points().get(k).weightsTowards(path.points().get(k + 1), lambda));
      double objective = known.data().dense(known.model()).objective(w, lambda);
      assertThat(objective - optimum.dualObjective()).isLessThanOrEqualTo(bound.at(lambda));
      assertThat(objective).isGreaterThanOrEqualTo(optimum.dualObjective() * (1 - 1e-12));
    }
  }

  @ParameterizedTest(name = "epsilon {0}")
  @ValueSource(doubles = {0.9, 0.5, 0.1, 1e-6})
  void looseAndTightBounds(double epsilon) {
    CertifiedCase known = new CertifiedCase(CertifiedCase.teacher(30, 3, 6, 2), Model.RELU);
    CertifiedPath path = known.path(epsilon, 0.1);
    assertThat(path.max()).isLessThanOrEqualTo(epsilon * known.zeroObjective());
    Definitions definitions = new Definitions(known, path);
    for (int k = 0; k < path.bounds().size(); k++) {
      GapBound bound = path.bounds().get(k);
      double lambda = Math.sqrt(bound.upper() * bound.lower());
      assertThat(definitions.gap(k, lambda)).isLessThanOrEqualTo(bound.at(lambda));
    }
  }

  @ParameterizedTest(name = "smallest ratio {0}")
  @ValueSource(doubles = {0.999999, 0.9, 1e-3, 1e-5})
  void rangesOfAnyLength(double minRatio) {
    CertifiedCase known = new CertifiedCase(CertifiedCase.teacher(25, 3, 6, 4), Model.GATED);
    CertifiedPath path = known.path(1e-2, minRatio);
    assertThat(path.max()).isLessThanOrEqualTo(1e-2 * known.zeroObjective());
    assertThat(path.points().get(0).lambda()).isEqualTo(known.lambdaMax());
    assertThat(path.points().get(path.points().size() - 1).lambda())
        .isEqualTo(known.lambdaMax() * minRatio);
    for (int k = 1; k < path.points().size(); k++) {
      assertThat(path.points().get(k).index()).isEqualTo(k);
      assertThat(path.bounds().get(k - 1).lower()).isEqualTo(path.points().get(k).lambda());
      assertThat(path.bounds().get(k - 1).upper()).isEqualTo(path.points().get(k - 1).lambda());
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void shapesThatBreakSolvers(Shape shape) {
    for (Model model : Model.values()) {
      CertifiedCase known = new CertifiedCase(Instance.of(shape, 5), model);
      CertifiedPath path = known.path(1e-3, 0.05);
      assertThat(path.max()).isBetween(0.0, 1e-3 * known.zeroObjective());
      Definitions definitions = new Definitions(known, path);
      for (int k = 0; k < path.bounds().size(); k++) {
        GapBound bound = path.bounds().get(k);
        double lambda = 0.5 * (bound.upper() + bound.lower());
        assertThat(definitions.gap(k, lambda)).isLessThanOrEqualTo(bound.at(lambda));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void theLargestLambdaHasTheZeroNetworkExactly(Model model) {
    CertifiedCase known = new CertifiedCase(CertifiedCase.teacher(20, 3, 5, 1), model);
    PathPoint top = known.path(0.1, 0.5).points().get(0);
    assertThat(top.solution().weights().size()).isZero();
    assertThat(top.solution().certificate().objective())
        .isCloseTo(known.zeroObjective(), within(1e-14 * known.zeroObjective()));
    assertThat(top.solution().certificate().dualObjective())
        .isCloseTo(
            known.data().dense(model).dual(known.data().y(), top.lambda()),
            within(1e-12 * known.zeroObjective()));
    assertThat(known.path(0.1, 0.5).bounds().get(0).atUpper())
        .isLessThan(1e-11 * known.zeroObjective());
  }

  /** No pattern sees y, or there is nothing to see: the network is zero at every lambda. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void zeroAtEveryLambda(Model model) {
    double[][] x = {{1, 0}, {0, 1}, {0, 0}};
    double[][] gates = {{1, 1}, {1, -1}};
    for (double[] y : List.of(new double[3], new double[] {0, 0, 2})) {
      CertifiedCase known = new CertifiedCase(new Instance("zero", x, y, gates), model);
      assertThat(known.lambdaMax()).isZero();
      CertifiedPath path = known.path(1e-3, 0.01, 1, Settings.to(0.5));
      assertThat(path.max()).isBetween(0.0, 1e-11 * known.zeroObjective());
      assertThat(path.points()).allMatch(p -> p.solution().weights().compact().size() == 0);
    }
  }

  @Test
  void aLimitLeavesAnHonestBound() {
    CertifiedCase known = new CertifiedCase(CertifiedCase.teacher(60, 4, 12, 3), Model.RELU);
    Settings limited = new Settings(0.5, 1, Double.POSITIVE_INFINITY);
    CertifiedPath path = known.path(1e-6, 0.1, known.lambdaMax(), limited);
    assertThat(path.max()).isGreaterThan(1e-6 * known.zeroObjective());
    assertThat(path.points()).anyMatch(p -> p.solution().status() != Status.OPTIMAL);
    Definitions definitions = new Definitions(known, path);
    for (int k = 0; k < path.bounds().size(); k++) {
      GapBound bound = path.bounds().get(k);
      double lambda = 0.5 * (bound.upper() + bound.lower());
      assertThat(definitions.gap(k, lambda)).isLessThanOrEqualTo(bound.at(lambda));
    }
  }

  @Test
  void aTighterToleranceHoldsForSolvedLambdas() {
    CertifiedCase known = new CertifiedCase(CertifiedCase.teacher(60, 4, 12, 3), Model.GATED);
    CertifiedPath path = known.path(1e-2, 0.1, known.lambdaMax(), Settings.to(1e-9));
    assertThat(path.points())
        .allSatisfy(p -> assertThat(p.solution().certificate().relativeGap()).isBetween(0.0, 1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1e-3, 2, Double.NaN})
  void epsilonIsAFraction(double epsilon) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertifiedPathSolver.tolerance(epsilon))
        .withMessageContaining("epsilon is " + epsilon);
  }
}
