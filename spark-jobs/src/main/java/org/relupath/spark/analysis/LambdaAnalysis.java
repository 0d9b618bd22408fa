package org.relupath.spark.analysis;

import org.relupath.core.data.Matrix;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.StoredSolution;

/**
 * What {@code --analyze} finds out about one lambda.
 *
 * @param index of the lambda in its path
 * @param solution a solution to a gap near 1e-12
 * @param figures of all optimal networks
 * @param sensitivity of the optimal network
 * @param seconds taken
 */
public record LambdaAnalysis(
    int index,
    Solution solution,
    OptimalSetSummary figures,
    SensitivitySummary sensitivity,
    double seconds)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What an analysis needs beside the solution.
   *
   * @param program the program
   * @param gates for each pattern a gate that induces it
   * @param limits of the solve
   * @param centred whether the label's mean was taken off
   * @param seed of the points where functions are compared
   */
  record Task(ConvexProgram program, Matrix gates, Settings limits, boolean centred, long seed)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    /** The task for solutions of a program. */
    static Task of(ProgramSolver solver) {
      Program program = solver.program();
      return new Task(
          program.convex().kept(),
          program.patternGates(),
          solver.limits(),
          program.centred(),
          program.model().seed());
    }

    /** Analyses one lambda. */
    LambdaAnalysis of(StoredSolution stored) {
      long started = System.nanoTime();
      Solution solution = PolishedSolve.solve(program, stored, limits);
      OptimalSetSummary figures =
          OptimalSet.of(program, gates, solution).analysed(set -> OptimalSetSummary.of(set, seed));
      return new LambdaAnalysis(
          stored.index(),
          solution,
          figures,
          SensitivitySummary.of(program, solution, centred, false),
          (System.nanoTime() - started) / 1e9);
    }
  }
}
