package org.relupath.core.solve.rows.gated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.PatternDigest;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.TreeSum;
import org.relupath.core.reference.CsvTable;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.core.solve.rows.RowSolution;

/**
 * Whole grids over row blocks, against certificates summed up apart and the solver of one machine.
 */
class RowPathSolverTest {
  private static final double[] RATIOS = {1.5, 1, 0.9, 0.5, 0.2, 0.1};

  private static LocalRows rows(Instance data, int size) {
    List<RowBlock> blocks =
        RowBlock.cut(Matrix.ofRows(data.x()), data.y().clone(), Matrix.ofRows(data.gates()), size);
    int[] distinct =
        TreeSum.of(blocks.stream().map(PatternDigest::of).toList(), PatternDigest::plus).distinct();
    return new LocalRows(blocks.stream().map(block -> block.select(distinct)).toList(), 0);
  }

  private static double[] grid(double lambdaMax, double... ratios) {
    return Arrays.stream(ratios).map(ratio -> ratio * lambdaMax).toArray();
  }

  /** Recomputes the whole certificate by the definitions. */
  private static void check(DenseProgram dense, double lambda, Solution solution, double gap) {
    Certificate proof = solution.certificate();
    double[][] w = dense.dense(solution.weights());
    double objective = dense.objective(w, lambda);
    double dual = dense.dual(dense.residual(w), lambda);
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    assertThat(proof.objective()).isCloseTo(objective, within(1e-10 * objective));
    assertThat(proof.relativeGap()).isBetween(0.0, gap);
    // The bound may come from another pass than the weights, and is then the better one.
    assertThat(proof.dualObjective())
        .isGreaterThanOrEqualTo(dual - 1e-10 * objective)
        .isLessThanOrEqualTo(objective * (1 + 1e-12));
    assertThat(proof.kktResidual())
        .isCloseTo(dense.kktResidual(w, lambda), within(1e-7 * (1 + proof.kktResidual())));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Instance.Shape.class)
  void certifiesShapesThatHaveBrokenSolvers(Instance.Shape shape) {
    for (long seed = 1; seed <= 3; seed++) {
      Instance data = Instance.of(shape, seed);
      DenseProgram dense = data.dense(Model.GATED);
      RowPathSolver solver = new RowPathSolver(rows(data, 7), Settings.to(1e-7), 10_000, seed);
      double top = dense.lambdaMax();
      assertThat(solver.lambdaMax()).as(data.name()).isCloseTo(top, within(1e-10 * top));
      List<RowSolution> path = solver.solve(grid(solver.lambdaMax(), RATIOS), p -> {});
      for (int k = 0; k < RATIOS.length; k++) {
        Solution solution = path.get(k).solution();
        check(dense, RATIOS[k] * solver.lambdaMax(), solution, 1e-7);
        assertThat(solution.weights().size() == 0).as(data.name()).isEqualTo(RATIOS[k] >= 1);
      }
    }
  }

