package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.Instance.Shape;

/** Solutions against definitions, against a slow solver, and against what is known in advance. */
class SolverTest {

  record Case(Instance instance, Model model) {
    @Override
    public String toString() {
      return instance + " " + model;
    }
  }

  private static Stream<Case> cases(List<Shape> shapes, int seeds) {
    return shapes.stream()
        .flatMap(shape -> LongStream.range(0, seeds).mapToObj(seed -> Instance.of(shape, seed)))
        .flatMap(instance -> Stream.of(Model.values()).map(model -> new Case(instance, model)));
  }

  static Stream<Case> everyShape() {
    return Stream.concat(cases(List.of(Shape.values()), 3), wide());
  }

  /** Hundreds of columns: more than rows, and as many independent ones. */
  private static Stream<Case> wide() {
    return Stream.of(60, 150)
        .flatMap(
            n -> {
              Random random = new Random(n);
              double[][] x = Instance.gaussian(random, n, 130);
              double[] y = Instance.gaussian(random, 1, n)[0];
              double[][] gates = Instance.gaussian(random, 4, 130);
              Instance instance = new Instance(n + " x 130", x, y, gates);
              return Stream.of(Model.values()).map(model -> new Case(instance, model));
            });
  }

  static Stream<Case> tiny() {
    return cases(
        List.of(
            Shape.GAUSSIAN,
            Shape.WIDE,
            Shape.CONSTANT_COLUMN,
            Shape.ZERO_ROWS,
            Shape.REPEATED_ROWS,
            Shape.DUPLICATED_COLUMNS),
        2);
  }

