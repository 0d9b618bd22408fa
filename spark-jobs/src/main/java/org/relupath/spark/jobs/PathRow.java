package org.relupath.spark.jobs;

import java.util.List;
import org.relupath.core.data.Observations;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.Certificate;

/**
 * One lambda of path.csv; null for what was not computed. In units of the loss scaling.
 *
 * @param index from 0, largest lambda first
 * @param unique {@code true}, {@code false} or {@code uncertain}
 * @param solved whether this lambda was solved, rather than interpolated between its neighbours
 * @param certifiedGap gap, in units of ||y||^2/2, that holds up to the next lambda
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
    double maxConeViolation) {

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
          "maxConeViolation");

  /**
   * The row of a point.
   *
   * @param training its program
   * @param trainRows the rows that it was fitted on
   * @param validRows rows held out, or null
   * @param own what was found out about its optimal set, or null
   */
  static PathRow of(
      Training training,
      Observations trainRows,
      Observations validRows,
      PathPoint point,
      LambdaAnalysis own) {
    Certificate certificate = point.solution().certificate();
    Network network = training.network(point.solution().weights());
    Metrics train = training.measure(network, trainRows);
    Metrics valid = training.measure(network, validRows);
    double unit = training.unit();
    return new PathRow(
        point.index(),
        point.lambda() / unit,
        point.lambda() / training.lambdaTop(),
        certificate.objective() / unit,
        certificate.loss() / unit,
        certificate.penalty() / unit,
        certificate.relativeGap(),
        point.solution().weights().compact().size(),
        network.width(),
        own == null ? null : own.figures().knownDimension(),
        own == null ? null : own.figures().unique(),
        own == null ? null : own.sensitivity().df(),
        train.mse(),
        train.accuracy(),
        valid == null ? null : valid.mse(),
        valid == null ? null : valid.accuracy(),
        point.solution().iterations(),
        point.solution().seconds(),
        point.solution().status().label(),
        point.solved(),
        null,
        certificate.dualObjective() / unit,
        certificate.maxConeViolation());
  }

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
      maxConeViolation
    };
  }
}
