package org.relupath.core.solve.rows.relu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.rows.BorderPass;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.NetworkPass;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowQuestion;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.PatternGeneration;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;
import org.relupath.core.solve.rows.RecordingRows;
import org.relupath.core.solve.rows.RowSolution;

/** C-ReLU over row blocks, against its definitions and the solver of one machine. */
class ReluRowSolverTest {
  private static final double[] RATIOS = {1.5, 0.9, 0.5, 0.2, 0.05};

  private static LocalRows rows(Instance data, int size) {
    Matrix none = Matrix.zeros(0, data.x()[0].length);
    return new LocalRows(RowBlock.cut(Matrix.ofRows(data.x()), data.y().clone(), none, size), 0);
  }

  private static double[] grid(double lambdaMax, double... ratios) {
    return Arrays.stream(ratios).map(ratio -> ratio * lambdaMax).toArray();
  }

  /** Recomputes objective, feasibility and bound by the definitions. */
  private static void check(String name, DenseProgram dense, double lambda, RowSolution found) {
    Solution solution = found.solution();
    Certificate proof = solution.certificate();
    double[][] w = dense.dense(solution.weights());
    double objective = dense.objective(w, lambda);
    double dual = dense.dual(dense.residual(w), lambda);
    assertThat(solution.status()).as(name).isEqualTo(Status.OPTIMAL);
    assertThat(proof.relativeGap()).as(name).isBetween(0.0, 1e-7);
    assertThat(dense.coneViolation(w)).as(name).isLessThanOrEqualTo(-1.5 * NetworkPass.VIOLATED);
    assertThat(proof.objective()).as(name).isCloseTo(objective, within(1e-9 * objective));
    // The bound may come from another pass, or from cones of which rows were missing.
    assertThat(proof.dualObjective())
        .as(name)
        .isBetween(objective * (1 - 1.1e-7), objective * (1 + 1e-12));
    assertThat(dual).as(name).isGreaterThan(objective * (1 - 1e-4));
    double[] norms = dense.norms(dense.residual(w));
    for (int b = 0; b < norms.length; b++) {
      // Bounds of norms are not below them.
      assertThat(found.norms()[b]).as(name + " block " + b).isGreaterThan(norms[b] - 1e-7 * lambda);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Instance.Shape.class)
  void certifiesShapesThatHaveBrokenSolvers(Instance.Shape shape) {
    for (long seed = 1; seed <= 3; seed++) {
      Instance data = Instance.of(shape, seed);
      DenseProgram dense = data.dense(Model.RELU);
      ReluRowSolver solver =
          ReluRowSolver.of(rows(data, 7), 0, Settings.to(1e-7), Matrix.ofRows(data.gates()));
      double top = dense.lambdaMax();
      assertThat(solver.lambdaMax()).as(data.name()).isCloseTo(top, within(1e-9 * top));
      double[] lambdas = grid(solver.lambdaMax(), RATIOS);
      List<ReluRowSolver.SearchedSolution> path = solver.solve(lambdas, p -> {});
      for (int k = 0; k < RATIOS.length; k++) {
        check(data.name() + " lambda " + k, dense, lambdas[k], path.get(k).solution());
        boolean zero = path.get(k).solution().solution().weights().size() == 0;
        assertThat(zero).as(data.name()).isEqualTo(RATIOS[k] >= 1);
      }
    }
  }

  /** A teacher of three neurons, n x d with a column of ones. */
  private static Instance teacher(int n, int d, int neurons, long seed) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, n, d);
    double[][] teacher = Instance.gaussian(random, neurons, d);
    double[] y = new double[n];
    for (int r = 0; r < n; r++) {
      x[r][d - 1] = 1;
      for (int j = 0; j < neurons; j++) {
        y[r] += (j % 2 == 0 ? 1 : -1) * Math.max(0, Dense.dot(x[r], teacher[j]));
      }
      y[r] += 0.3 * random.nextGaussian();
    }
    return new Instance("teacher " + n + " x " + d + ", seed " + seed, x, y, teacher);
  }

  /** The program of one machine over gates. */
  private static ConvexProgram program(Instance data, Matrix gates) {
    Matrix x = Matrix.ofRows(data.x());
    return new ConvexProgram(new Problem(x, data.y().clone(), Model.RELU), Patterns.of(x, gates));
  }

  /** Neither bound is above the other's objective, and networks are what they are said to be. */
  private static void assertAgree(Instance data, Matrix gates, double lambda, Solution solution) {
    ConvexProgram program = program(data, gates);
    assertThat(program.patterns().count()).isEqualTo(gates.rows());
    Certificate proof = solution.certificate();
    Certificate other =
        new Solver(program.problem(), new Pricer(program))
            .solve(lambda, Settings.to(1e-8))
            .certificate();
    double rounding = 1e-10 * proof.objective();
    assertThat(other.relativeGap()).isLessThanOrEqualTo(1e-8);
    assertThat(proof.objective()).isGreaterThan(other.dualObjective() - rounding);
    assertThat(other.objective()).isGreaterThan(proof.dualObjective() - rounding);
    BlockWeights weights = solution.weights().relabel(block -> program.block(block.id()));
    Certifier certifier = new Certifier(program.problem());
    double[] u = certifier.residual(weights);
    assertThat(0.5 * Dense.dot(u, u)).isCloseTo(proof.loss(), within(rounding));
    assertThat(certifier.coneViolation(weights)).isLessThanOrEqualTo(-1.5 * NetworkPass.VIOLATED);
    assertThat(proof.maxConeViolation()).isLessThanOrEqualTo(-NetworkPass.VIOLATED);
  }

  /** A path over patterns that are found, each lambda against the solver of one machine. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void pathsOverPatternsFoundAreThoseOfOneMachine(long seed) {
    Instance data = teacher(1500, 5, 3, seed);
    ReluRowSolver solver =
        ReluRowSolver.searching(
            rows(data, 256), 0, Settings.to(1e-6), new ReluRowSolver.Search(20, 1e-4, 200, seed));
    double[] lambdas = grid(solver.lambdaMax(), 0.7, 0.3, 0.1);
    List<ReluRowSolver.SearchedSolution> path = solver.solve(lambdas, p -> {});
    assertThat(solver.gates().rows()).isBetween(10, 199);
    for (int k = 0; k < lambdas.length; k++) {
      Solution solution = path.get(k).solution().solution();
      assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
      assertAgree(data, solver.gates(), lambdas[k], solution);
      assertThat(path.get(k).searched().searchedGap()).isLessThanOrEqualTo(1e-4);
      assertThat(path.get(k).searched().bestViolation()).isBetween(0.5, 1.001);
    }
  }

  /**
   * Searches of rows elsewhere find what searches of rows in memory find, and no bound is above.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 4})
  void objectivesAreThoseOfSearchesInMemory(long seed) {
    Instance data = teacher(1000, 4, 3, seed);
    ReluRowSolver solver =
        ReluRowSolver.searching(
            rows(data, 100), 0, Settings.to(1e-6), new ReluRowSolver.Search(20, 1e-4, 200, seed));
    double lambda = 0.1 * solver.lambdaMax();
    RowSolution found = solver.solve(new double[] {lambda}, p -> {}).get(0).solution();
    Problem problem = program(data, solver.gates()).problem();
    PatternGeneration generation =
        new PatternGeneration(
            problem, Matrix.ofRows(data.gates()), PatternClimb.search(problem), 200, 20, seed);
    double other =
        generation
            .solve(lambda, Settings.to(1e-5), BlockWeights.zero(problem.d()))
            .certificate()
            .objective();
    double objective = found.solution().certificate().objective();
    assertThat(objective).isCloseTo(other, within(5e-4 * other));
    assertThat(found.lowerBound()).isPositive().isLessThanOrEqualTo(other);
  }

  /** The sums run in another order, and no further apart than that. */
  @Test
  void blocksOfRowsDoNotMatter() {
    Instance data = teacher(600, 4, 3, 5);
    double[] objectives = new double[3];
    int[] sizes = {600, 64, 1};
    for (int i = 0; i < sizes.length; i++) {
      ReluRowSolver solver =
          ReluRowSolver.of(rows(data, sizes[i]), 0, Settings.to(1e-9), Matrix.ofRows(gates(data)));
      double lambda = 0.1 * solver.lambdaMax();
      Solution solution = solver.solve(new double[] {lambda}, p -> {}).get(0).solution().solution();
      assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
      objectives[i] = solution.certificate().objective();
    }
    assertThat(objectives[1]).isCloseTo(objectives[0], within(2e-9 * objectives[0]));
    assertThat(objectives[2]).isCloseTo(objectives[0], within(2e-9 * objectives[0]));
  }

  private static double[][] gates(Instance data) {
    return Instance.gaussian(new Random(99), 30, data.x()[0].length);
  }

  /** Twenty thousand rows, as a cone is then hardly more than a ray. */
  @Test
  void certifiesManyRowsOverThePatternsFound() {
    Instance data = teacher(20_000, 10, 4, 6);
    ReluRowSolver solver =
        ReluRowSolver.searching(
            rows(data, RowBlock.ROWS),
            0,
            Settings.to(1e-6),
            new ReluRowSolver.Search(20, 1e-3, 200, 6));
    double lambda = 0.1 * solver.lambdaMax();
    ReluRowSolver.SearchedSolution found = solver.solve(new double[] {lambda}, p -> {}).get(0);
    Certificate proof = found.solution().solution().certificate();
    assertThat(proof.relativeGap()).isLessThanOrEqualTo(1e-6);
    assertThat(found.searched().searchedGap()).isLessThanOrEqualTo(1e-3);
    assertThat(found.solution().lowerBound()).isLessThan(proof.objective());
    // The teacher's own network is one of them, and the best is not above it.
    double[] u = data.y().clone();
    double norms = 0;
    for (int j = 0; j < data.gates().length; j++) {
      norms += Dense.norm(data.gates()[j]);
      for (int r = 0; r < u.length; r++) {
        u[r] -= (j % 2 == 0 ? 1 : -1) * Math.max(0, Dense.dot(data.x()[r], data.gates()[j]));
      }
    }
    double teacher = 0.5 * Dense.dot(u, u) + lambda * norms;
    assertThat(proof.objective()).isLessThan(teacher * (1 + 1e-3));
  }

  /** Lambdas are gathered for and certified by the same passes: three are not three times one. */
  @Test
  void lambdasShareTheirPasses() {
    Instance data = teacher(20_000, 10, 4, 6);
    int[] passes = new int[2];
    double[][] ratios = {{0.1}, {0.4, 0.2, 0.1}};
    for (int i = 0; i < 2; i++) {
      ReluRowSolver solver =
          ReluRowSolver.searching(
              rows(data, RowBlock.ROWS),
              0,
              Settings.to(1e-6),
              new ReluRowSolver.Search(20, 1e-3, 200, 6));
      List<ReluRowSolver.SearchedSolution> path =
          solver.solve(grid(solver.lambdaMax(), ratios[i]), p -> {});
      path.forEach(found -> assertThat(found.searched().searchedGap()).isLessThan(1e-3));
      passes[i] = solver.passes();
    }
    assertThat(passes[0]).isLessThan(80);
    assertThat(passes[1]).isLessThan(2 * passes[0]);
  }

  @Test
  void limitsEndItWithWhatItHas() {
    Instance data = teacher(500, 5, 3, 7);
    Settings few = new Settings(1e-10, 3, Double.POSITIVE_INFINITY);
    ReluRowSolver solver = ReluRowSolver.of(rows(data, 100), 0, few, Matrix.ofRows(gates(data)));
    double lambda = 0.05 * solver.lambdaMax();
    RowSolution cut = solver.solve(new double[] {lambda}, p -> {}).get(0).solution();
    assertThat(cut.solution().status()).isEqualTo(Status.ITERATION_LIMIT);
    assertThat(cut.solution().certificate().relativeGap()).isBetween(1e-10, 1.0);
    ReluRowSolver searching =
        ReluRowSolver.searching(
            rows(data, 100), 0, Settings.to(1e-6), new ReluRowSolver.Search(10, 1e-9, 15, 7));
    double low = 0.05 * searching.lambdaMax();
    ReluRowSolver.SearchedSolution full = searching.solve(new double[] {low}, p -> {}).get(0);
    assertThat(searching.gates().rows()).isEqualTo(15);
    assertThat(full.solution().solution().status()).isEqualTo(Status.OPTIMAL);
    assertThat(full.searched()).as("the limit leaves patterns out").isNull();
  }

  /**
   * Passes that run out while patterns are gathered leave some for certificates: of all lambdas,
   * which are searched at together, or of none.
   */
  @ParameterizedTest(name = "{0} passes")
  @ValueSource(ints = {20, 60})
  void passesThatRunOutLeaveCertificates(int limit) {
    Instance data = teacher(500, 5, 3, 11);
    Settings few = new Settings(1e-5, limit, Double.POSITIVE_INFINITY);
    ReluRowSolver solver =
        ReluRowSolver.searching(
            rows(data, 100), 0, few, new ReluRowSolver.Search(10, 1e-9, 200, 7));
    double[] lambdas = grid(solver.lambdaMax(), 0.3, 0.1, 0.05);
    List<ReluRowSolver.SearchedSolution> path = solver.solve(lambdas, p -> {});
    assertThat(solver.passes()).isLessThanOrEqualTo(limit + 1);
    for (ReluRowSolver.SearchedSolution found : path) {
      assertThat(found.searched() == null).isEqualTo(limit == 20);
      assertThat(found.solution().solution().weights().size()).isPositive();
      assertThat(found.solution().solution().certificate().relativeGap()).isLessThan(1e-2);
    }
  }

  /** Every question of rows is a pass that counts, those for rows near borders as all others. */
  @ParameterizedTest(name = "{0} passes")
  @ValueSource(ints = {20, 45, 70, 100, 1000})
  void passesForRowsNearBordersCount(int limit) {
    Instance data = teacher(500, 5, 3, 11);
    RecordingRows rows = new RecordingRows(rows(data, 100));
    Settings few = new Settings(1e-10, limit, Double.POSITIVE_INFINITY);
    ReluRowSolver solver =
        ReluRowSolver.searching(rows, 0, few, new ReluRowSolver.Search(10, 1e-9, 200, 7));
    solver.solve(grid(solver.lambdaMax(), 0.5, 0.3, 0.1, 0.05), p -> {});
    assertThat(rows.asked(BorderPass.class).isEmpty()).isEqualTo(limit < 70);
    // X'X and the sample are passes that are no questions.
    assertThat(solver.passes()).isEqualTo(2 + rows.asked(RowQuestion.class).size());
    assertThat(solver.passes()).isLessThanOrEqualTo(limit + 1);
  }

  /** Passes of every kind are within the limit, but for one that certifies what there is. */
  @ParameterizedTest(name = "{0} passes")
  @ValueSource(ints = {5, 8, 12, 20, 30, 45})
  void passesAreWithinTheirLimit(int limit) {
    Instance data = teacher(500, 5, 3, 11);
    Settings few = new Settings(1e-10, limit, Double.POSITIVE_INFINITY);
    ReluRowSolver solver =
        ReluRowSolver.searching(
            rows(data, 100), 0, few, new ReluRowSolver.Search(10, 1e-9, 200, 7));
    double top = solver.lambdaMax();
    assertThat(top).isGreaterThan(found(data, solver).lambdaMax() * (1 - 1e-9));
    double[] lambdas = grid(top, 0.5, 0.3, 0.1, 0.05);
    List<ReluRowSolver.SearchedSolution> path = solver.solve(lambdas, p -> {});
    assertThat(solver.passes()).isLessThanOrEqualTo(limit + 1);
    assertThat(solver.limited()).isTrue();
    assertThat(solver.gates().rows()).isPositive();
    DenseProgram dense = found(data, solver);
    for (int k = 0; k < lambdas.length; k++) {
      Solution solution = path.get(k).solution().solution();
      double[][] w = dense.dense(solution.weights());
      Certificate proof = solution.certificate();
      assertThat(proof.objective())
          .isCloseTo(dense.objective(w, lambdas[k]), within(1e-9 * proof.objective()));
      assertThat(proof.dualObjective()).isBetween(0.0, proof.objective());
      double zero = dense.objective(new double[dense.blocks()][5], lambdas[k]);
      assertThat(proof.objective()).isLessThanOrEqualTo(zero * (1 + 1e-12));
    }
  }

  /** The program over the patterns that a solver has. */
  private static DenseProgram found(Instance data, ReluRowSolver solver) {
    double[][] gates = new double[solver.gates().rows()][];
    Arrays.setAll(gates, solver.gates()::row);
    return new Instance("found", data.x(), data.y(), gates).dense(Model.RELU);
  }

  /** Rows of which no pattern can say anything. */
  @Test
  void targetsOfZeroHaveTheZeroNetwork() {
    Instance data = teacher(40, 3, 2, 8);
    Instance zero = new Instance("zero", data.x(), new double[40], data.gates());
    ReluRowSolver solver =
        ReluRowSolver.searching(
            rows(zero, 7), 0, Settings.to(1e-8), new ReluRowSolver.Search(5, 1e-4, 10, 1));
    assertThat(solver.lambdaMax()).isZero();
    RowSolution found = solver.solve(new double[] {1}, p -> {}).get(0).solution();
    assertThat(found.solution().weights().size()).isZero();
    assertThat(found.solution().certificate().relativeGap()).isZero();
    assertThat(found.solution().status()).isEqualTo(Status.OPTIMAL);
  }

  @Test
  void wrongArgumentsAreRefused() {
    Instance data = teacher(20, 3, 2, 9);
    ReluRowSolver solver =
        ReluRowSolver.of(rows(data, 7), 0, Settings.to(1e-6), Matrix.ofRows(data.gates()));
    assertThatThrownBy(() -> solver.solve(new double[] {1, 1}, p -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lambdas must decrease strictly and be positive");
    assertThatThrownBy(() -> new ReluRowSolver.Search(0, 1e-3, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 starts");
  }
}
