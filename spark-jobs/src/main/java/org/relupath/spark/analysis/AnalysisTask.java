package org.relupath.spark.analysis;

import org.relupath.core.data.Matrix;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.solve.Settings;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.StoredSolution;

/**
 * What every analysis of a program's solutions needs, on an executor.
 *
 * @param program the program
 * @param gates for each pattern a gate that induces it
 * @param limits of each solve
 * @param lossScale what the solver's lambda and objective are divided by to be the user's
 * @param referenceLambda the lambda that ratios are shares of, in the solver's units
 * @param centred whether the label's mean was taken off
 * @param seed of all that is drawn
 */
public record AnalysisTask(
    ConvexProgram program,
    Matrix gates,
    Settings limits,
    double lossScale,
    double referenceLambda,
    boolean centred,
    long seed)
    implements java.io.Serializable {
  /** The task for solutions of a program. */
  public static AnalysisTask of(ProgramSolver solver) {
    return of(solver.program(), solver.limits());
  }

  /** The task for solutions of a program that are solved to these limits. */
  public static AnalysisTask of(Program program, Settings limits) {
    return new AnalysisTask(
        program.convex().kept(),
        program.patternGates(),
        limits,
        program.lossScale(),
        program.referenceLambda(),
        program.centred(),
        program.model().seed());
  }

  /** Solves on from a stored solution, to a gap near 1e-12. */
  public PolishedSolution polish(StoredSolution stored) {
    return PolishedSolution.of(this, stored);
  }

  /** All optimal networks at a solution. */
  public OptimalSet optimalSet(PolishedSolution polished) {
    return OptimalSet.of(program, gates, polished.solution());
  }

  /** How the optimal network moves with lambda and, where asked for, with the targets. */
  public SensitivitySummary sensitivity(PolishedSolution polished, boolean targets) {
    return SensitivitySummary.of(this, polished.solution(), targets);
  }

  /** What {@code --analyze} finds out about one lambda. */
  LambdaAnalysis analyse(StoredSolution stored) {
    long started = System.nanoTime();
    PolishedSolution polished = polish(stored);
    OptimalSetSummary figures =
        optimalSet(polished).analysed(set -> OptimalSetSummary.of(this, set, set.uniqueness()));
    return new LambdaAnalysis(
        polished, figures, sensitivity(polished, false), (System.nanoTime() - started) / 1e9);
  }
}
