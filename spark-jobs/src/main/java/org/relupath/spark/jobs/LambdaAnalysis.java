package org.relupath.spark.jobs;

import org.relupath.core.data.Matrix;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;

/**
 * What {@code --analyze} finds out about one lambda.
 *
 * @param index of the lambda in its path
 * @param solution a solution to a gap near 1e-12
 * @param figures of all optimal networks
 * @param sensitivity of the optimal network
 * @param seconds taken
 */
record LambdaAnalysis(
    int index,
    Solution solution,
    OptimalSetFigures figures,
    SensitivityFigures sensitivity,
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
    static Task of(Training training, RunSettings run) {
      return new Task(
          training.program().kept(),
          training.patternGates(),
          run.solver().limits(),
          training.centred(),
          run.model().seed());
    }

    /** Analyses one lambda. */
    LambdaAnalysis of(StoredSolution stored) {
      long started = System.nanoTime();
      Solution solution = Tight.solve(program, stored, limits);
      OptimalSetFigures figures =
          OptimalSet.of(program, gates, solution).analysed(set -> OptimalSetFigures.of(set, seed));
      return new LambdaAnalysis(
          stored.index(),
          solution,
          figures,
          SensitivityFigures.of(program, solution, centred, false),
          (System.nanoTime() - started) / 1e9);
    }
  }
}
