package org.relupath.core.path.homotopy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;

/** Optima to rounding, each one proved by the definitions. */
final class PolishedOptimum {
  private static final double OPTIMAL = 1e-10;

  private PolishedOptimum() {}

  /** What the analysis says of a solution of gap 1e-12. */
  static SensitivityAnalysis.Outcome outcome(Instance instance, Model model, double lambda) {
    Solution solution = instance.solver(model).solve(lambda, Settings.to(1e-12));
    return outcome(instance, model, lambda, solution.weights());
  }

  /** What the analysis says, from the weights of a problem nearby. */
  static SensitivityAnalysis.Outcome outcome(
      Instance instance, Model model, double lambda, BlockWeights near) {
    SensitivityAnalysis.Outcome outcome =
        new SensitivityAnalysis(instance.program(model)).at(lambda, near);
    DenseProgram dense = instance.dense(model);
    double kkt = dense.kktResidual(dense.dense(outcome.weights()), lambda);
    assertThat(kkt).as("KKT residual at %s", lambda).isLessThan(tolerance(outcome));
    return outcome;
  }

  private static double tolerance(SensitivityAnalysis.Outcome outcome) {
    return outcome.conditions().isPresent() ? OPTIMAL : 1e-4;
  }

  /** The optimum, a row a block of the whole program. */
  static double[][] weights(Instance instance, Model model, double lambda, BlockWeights near) {
    return instance.dense(model).dense(outcome(instance, model, lambda, near).weights());
  }

  /** This instance with other targets. */
  static Instance with(Instance instance, double[] y) {
    return new Instance(instance.name(), instance.x(), y, instance.gates());
  }

  /** y + t dy. */
  static Instance moved(Instance instance, double t, double[] dy) {
    double[] y = instance.y().clone();
    Dense.add(y, t, dy);
    return with(instance, y);
  }

  /** The rows r with x_r'w = 0 and x_r not 0. */
  static List<Integer> zeroRows(Instance instance, double[] w) {
    List<Integer> rows = new ArrayList<>();
    for (int r = 0; r < instance.x().length; r++) {
      double size = Dense.norm(instance.x()[r]) * Dense.norm(w);
      if (size > 0 && Math.abs(Dense.dot(instance.x()[r], w)) <= 1e-9 * size) {
        rows.add(r);
      }
    }
    return rows;
  }

  /** All rows of the difference of two solutions, in one vector. */
  static double[] difference(double[][] a, double[][] b) {
    double[] difference = new double[a.length * a[0].length];
    for (int i = 0; i < difference.length; i++) {
      int d = a[0].length;
      difference[i] = a[i / d][i % d] - b[i / d][i % d];
    }
    return difference;
  }

  /** Weights of all blocks in one vector. */
  static double[] flat(Instance instance, Model model, BlockWeights weights) {
    double[][] rows = instance.dense(model).dense(weights);
    return difference(rows, new double[rows.length][rows[0].length]);
  }
}
