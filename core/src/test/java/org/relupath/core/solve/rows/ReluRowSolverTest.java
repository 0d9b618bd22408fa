package org.relupath.core.solve.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Certificate;
import org.relupath.core.program.Model;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.NetworkPass;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;

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
    assertThat(dense.coneViolation(w)).as(name).isLessThanOrEqualTo(-1.1 * NetworkPass.VIOLATED);
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
      List<ReluRowSolver.Found> path = solver.solve(lambdas, p -> {});
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

  @Test
  void speed() {
    Instance data = teacher(20000, 20, 5, 1);
    ReluRowSolver solver =
        ReluRowSolver.searching(
            rows(data, 8192), 0, Settings.to(1e-6), new ReluRowSolver.Search(50, 1e-4, 300, 1));
    double top = solver.lambdaMax();
    System.out.println("lambdaMax " + top + " passes " + solver.passes());
    long t = System.nanoTime();
    var found =
        solver.solve(
            grid(top, 0.5, 0.2, 0.1),
            p -> System.out.println((System.nanoTime() - t) / 1e9 + " " + p));
    for (var f : found) {
      System.out.println(
          f.solution().solution().certificate()
              + " "
              + f.solution().solution().weights().size()
              + " "
              + f.solution().solution().status()
              + " "
              + f.searched());
    }
  }
}