  /**
   * The bound G is recomputed from the residual alone, so that by weak duality no other weights can
   * be better by more than the tolerance.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("everyShape")
  void isProvenOptimalByDefinitionsAlone(Case c) {
    DenseProgram dense = c.instance.dense(c.model);
    double lambdaMax = dense.lambdaMax();
    Solver solver = c.instance.solver(c.model);
    for (double ratio : new double[] {0.5, 0.1, 0.01, 1e-4}) {
      double lambda = ratio * lambdaMax;
      Solution solution = solver.solve(lambda, Settings.DEFAULT);
      assertThat(solution.status()).as("lambda ratio %s", ratio).isEqualTo(Status.OPTIMAL);
      Certificate proof = solution.certificate();
      double[][] w = dense.dense(solution.weights());
      double objective = dense.objective(w, lambda);
      assertThat(proof.objective()).isCloseTo(objective, within(1e-9 * objective));
      double dual = dense.dual(dense.residual(w), lambda);
      assertThat(dual).isLessThanOrEqualTo(objective * (1 + 1e-12));
      assertThat(objective - dual)
          .as("recomputed gap at lambda ratio %s", ratio)
          .isLessThanOrEqualTo(1.1e-8 * objective);
      assertThat(proof.dualObjective())
          .isLessThanOrEqualTo(proof.objective() * (1 + 1e-12))
          .isCloseTo(dual, within(1e-8 * objective));
      assertThat(proof.relativeGap()).isBetween(0.0, 1e-8);
      assertThat(dense.coneViolation(w)).isLessThanOrEqualTo(1e-10);
      assertThat(proof.maxConeViolation()).isCloseTo(dense.coneViolation(w), within(1e-12));
      double residual = dense.kktResidual(w, lambda);
      assertThat(proof.kktResidual()).isCloseTo(residual, within(1e-9 + 1e-6 * residual));
      assertThat(solution.weights().blocks()).allMatch(b -> Dense.norm(w[b.id()]) > 0);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tiny")
  void reachesTheOptimumOfASlowSolver(Case c) {
    DenseProgram dense = c.instance.dense(c.model);
    double lambda = 0.1 * dense.lambdaMax();
    double expected = dense.objective(dense.minimise(lambda, 1e-10), lambda);
    Solution solution = c.instance.solve(c.model, lambda, 1e-10);
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    Certificate proof = solution.certificate();
    assertThat(proof.objective()).isCloseTo(expected, within(2e-10 * expected));
    assertThat(proof.dualObjective()).isCloseTo(expected, within(2e-10 * expected));
    assertThat(proof.maxConeViolation()).isLessThanOrEqualTo(1e-10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyShape")
  void isExactlyZeroFromLambdaMaxOn(Case c) {
    double lambdaMax = c.instance.lambdaMax(c.model);
    assertThat(lambdaMax)
        .isCloseTo(c.instance.dense(c.model).lambdaMax(), within(1e-11 * lambdaMax));
    double zeroObjective = 0.5 * Dense.dot(c.instance.y(), c.instance.y());
    for (double factor : new double[] {1, 1 + 1e-9, 2, 1e6}) {
      Solution solution = c.instance.solve(c.model, factor * lambdaMax, 1e-12);
      assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
      assertThat(solution.weights().size()).as("active blocks at %s lambda_max", factor).isZero();
      assertThat(solution.iterations()).isZero();
      Certificate proof = solution.certificate();
      assertThat(proof.objective()).isCloseTo(zeroObjective, within(1e-15 * zeroObjective));
      assertThat(proof.penalty()).isZero();
      assertThat(proof.relativeGap()).isZero();
      assertThat(proof.maxConeViolation()).isZero();
      assertThat(proof.kktResidual()).isZero();
    }
    Solution below = c.instance.solve(c.model, 0.999 * lambdaMax, 1e-12);
    assertThat(below.weights().size()).isPositive();
    assertThat(below.certificate().objective()).isLessThan(zeroObjective);
  }

  @ParameterizedTest
  @EnumSource
  void targetsOfZeroNeedNothing(Model model) {
    Instance gaussian = Instance.of(Shape.GAUSSIAN, 1);
    Instance zero = new Instance("zero", gaussian.x(), new double[24], gaussian.gates());
    assertThat(zero.lambdaMax(model)).isZero();
    Solution solution = zero.solve(model, 1, 1e-12);
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    assertThat(solution.weights().size()).isZero();
    assertThat(solution.certificate().objective()).isZero();
    assertThat(solution.certificate().dualObjective()).isZero();
    assertThat(solution.certificate().relativeGap()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aProgramWithoutPatternsHasTheZeroSolution(Model model) {
    Instance none =
        new Instance("none", new double[][] {{1}, {2}}, new double[] {3, 4}, new double[][] {{-1}});
    assertThat(none.program(model).patterns().count()).isZero();
    assertThat(none.lambdaMax(model)).isZero();
    Solution solution = none.solve(model, 1, 1e-12);
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    assertThat(solution.weights().size()).isZero();
    assertThat(solution.certificate().objective()).isEqualTo(12.5);
    assertThat(solution.certificate().relativeGap()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void matricesOfZeroHaveTheZeroSolution(Model model) {
    Instance zero =
        new Instance("zero", new double[4][2], new double[] {1, 2, 3, 4}, new double[][] {{1, 1}});
    assertThat(zero.lambdaMax(model)).isZero();
    Solution solution = zero.solve(model, 0.5, 1e-12);
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    assertThat(solution.weights().size()).isZero();
    assertThat(solution.certificate().objective()).isEqualTo(15);
  }

  @ParameterizedTest
  @EnumSource
  void oneNumberIsSolvedByHand(Model model) {
    // min 1/2 (2 w - 6)^2 + lambda |w|, w >= 0: w = (12 - lambda) / 4.
    Instance one =
        new Instance("one", new double[][] {{2}}, new double[] {6}, new double[][] {{1}});
    assertThat(one.lambdaMax(model)).isEqualTo(12);
    Solution solution = one.solve(model, 4, 1e-12);
    assertThat(solution.weights().values()[0]).isCloseTo(2, within(1e-5));
    assertThat(solution.certificate().objective()).isCloseTo(10, within(1e-11));
    assertThat(solution.certificate().dualObjective()).isCloseTo(10, within(1e-11));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyShape")
  void moreRegularizationFitsWorseWithLessPenalisedWeight(Case c) {
    double lambdaMax = c.instance.lambdaMax(c.model);
    Solver solver = c.instance.solver(c.model);
    Certificate before = null;
    for (double ratio = 1.1; ratio > 0.02; ratio *= 0.7) {
      Certificate proof = solver.solve(ratio * lambdaMax, Settings.to(1e-10)).certificate();
      if (before != null) {
        double rounding = 1e-4 * before.objective();
        assertThat(proof.objective()).isLessThanOrEqualTo(before.objective() * (1 + 1e-10));
        assertThat(proof.loss()).isLessThanOrEqualTo(before.loss() + rounding);
        assertThat(proof.penalty() / proof.lambda())
            .isGreaterThanOrEqualTo(before.penalty() / before.lambda() * (1 - 1e-4));
      }
      before = proof;
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  /** d = 1: w_b is a number, and for C-ReLU one of known sign. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void blocksOfSizeOneAreTheLasso(long seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(20);
    double[][] x = Instance.gaussian(random, n, 1);
    double[] y = Instance.gaussian(random, 1, n)[0];
    Instance instance = new Instance("d = 1", x, y, new double[][] {{1}, {-1}, {0.5}, {0}});
    for (Model model : Model.values()) {
      double lambda = 0.2 * instance.lambdaMax(model);
      double expected = lasso(columns(x, model), y, lambda, model == Model.RELU);
      Certificate proof = instance.solve(model, lambda, 1e-11).certificate();
      assertThat(proof.objective()).as("%s", model).isCloseTo(expected, within(1e-10 * expected));
      assertThat(proof.dualObjective()).isCloseTo(expected, within(1e-10 * expected));
    }
  }

  /** The columns of the lasso: those of (Xg)_+ and minus them for C-ReLU, of D_b X for gated. */
  private static double[][] columns(double[][] x, Model model) {
    double[] up = Arrays.stream(x).mapToDouble(row -> Math.max(row[0], 0)).toArray();
    double[] down = Arrays.stream(x).mapToDouble(row -> Math.max(-row[0], 0)).toArray();
    double[] all = Arrays.stream(x).mapToDouble(row -> row[0]).toArray();
    return model == Model.GATED
        ? new double[][] {up, down, all}
        : new double[][] {up, down, Dense.times(-1, up), Dense.times(-1, down)};
  }

