package org.relupath.spark.study.unit;

import java.util.Arrays;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.solve.Settings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.Values;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.train.program.Program;

/**
 * What every path of a study has in common.
 *
 * @param splits of the rows
 * @param lambda the one lambda of every path, in the units of the loss scaling; null for a grid
 * @param lambdas length of each path's grid
 * @param minRatio its smallest lambda over its largest
 * @param segments pieces that each grid is cut into
 * @param limits of each solve
 */
public record StudyGrid(
    StudySplits splits, Double lambda, int lambdas, double minRatio, int segments, Settings limits)
    implements java.io.Serializable {
  public static StudyGrid of(Values values, RunSettings settings) {
    boolean one = settings.lambda().lambda().isPresent();
    for (String key : new String[] {"lambdas", "lambda-min-ratio"}) {
      if (one && values.config().isExplicit(key)) {
        throw values.both("lambda", key, "");
      }
    }
    StudySplits splits = StudySplits.of(values, settings.model().seed());
    int lambdas = one ? 1 : settings.lambda().lambdas();
    if (lambdas > 1 && !splits.choosing()) {
      throw new BadInputException(
          "--split-valid: is missing, expected rows to choose among several lambdas by");
    }
    return new StudyGrid(
        splits,
        one ? settings.lambda().lambda().getAsDouble() : null,
        lambdas,
        settings.lambda().lambdaMinRatio(),
        Math.min(settings.solver().segments(), lambdas),
        settings.solver().limits());
  }

  /** The grid of a path, in the solver's units. */
  public double[] grid(Program program) {
    return lambda == null
        ? LambdaGrid.logarithmic(program.referenceLambda(), minRatio, lambdas)
        : new double[] {lambda * program.lossScale()};
  }

  /** One lambda of a program, in the solver's units. */
  public double lambda(Program program, int index) {
    return lambda == null ? ratio(index) * program.referenceLambda() : grid(program)[index];
  }

  /** The index of the first lambda of a segment; that of the segment after the last ends it. */
  public int first(int segment) {
    return (int) ((long) lambdas * segment / segments);
  }

  /** The lambdas of one segment of a grid. */
  public double[] segment(double[] grid, int segment) {
    return Arrays.copyOfRange(grid, first(segment), first(segment + 1));
  }

  /** The lambdas of all paths as shares of lambda_max; of one lambda a guess. */
  public double[] ratios() {
    return lambda == null ? LambdaGrid.logarithmic(1, minRatio, lambdas) : new double[] {minRatio};
  }

  /** The one at a position. */
  public double ratio(int index) {
    return ratios()[index];
  }
}
