package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.reference.Instance;

/** Column generation over all patterns against programs over every one of them. */
final class PatternGenerationTest {
  private static final double[] RATIOS = {0.5, 0.1, 0.03, 0.01, 0.003, 0.001};

  /** Rows of tiny problems. */
  enum Rows {
    GAUSSIAN,
    /** Far from the origin, beside a column of ones. */
    UNCENTRED,
    /** Whole numbers from -1 to 1: many patterns share borders, many rows are alike. */
    GRID
  }

  @ParameterizedTest
  @CsvSource({
    "RELU, GAUSSIAN, 0",
    "RELU, UNCENTRED, 0",
    "RELU, GRID, 0",
    "GATED, GAUSSIAN, 1",
    "GATED, UNCENTRED, 1" // of a grid the open cells alone are claimed
  })
  @DisplayName("60 tiny problems at 6 lambdas: the optimum over all patterns")
  void findsTheGlobalOptimumOfTinyProblems(
      Model model, Rows rows, int allowed, TestReporter reporter) {
    List<String> missed = new ArrayList<>();
    int cases = 0;
    for (int seed = 0; seed < 60; seed++) {
      Problem problem = tiny(seed, model, rows);
      PatternEnumeration cells = PatternEnumeration.of(problem.x(), 100_000);
      ConvexProgram all = new ConvexProgram(problem, cells.patterns());
      Pricer pricer = new Pricer(all);
      Solver exhaustive = new Solver(problem, pricer);
      double top = pricer.maxNorm(problem.y());
      for (double ratio : RATIOS) {
        double lambda = ratio * top;
        double best = exhaustive.solve(lambda, Settings.to(1e-9)).certificate().dualObjective();
        PatternGeneration generation = generation(problem, 5000, seed);
        Solution found =
            generation.solve(lambda, Settings.to(1e-9), BlockWeights.zero(problem.d()));
        double excess = found.certificate().objective() / best - 1;
        assertThat(excess).isGreaterThan(-1e-8);
        cases++;
        if (excess > 1e-6) {
          missed.add(
              "seed %d ratio %g: %.2e above, %s of %d patterns"
                  .formatted(seed, ratio, excess, generation.count(), all.patterns().count()));
        }
      }
    }
    reporter.publishEntry(model + " " + rows + " missed of " + cases, missed.toString());
    assertThat(missed).as("missed of " + cases).hasSizeLessThanOrEqualTo(allowed);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  @DisplayName("the certificate holds over the gathered patterns, recomputed from scratch")
  void certifiesOverTheGatheredPatterns(Model model) {
    Problem problem = tiny(7, model);
    PatternGeneration generation = generation(problem, 500, 7);
    double lambda = 0.05 * lambdaMax(problem);
    Solution solution = generation.solve(lambda, Settings.to(1e-9), zero(problem));
    ConvexProgram gathered =
        new ConvexProgram(problem, Patterns.of(problem.x(), generation.gates()));
    assertThat(gathered.patterns().count()).isEqualTo(generation.count());
    double[] u = new Certifier(problem).residual(solution.weights());
    double max = Math.max(lambda, new Pricer(gathered).maxNorm(u));
    double uy = Vectors.dot(u, problem.y());
    double uu = Vectors.dot(u, u);
    double t = Math.min(uy / uu, lambda / max);
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    assertThat(solution.certificate().maxNorm()).isCloseTo(max, within(1e-12 * max));
    assertThat(solution.certificate().dualObjective())
        .isCloseTo(t * uy - t * t * uu / 2, within(1e-12 * problem.zeroObjective()));
    assertThat(generation.searched().searchedGap()).isBetween(0.0, 1e-9);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void keepsToTheLimitOfPatternsAndSaysWhatIsLeft(Model model) {
    Problem problem = tiny(3, model);
    PatternGeneration generation = generation(problem, 8, 3);
    double lambda = 0.01 * lambdaMax(problem);
    Solution solution = generation.solve(lambda, Settings.to(1e-8), zero(problem));
    assertThat(generation.count()).isEqualTo(8);
    assertThat(generation.gates().rows()).isEqualTo(8);
    assertThat(solution.certificate().relativeGap()).isLessThan(1e-8);
    assertThat(generation.searched().bestViolation()).isGreaterThan(1.001);
    assertThat(generation.searched().searchedGap()).isGreaterThan(1e-4);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void theFirstPatternsHaveTheLambdaMaxOfAllPatterns(Model model) {
    Problem problem = tiny(4, model);
    PatternGeneration generation = generation(problem, 100, 4);
    generation.gatherFirst();
    ConvexProgram first = new ConvexProgram(problem, Patterns.of(problem.x(), generation.gates()));
    double all = lambdaMax(problem);
    assertThat(new Pricer(first).maxNorm(problem.y())).isCloseTo(all, within(1e-9 * all));
    Solution top = generation.solve(all * (1 + 1e-9), Settings.to(1e-9), zero(problem));
    assertThat(top.weights().compact().size()).isZero();
    assertThat(top.certificate().relativeGap()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Instance.Shape.class)
  @DisplayName(
      "data that has broken solvers: never above the optimum over the gates it starts from")
  void isNeverWorseThanTheGatesItStartsFrom(Instance.Shape shape) {
    for (Model model : Model.values()) {
      ConvexProgram given = Instance.of(shape, 2).program(model);
      Problem problem = given.problem();
      Matrix gates = Matrix.ofRows(Instance.of(shape, 2).gates());
      double lambda = 0.1 * new Pricer(given).maxNorm(problem.y());
      PatternGeneration generation =
          new PatternGeneration(problem, gates, PatternClimb.search(problem), 300, 3, 2);
      Solution found = generation.solve(lambda, Settings.to(1e-8), zero(problem));
      double before =
          new Solver(problem, new Pricer(given))
              .solve(lambda, Settings.to(1e-8))
              .certificate()
              .objective();
      assertThat(found.status()).as(model.name()).isEqualTo(Status.OPTIMAL);
      assertThat(found.certificate().objective()).isLessThanOrEqualTo(before * (1 + 2e-8));
      assertThat(generation.searched().searchedGap()).isLessThanOrEqualTo(1e-8);
    }
  }

  @Test
  void aLimitOfNoneIsRefused() {
    Problem problem = tiny(1, Model.RELU);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> generation(problem, 0, 1))
        .withMessageContaining("limit is 0");
  }

  private static BlockWeights zero(Problem problem) {
    return BlockWeights.zero(problem.d());
  }

  private static double lambdaMax(Problem problem) {
    PatternEnumeration cells = PatternEnumeration.of(problem.x(), 100_000);
    return new Pricer(new ConvexProgram(problem, cells.patterns())).maxNorm(problem.y());
  }

  /** n &lt;= 30, d &lt;= 3, every other one with a column of ones. */
  private static Problem tiny(int seed, Model model) {
    return tiny(seed, model, Rows.GAUSSIAN);
  }

  private static Problem tiny(int seed, Model model, Rows rows) {
    Random random = new Random(1000 + seed);
    int d = 2 + seed % 2;
    int n = 10 + random.nextInt(21);
    double[][] x = Instance.gaussian(random, n, d);
    double[] y = new double[n];
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < d; k++) {
        x[r][k] =
            switch (rows) {
              case GAUSSIAN -> x[r][k];
              case UNCENTRED -> x[r][k] + 20;
              case GRID -> Math.rint(x[r][k]);
            };
      }
      if (seed % 4 >= 2 || rows == Rows.UNCENTRED) {
        x[r][d - 1] = 1;
      }
      y[r] = Math.sin(2 * x[r][0]) + 0.5 * random.nextGaussian() + (x[r][0] > x[r][1] ? 1 : 0);
    }
    return new Problem(Matrix.ofRows(x), y, model);
  }

  private static PatternGeneration generation(Problem problem, int limit, long seed) {
    Matrix initial =
        new GateSampler(GateSampler.Distribution.GAUSSIAN, seed, problem.d(), false).sample(5);
    return new PatternGeneration(problem, initial, PatternClimb.search(problem), limit, 50, seed);
  }
}