  /** Coordinate descent; C-ReLU's block of the all-ones pattern has the cone {0} or a half-line. */
  private static double lasso(double[][] columns, double[] y, double lambda, boolean nonNegative) {
    double[] w = new double[columns.length];
    double[] u = y.clone();
    for (int pass = 0; pass < 20_000; pass++) {
      for (int j = 0; j < w.length; j++) {
        double square = Dense.dot(columns[j], columns[j]);
        if (square == 0) {
          continue;
        }
        double target = w[j] + Dense.dot(columns[j], u) / square;
        double shrunk = Math.max(Math.abs(target) - lambda / square, 0) * Math.signum(target);
        double next = nonNegative ? Math.max(shrunk, 0) : shrunk;
        Dense.add(u, w[j] - next, columns[j]);
        w[j] = next;
      }
    }
    return 0.5 * Dense.dot(u, u) + lambda * Arrays.stream(w).map(Math::abs).sum();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyShape")
  void aSolverThatSolvedBeforeFindsTheSame(Case c) {
    double lambdaMax = c.instance.lambdaMax(c.model);
    Solver used = c.instance.solver(c.model);
    BlockWeights start = BlockWeights.zero(c.instance.x()[0].length);
    for (double ratio : new double[] {0.3, 0.02, 0.2, 0.05}) {
      double lambda = ratio * lambdaMax;
      Solution warm = used.solve(lambda, Settings.to(1e-10), start);
      Solution cold = c.instance.solve(c.model, lambda, 1e-10);
      assertThat(warm.status()).isEqualTo(Status.OPTIMAL);
      double objective = cold.certificate().objective();
      assertThat(warm.certificate().objective()).isCloseTo(objective, within(2e-10 * objective));
      start = warm.weights();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyShape")
  void theSameSolveGivesTheSameBits(Case c) {
    double lambda = 0.05 * c.instance.lambdaMax(c.model);
    Solution one = c.instance.solve(c.model, lambda, 1e-8);
    Solution two = c.instance.solve(c.model, lambda, 1e-8);
    assertThat(two.weights().values()).containsExactly(one.weights().values());
    assertThat(two.certificate()).isEqualTo(one.certificate());
  }
}
