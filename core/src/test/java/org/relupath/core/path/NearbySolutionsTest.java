package org.relupath.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;

/** Where solves start from networks that are near, and what that changes. */
class NearbySolutionsTest {
  private static final Settings SETTINGS = Settings.to(1e-9);

  /** 40 x 3 with a column of ones; of labels the last digits depend on the seed. */
  private static Problem problem(Model model, double noise) {
    Random random = new Random(5);
    Random own = new Random(6);
    double[][] x = Instance.gaussian(random, 40, 3);
    double[] y = new double[x.length];
    for (int r = 0; r < y.length; r++) {
      x[r][2] = 1;
      y[r] = Math.abs(x[r][0]) - x[r][1] + 0.1 * random.nextGaussian() + noise * own.nextGaussian();
    }
    return new Problem(Matrix.ofRows(x), y, model);
  }

  private static Matrix gates(int count) {
    return new GateSampler(GateSampler.Distribution.GAUSSIAN, 5, 3, true).sample(count);
  }

  private static ConvexProgram program(Problem problem) {
    return new ConvexProgram(problem, Patterns.of(problem.design(), gates(60)));
  }

  private static List<PathPoint> path(ConvexProgram program, double[] grid, NearbySolutions near) {
    return new PathSolver(program.problem(), new Pricer(program), SETTINGS)
        .from(near)
        .solve(grid, 0, point -> {});
  }

  private static int iterations(List<PathPoint> points) {
    return points.stream().mapToInt(point -> point.solution().iterations()).sum();
  }

  private static NearbySolutions near(List<PathPoint> points) {
    return new NearbySolutions(
        points.stream().mapToDouble(PathPoint::lambda).toArray(),
        points.stream().map(point -> point.solution().weights()).toList());
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  @DisplayName("a path from the path of other labels has the same optima in fewer iterations")
  void pathOfOtherLabels(Model model) {
    ConvexProgram earlier = program(problem(model, 0));
    ConvexProgram program = program(problem(model, 1e-3));
    double top = new Pricer(program).maxNorm(program.problem().y());
    double[] grid = LambdaGrid.logarithmic(0.9 * top, 0.02, 5);
    NearbySolutions near = near(path(earlier, grid, NearbySolutions.NONE));
    List<PathPoint> cold = path(program, grid, NearbySolutions.NONE);
    List<PathPoint> warm = path(program, grid, near);
    for (int k = 0; k < grid.length; k++) {
      double objective = cold.get(k).solution().certificate().objective();
      assertThat(warm.get(k).solution().certificate().relativeGap()).isLessThanOrEqualTo(1e-9);
      assertThat(warm.get(k).solution().certificate().objective())
          .isCloseTo(objective, within(2e-9 * objective));
    }
    assertThat(iterations(warm)).isLessThan(iterations(cold));
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  @DisplayName("patterns gathered from the network that was gathered before take fewer iterations")
  void gatheringAgain(Model model) {
    Problem earlier = problem(model, 0);
    Problem problem = problem(model, 1e-3);
    double lambda = 0.05 * new Pricer(program(problem)).maxNorm(problem.y());
    PatternGathering before =
        new PatternGathering(earlier, gates(5), 200, 30, 1, Settings.to(1e-6));
    PatternGathering.Gathered found =
        before.gather(new double[] {lambda}, PatternClimb.search(earlier), point -> {});
    List<PathPoint> points = new ArrayList<>();
    PatternSearch search = PatternClimb.search(problem);
    new PatternGathering(problem, gates(5), 200, 30, 1, Settings.to(1e-6))
        .gather(new double[] {lambda}, search, points::add);
    NearbySolutions near = new NearbySolutions(new double[] {lambda}, found.solutions());
    new PatternGathering(problem, found.gates(), 200, 30, 1, Settings.to(1e-6))
        .gather(new double[] {lambda}, near, search, points::add);
    double cold = points.get(0).solution().certificate().objective();
    double warm = points.get(1).solution().certificate().objective();
    assertThat(warm).isCloseTo(cold, within(1e-5 * cold));
    if (model == Model.RELU) { // gated programs of few rows take next to none, from anywhere
      assertThat(iterations(points.subList(1, 2))).isLessThan(iterations(points.subList(0, 1)));
    }
  }

  @Test
  void betweenTwoLambdasItIsOnTheLineBetweenTheirNetworks() {
    ConvexProgram program = program(problem(Model.RELU, 0));
    NearbySolutions near =
        new NearbySolutions(new double[] {4, 2}, List.of(one(program, 1), one(program, 3)));
    assertThat(near.at(3).values()).containsExactly(2, 0, 0);
    assertThat(near.at(2.5).values()).containsExactly(2.5, 0, 0);
    assertThat(near.at(4)).isEqualTo(near.weights().get(0));
    assertThat(near.at(9)).isEqualTo(near.weights().get(0));
    assertThat(near.at(2)).isEqualTo(near.weights().get(1));
    assertThat(near.at(1)).isEqualTo(near.weights().get(1));
  }

  private static BlockWeights one(ConvexProgram program, double weight) {
    return new BlockWeights(List.of(program.block(0)), 3, new double[] {weight, 0, 0});
  }

  /** Objectives from the definition. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void theStartIsTheNetworkOfSmallerObjective(Model model) {
    Problem problem = problem(model, 0);
    ConvexProgram program = program(problem);
    BlockWeights zero = BlockWeights.zero(3);
    for (double weight : new double[] {1e-3, 0.1, 1, 10, -1}) {
      BlockWeights own = one(program, weight);
      NearbySolutions near = new NearbySolutions(new double[] {1}, List.of(own));
      double loss = 0;
      for (int r = 0; r < problem.n(); r++) {
        double score = weight * problem.design().row(r)[0];
        boolean active = model == Model.RELU ? score > 0 : program.patterns().active(0, r);
        loss += Math.pow(problem.y()[r] - (active ? score : 0), 2) / 2;
      }
      boolean better = loss + 0.5 * Math.abs(weight) < problem.zeroObjective();
      assertThat(near.start(problem, 0.5, zero)).isEqualTo(better ? own : zero);
    }
    assertThat(NearbySolutions.NONE.start(problem, 1, zero)).isSameAs(zero);
  }

  @Test
  void whatIsNoPathIsRefused() {
    BlockWeights zero = BlockWeights.zero(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NearbySolutions(new double[] {1}, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NearbySolutions(new double[] {1, 1}, List.of(zero, zero)));
    assertThatIllegalStateException().isThrownBy(() -> NearbySolutions.NONE.at(1));
  }
}
