package org.relupath.spark.jobs;

import java.util.List;

/**
 * One lambda of path.csv; null for what was not computed. In units of the loss scaling.
 *
 * @param index from 0, largest lambda first
 * @param unique {@code true}, {@code false} or {@code uncertain}
 * @param solved whether this lambda was solved, rather than interpolated between its neighbours
 * @param certifiedGap gap, in units of ||y||^2/2, that networks interpolated from here to the next
 *     lambda have at most
 * @param lowerBound of the objective of every network, of any width and with any patterns
 * @param bestViolation the largest ||v_b|| / lambda that a search of all patterns has found
 * @param searchedGap the relative gap if no pattern has a larger one: evidence, and no proof
 */
public record PathRow(
    int index,
    double lambda,
    double lambdaRatio,
    double objective,
    double loss,
    double penalty,
    double relativeGap,
    int activeBlocks,
    int neurons,
    Integer optimalSetDimension,
    String unique,
    Double df,
    Double trainMse,
    Double trainAccuracy,
    Double validMse,
    Double validAccuracy,
    int iterations,
    double seconds,
    String status,
    boolean solved,
    Double certifiedGap,
    double dualObjective,
    double maxConeViolation,
    double lowerBound,
    Double bestViolation,
    Double searchedGap) {

  /** The columns, in the order of {@link #cells()}. */
  static final List<String> COLUMNS =
      List.of(
          "index",
          "lambda",
          "lambdaRatio",
          "objective",
          "loss",
          "penalty",
          "relativeGap",
          "activeBlocks",
          "neurons",
          "optimalSetDimension",
          "unique",
          "df",
          "trainMse",
          "trainAccuracy",
          "validMse",
          "validAccuracy",
          "iterations",
          "seconds",
          "status",
          "solved",
          "certifiedGap",
          "dualObjective",
          "maxConeViolation",
          "lowerBound",
          "bestViolation",
          "searchedGap");

  Object[] cells() {
    return new Object[] {
      index,
      lambda,
      lambdaRatio,
      objective,
      loss,
      penalty,
      relativeGap,
      activeBlocks,
      neurons,
      optimalSetDimension,
      unique,
      df,
      trainMse,
      trainAccuracy,
      validMse,
      validAccuracy,
      iterations,
      seconds,
      status,
      solved,
      certifiedGap,
      dualObjective,
      maxConeViolation,
      lowerBound,
      bestViolation,
      searchedGap
    };
  }
}
