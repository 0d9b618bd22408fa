package org.relupath.spark.study;

import java.util.Arrays;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.solve.Settings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.Values;
import org.relupath.spark.train.program.Program;

/**
 * What every path of a study has in common.
 *
 * @param folds how many, at least 2
 * @param foldSeed which rows are in which: the same for all gates and models
 * @param lambdas length of each path's grid
 * @param minRatio its smallest lambda over its largest
 * @param segments pieces that each grid is cut into
 * @param limits of each solve
 */
public record StudyGrid(
    int folds, long foldSeed, int lambdas, double minRatio, int segments, Settings limits)
    implements java.io.Serializable {
  static StudyGrid of(Values values, RunSettings settings) {
    return new StudyGrid(
        (int) values.whole("folds", 2, Integer.MAX_VALUE),
        settings.model().seed(),
        settings.lambda().lambdas(),
        settings.lambda().lambdaMinRatio(),
        Math.min(settings.solver().segments(), settings.lambda().lambdas()),
        settings.solver().limits());
  }

  /** The grid of a path, in the solver's units. */
  double[] grid(Program program) {
    return LambdaGrid.logarithmic(program.referenceLambda(), minRatio, lambdas);
  }

  /** The index of the first lambda of a segment; that of the segment after the last ends it. */
  int first(int segment) {
    return (int) ((long) lambdas * segment / segments);
  }

  /** The lambdas of one segment of a grid. */
  double[] segment(double[] grid, int segment) {
    return Arrays.copyOfRange(grid, first(segment), first(segment + 1));
  }

  /** The lambdas of all paths as shares of lambda_max. */
  double[] ratios() {
    return LambdaGrid.logarithmic(1, minRatio, lambdas);
  }

  /** The one at a position. */
  double ratio(int index) {
    return ratios()[index];
  }
}
