package org.relupath.spark.study.unit;

import org.relupath.core.data.Observations;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.train.program.Program;

/**
 * The solution of one lambda of a study, on some rows of a data set.
 *
 * @param program what was solved
 * @param lambda in the solver's units
 * @param solution of it
 */
public record LambdaFit(Program program, double lambda, Solution solution) {
  /**
   * Solves it from zero; with adaptive patterns, from what the search for them ended with.
   *
   * @param train rows to fit to
   * @param all rows of the data set
   * @param index of the lambda in the study's grid
   */
  public static LambdaFit of(
      Observations train, Observations all, ModelSettings model, StudyGrid grid, int index) {
    Program first = Program.ofPart(train, all, model, grid.limits());
    double lambda = grid.lambda(first, index);
    Program program = first.gathered(new double[] {lambda}, grid.limits());
    ConvexProgram convex = program.convex();
    BlockWeights start =
        program.starts().isEmpty()
            ? BlockWeights.zero(convex.problem().d())
            : program.starts().get(0);
    return new LambdaFit(
        program,
        lambda,
        new Solver(convex.problem(), new Pricer(convex)).solve(lambda, grid.limits(), start));
  }
}
