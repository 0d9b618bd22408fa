package org.relupath.spark.result;

import java.util.List;
import java.util.Locale;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * A best lambda at an end of its grid: a better one may lie beyond. A grid of one lambda has no
 * ends, and where every lambda has the zero network there is nothing to choose.
 */
public enum GridEdge {
  /** Inside, or nothing was chosen. */
  NONE(""),
  /** The first of the grid. */
  LARGEST("the largest of the grid"),
  /** The last of the grid. */
  SMALLEST("the smallest of the grid");

  /** Relative rounding of a lambda at lambda_max, in the units of the loss scaling. */
  private static final double ROUNDING = 1e-12;

  private final String label;

  GridEdge(String label) {
    this.label = label;
  }

  /**
   * Where the lambda that an output chose is in its grid; nothing is chosen where all networks are
   * zero, and a choice for several outputs is {@linkplain #of(List, double) theirs}.
   */
  public static GridEdge of(LambdaSelection selection, ProgramSummary program, int lambdas) {
    return selection.joint() ? NONE : of(selection, program.lambdaMax(), lambdas);
  }

  /** Where the lambda that several outputs chose together is in their grid. */
  public static GridEdge of(List<TrainedPath> outputs, double lambdaMax) {
    TrainedPath first = outputs.get(0);
    return first.selection().joint()
        ? of(first.selection(), lambdaMax, first.networks().size())
        : NONE;
  }

  private static GridEdge of(LambdaSelection selection, double lambdaMax, int lambdas) {
    return selection.chosen() && lambdaMax > 0 ? of(selection.index(), lambdas) : NONE;
  }

  /** Where position {@code index} of so many lambdas is, the largest first. */
  public static GridEdge of(int index, int lambdas) {
    if (lambdas < 2) {
      return NONE;
    }
    return index == 0 ? LARGEST : index == lambdas - 1 ? SMALLEST : NONE;
  }

  /** A remark behind a lambda in a line of output; empty inside the grid. */
  public String remark() {
    return this == NONE ? "" : " (" + label + ")";
  }

  /**
   * A warning; not for {@link #NONE}.
   *
   * @param ratio the best lambda's share of lambda_max
   */
  public String warning(double ratio) {
    String beyond =
        this == SMALLEST
            ? "a smaller one may be better, see --lambda-min-ratio"
            : ratio < 1 - ROUNDING
                ? "a larger one may be better"
                : "no network of the grid does better than the zero network";
    return String.format(
        Locale.ROOT, "the best lambda, %.6g lambda_max, is %s: %s", ratio, label, beyond);
  }
}
