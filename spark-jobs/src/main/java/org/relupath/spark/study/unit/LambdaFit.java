package org.relupath.spark.study.unit;

import org.relupath.core.data.Observations;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.SearchedPath;

/**
 * The solution of one lambda of a study, on some rows of a data set.
 *
 * @param program what was solved
 * @param lambda in the solver's units
 * @param solution of it
 */
public record LambdaFit(Program program, double lambda, Solution solution) {
  /**
   * Solves it; with adaptive gates over the patterns that it asks for.
   *
   * @param train rows to fit to
   * @param all rows of the data set
   * @param index of the lambda in the study's grid
   */
  public static LambdaFit of(
      Observations train, Observations all, ModelSettings model, StudyGrid grid, int index) {
    Program first = Program.ofPart(train, all, model, grid.limits());
    double lambda = grid.lambda(first, index);
    SearchedPath solved = SearchedPath.of(first, new double[] {lambda}, 0, grid.limits());
    return new LambdaFit(solved.program(), lambda, solved.points().get(0).solution());
  }
}
