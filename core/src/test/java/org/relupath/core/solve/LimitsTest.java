package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.Instance.Shape;

/** How solves begin and end: warm starts, limits, and statuses that say what happened. */
class LimitsTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  record Case(Instance instance, Model model) {
    @Override
    public String toString() {
      return instance + " " + model;
    }

    double lambda(double ratio) {
      return ratio * instance.lambdaMax(model);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Shape.GAUSSIAN, Shape.TALL, Shape.WIDE, Shape.ONE_HOT)
        .flatMap(shape -> LongStream.range(30, 32).mapToObj(seed -> Instance.of(shape, seed)))
        .flatMap(instance -> Stream.of(Model.values()).map(model -> new Case(instance, model)));
  }

  /** The status follows from the gap, and the gap is no smaller than it really is. */
  private static void assertHonest(Case c, double lambda, Settings settings, Solution solution) {
    Certificate proof = solution.certificate();
    double gap = proof.relativeGap();
    assertThat(solution.status() == Status.OPTIMAL).isEqualTo(gap <= settings.tolerance());
    if (solution.status() != Status.OPTIMAL) {
      assertThat(solution.status() == Status.ALMOST).isEqualTo(gap <= 100 * settings.tolerance());
    }
    DenseProgram dense = c.instance.dense(c.model);
    double[][] w = dense.dense(solution.weights());
    double objective = dense.objective(w, lambda);
    double dual = dense.dual(dense.residual(w), lambda);
    assertThat(proof.dualScale()).isNotNegative();
    assertThat(proof.dualObjective()).isLessThanOrEqualTo(dual + 1e-10 * objective);
    assertThat((objective - dual) / objective).isLessThanOrEqualTo(gap + 1e-10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void anIterationLimitIsKeptAndReported(Case c) {
    double lambda = c.lambda(0.01);
    Solver solver = c.instance.solver(c.model);
    int reached = solver.solve(lambda, Settings.DEFAULT).iterations();
    for (int limit = 1; limit < reached + 2; limit++) {
      Settings settings = new Settings(1e-8, limit, NONE);
      Solution solution = c.instance.solver(c.model).solve(lambda, settings);
      assertThat(solution.iterations()).isLessThanOrEqualTo(limit);
      assertHonest(c, lambda, settings, solution);
      assertThat(solution.status()).isNotEqualTo(Status.TIME_LIMIT);
    }
    assertThat(c.instance.solver(c.model).solve(lambda, new Settings(1e-8, 1, NONE)).status())
        .isEqualTo(Status.ITERATION_LIMIT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aTimeLimitIsReportedWithACertificateOfWhatThereIs(Case c) {
    double lambda = c.lambda(0.01);
    Settings settings = new Settings(1e-8, 1000, 1e-9);
    Solution solution = c.instance.solver(c.model).solve(lambda, settings);
    assertThat(solution.status()).isEqualTo(Status.TIME_LIMIT);
    assertThat(solution.seconds()).isPositive();
    assertHonest(c, lambda, settings, solution);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aToleranceBelowRoundingEndsWithTheBestGapReached(Case c) {
    double lambda = c.lambda(0.03);
    Settings settings = Settings.to(1e-300);
    Solution solution = c.instance.solver(c.model).solve(lambda, settings);
    assertThat(solution.status()).isIn(Status.ITERATION_LIMIT, Status.OPTIMAL);
    assertThat(solution.certificate().relativeGap()).isLessThan(1e-11);
    assertThat(solution.iterations()).isLessThan(200);
    assertHonest(c, lambda, settings, solution);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theSolutionItselfIsAStartThatNeedsNoStep(Case c) {
    double lambda = c.lambda(0.05);
    Solution cold = c.instance.solve(c.model, lambda, 1e-10);
    Solution again = c.instance.solver(c.model).solve(lambda, Settings.to(1e-10), cold.weights());
    assertThat(again.iterations()).isZero();
    assertThat(again.status()).isEqualTo(Status.OPTIMAL);
    assertThat(again.weights().values()).containsExactly(cold.weights().values());
  }

  /** A lambda this small is approached through larger ones: the limit is for all of it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theIterationLimitCoversTheApproachToSmallLambdas(Case c) {
    double lambda = c.lambda(1e-4);
    Settings settings = new Settings(1e-8, 3, NONE);
    Solution solution = c.instance.solver(c.model).solve(lambda, settings);
    assertThat(solution.iterations()).isLessThanOrEqualTo(3);
    assertHonest(c, lambda, settings, solution);
  }

  @ParameterizedTest
  @EnumSource
  void warmStartsCutIterations(Model model) {
    int warmSteps = 0;
    int coldSteps = 0;
    for (Case c : cases().filter(c -> c.model == model).toList()) {
      BlockWeights start = BlockWeights.zero(c.instance.x()[0].length);
      for (double ratio = 0.5; ratio > 0.05; ratio *= 0.8) {
        double lambda = c.lambda(ratio);
        Solution warm = c.instance.solver(model).solve(lambda, Settings.DEFAULT, start);
        Solution cold = c.instance.solve(model, lambda, 1e-8);
        warmSteps += warm.newtonSteps();
        coldSteps += cold.newtonSteps();
        start = warm.weights();
      }
    }
    assertThat(warmSteps).isLessThan((int) (0.8 * coldSteps));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void anAbsurdStartIsRecoveredFrom(Case c) {
    double lambda = c.lambda(0.1);
    Solution expected = c.instance.solve(c.model, lambda, 1e-8);
    for (double factor : new double[] {-1, 1e8}) {
      if (factor < 0 && c.model == Model.RELU) {
        continue; // not inside the cones
      }
      BlockWeights start = expected.weights().combine(factor, BlockWeights.zero(0), 0);
      Solution solution = c.instance.solver(c.model).solve(lambda, Settings.DEFAULT, start);
      assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
      assertHonest(c, lambda, Settings.DEFAULT, solution);
    }
  }

  @Test
  void statusesAreSpeltAsFilesSpellThem() {
    assertThat(Stream.of(Status.values()).map(Status::label))
        .containsExactly(
            "optimal", "almost", "iteration-limit", "time-limit", "feasible", "inexact");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesALambdaThatIsNotPositive(double lambda) {
    Solver solver = Instance.of(Shape.GAUSSIAN, 0).solver(Model.RELU);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> solver.solve(lambda, Settings.DEFAULT))
        .withMessage("lambda is " + lambda + ", expected positive");
  }

  @Test
  void refusesSettingsOutOfRange() {
    for (double tolerance : new double[] {0, -1e-8, 1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Settings.to(tolerance));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Settings(1e-8, 0, 1));
    for (double seconds : List.of(0.0, -1.0, Double.NaN)) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Settings(1e-8, 1, seconds));
    }
  }
}