  /** A teacher of three neurons; {@code heavy}: rows scaled by the cube of a normal number. */
  private static Instance teacher(int n, int d, int gates, boolean heavy, long seed) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, n, d);
    double[][] teacher = Instance.gaussian(random, 3, d);
    double[] y = new double[n];
    for (int r = 0; r < n; r++) {
      if (heavy) {
        x[r] = Dense.times(1 + Math.pow(Math.abs(random.nextGaussian()), 3), x[r]);
      }
      x[r][d - 1] = 1;
      for (double[] neuron : teacher) {
        y[r] += Math.max(0, Dense.dot(x[r], neuron));
      }
      y[r] += 0.3 * random.nextGaussian();
    }
    String name = (heavy ? "heavy-tailed " : "") + "teacher " + n + " x " + d + ", seed " + seed;
    return new Instance(name, x, y, Instance.gaussian(random, gates, d));
  }

  /** Another ten times as many gates are among all there are: their optimum is not below. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void lowerBoundsHoldForOtherGates(long seed) {
    Instance few = teacher(60, 3, 5, false, seed);
    Random random = new Random(seed);
    Instance many = new Instance("many", few.x(), few.y(), Instance.gaussian(random, 500, 3));
    RowPathSolver solver = new RowPathSolver(rows(few, 7), Settings.to(1e-7), 10_000, seed);
    RowPathSolver other = new RowPathSolver(rows(many, 7), Settings.to(1e-7), 10_000, seed);
    double[] lambdas = grid(Math.min(solver.lambdaMax(), other.lambdaMax()), RATIOS);
    List<RowSolution> own = solver.solve(lambdas, p -> {});
    List<RowSolution> others = other.solve(lambdas, p -> {});
    for (int k = 0; k < lambdas.length; k++) {
      double objective = others.get(k).solution().certificate().objective();
      assertThat(own.get(k).lowerBound()).as("lambda %s", k).isBetween(0.0, objective);
    }
    // At a lambda that no gates can beat the zero network at, the bound says so.
    double huge = 1e3 * other.lambdaMax();
    RowSolution zero = solver.solve(new double[] {huge}, p -> {}).get(0);
    assertThat(zero.lowerBound()).isEqualTo(zero.solution().certificate().objective());
  }

  static Stream<Instance> teachers() {
    return Stream.of(teacher(6000, 6, 60, false, 1), teacher(6000, 6, 60, true, 2));
  }

  /** A tenth of the rows is drawn; the path is that of all of them, in at most eight passes. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("teachers")
  void certifiesAPathInFewPassesFromASample(Instance data) {
    RowPathSolver solver = new RowPathSolver(rows(data, 512), Settings.to(1e-4), 600, 7);
    double[] ratios = new double[20];
    Arrays.setAll(ratios, k -> 0.9 * Math.pow(1.0 / 9, k / 19.0));
    double[] lambdas = grid(solver.lambdaMax(), ratios);
    List<Integer> passes = new ArrayList<>();
    List<RowSolution> path = solver.solve(lambdas, p -> passes.add(p.passes()));
    assertThat(solver.passes()).isLessThanOrEqualTo(8).isEqualTo(passes.get(passes.size() - 1));
    DenseProgram dense = data.dense(Model.GATED);
    for (int k = 0; k < 20; k += 19) {
      check(dense, lambdas[k], path.get(k).solution(), 1e-4);
    }
    for (int k = 0; k < 20; k += 3) {
      Certificate here = path.get(k).solution().certificate();
      double there = data.solve(Model.GATED, lambdas[k], 1e-9).certificate().objective();
      assertThat(here.objective()).isBetween(there * (1 - 1e-9), there * (1 + 1.1e-4));
      assertThat(here.dualObjective()).isLessThanOrEqualTo(there * (1 + 1e-9));
    }
  }

  @Test
  void sharpensFromASampleToAGapNearRounding() {
    Instance data = teacher(3000, 4, 24, false, 3);
    RowPathSolver solver = new RowPathSolver(rows(data, 512), Settings.to(1e-10), 300, 7);
    double lambda = 0.2 * solver.lambdaMax();
    Solution solution = solver.solve(new double[] {lambda}, p -> {}).get(0).solution();
    check(data.dense(Model.GATED), lambda, solution, 1e-10);
    assertThat(solver.passes()).isLessThanOrEqualTo(20);
  }

  /** Five rows of 2000 carry the label, all that a gate is active in; samples hardly see them. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void gatesWithoutASampledRowAreSolvedToo(long seed) {
    Random random = new Random(6);
    double[][] x = Instance.gaussian(random, 2000, 3);
    double[] y = Instance.gaussian(random, 1, 2000)[0];
    double[] first = Arrays.stream(x).mapToDouble(row -> row[0]).sorted().toArray();
    double threshold = 0.5 * (first[1994] + first[1995]);
    for (int r = 0; r < 2000; r++) {
      x[r][2] = 1;
      y[r] += x[r][0] > threshold ? 100 : 0;
    }
    double[][] gates = Instance.gaussian(random, 12, 3);
    for (double[] gate : gates) {
      gate[0] = -5;
    }
    gates[7] = new double[] {1, 0, -threshold};
    Instance data = new Instance("few rows", x, y, gates);
    RowPathSolver solver = new RowPathSolver(rows(data, 256), Settings.to(1e-6), 60, seed);
    double[] lambdas = grid(solver.lambdaMax(), 0.5, 0.01);
    List<RowSolution> path = solver.solve(lambdas, p -> {});
    check(data.dense(Model.GATED), lambdas[0], path.get(0).solution(), 1e-6);
    check(data.dense(Model.GATED), lambdas[1], path.get(1).solution(), 1e-6);
    assertThat(path.get(0).solution().weights().blocks()).anyMatch(block -> block.pattern() == 7);
    assertThat(solver.passes()).isLessThanOrEqualTo(15);
  }

  @Test
  void countsRowsOnTheRightSide() {
    Instance data = teacher(500, 4, 24, false, 4);
    RowPathSolver solver = new RowPathSolver(rows(data, 64), Settings.to(1e-6), 100, 1);
    RowSolution found = solver.solve(grid(solver.lambdaMax(), 0.1), p -> {}).get(0);
    DenseProgram dense = data.dense(Model.GATED);
    double[] fit = dense.fit(dense.dense(found.solution().weights()));
    long agreeing = 0;
    for (int r = 0; r < 500; r++) {
      agreeing += (fit[r] >= 0) == (data.y()[r] >= 0) ? 1 : 0;
    }
    assertThat(found.agreeing()).isEqualTo(agreeing).isBetween(251L, 500L);
  }

  @Test
  void oracleCasesAgreeWithOtherSolvers() {
    String folder = "/oracle/diab-P60-s1/";
    double[][] table = CsvTable.read(folder + "data.csv.gz", true);
    Instance data =
        new Instance(
            "diab",
            CsvTable.withoutLastColumn(table),
            CsvTable.lastColumn(table),
            CsvTable.read(folder + "gates.csv", false));
    RowPathSolver solver = new RowPathSolver(rows(data, 100), Settings.to(1e-8), 300, 1);
    double[] lambdas = grid(solver.lambdaMax(), 0.5, 0.1, 0.05);
    List<RowSolution> path = solver.solve(lambdas, p -> {});
    for (int k = 0; k < 3; k++) {
      check(data.dense(Model.GATED), lambdas[k], path.get(k).solution(), 1e-8);
      double there = data.solve(Model.GATED, lambdas[k], 1e-10).certificate().objective();
      assertThat(path.get(k).solution().certificate().objective())
          .isCloseTo(there, within(1.1e-8 * there));
    }
  }

  @Test
  void zeroTargetsHaveTheZeroNetwork() {
    Instance data = Instance.of(Instance.Shape.GAUSSIAN, 1);
    Arrays.fill(data.y(), 0);
    RowPathSolver solver = new RowPathSolver(rows(data, 10), Settings.DEFAULT, 10, 1);
    assertThat(solver.lambdaMax()).isZero();
    Solution solution = solver.solve(new double[] {1}, p -> {}).get(0).solution();
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    assertThat(solution.weights().size()).isZero();
    assertThat(solver.passes()).isEqualTo(1);
  }

  @Test
  void limitsEndItWithWhatThereIs() {
    Instance data = teacher(2000, 6, 60, false, 5);
    Settings settings = new Settings(1e-12, 2, Double.POSITIVE_INFINITY);
    RowPathSolver solver = new RowPathSolver(rows(data, 512), settings, 150, 1);
    double lambda = 0.1 * solver.lambdaMax();
    Solution solution = solver.solve(new double[] {lambda}, p -> {}).get(0).solution();
    assertThat(solver.passes()).isEqualTo(2);
    assertThat(solution.status()).isEqualTo(Status.ITERATION_LIMIT);
    assertThat(solution.certificate().relativeGap()).isGreaterThan(1e-10);
    DenseProgram dense = data.dense(Model.GATED);
    double objective = dense.objective(dense.dense(solution.weights()), lambda);
    assertThat(solution.certificate().objective()).isCloseTo(objective, within(1e-10 * objective));
  }

  /** Two hundred where there is room; at 10,000 gates of 300 columns each has 24 MB. */
  @Test
  void pointsKeptHoldAGigabyteAtMost() {
    assertThat(RowPathSolver.keptPoints(0, 1)).isEqualTo(200);
    assertThat(RowPathSolver.keptPoints(1000, 50)).isEqualTo(200);
    assertThat(RowPathSolver.keptPoints(10_000, 300)).isEqualTo(44);
    assertThat(44L * 10_000 * 300 * Double.BYTES).isLessThanOrEqualTo(1L << 30);
    assertThat(RowPathSolver.keptPoints(1_000_000, 1000)).isEqualTo(1);
  }

  @Test
  void gridsThatDoNotDecreaseAreRefused() {
    LocalRows rows = rows(Instance.of(Instance.Shape.GAUSSIAN, 1), 10);
    RowPathSolver solver = new RowPathSolver(rows, Settings.DEFAULT, 10, 1);
    assertThatThrownBy(() -> solver.solve(new double[] {1, 1}, p -> {}))
        .hasMessageContaining("decrease");
    assertThatThrownBy(() -> solver.solve(new double[] {0}, p -> {}))
        .hasMessageContaining("positive");
  }
}
