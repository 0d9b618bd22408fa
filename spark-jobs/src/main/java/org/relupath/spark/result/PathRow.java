package org.relupath.spark.result;

import java.util.List;
import org.relupath.core.data.Observations;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.train.FittedNetwork;
import org.relupath.spark.train.GlobalGap;
import org.relupath.spark.train.LowerBounds;
import org.relupath.spark.train.NetworkExporter;
import org.relupath.spark.train.Program;
import org.relupath.spark.train.ProgramSummary;
import org.relupath.spark.train.SolvedPath;

/**
 * One lambda of path.csv; null for what was not computed. In units of the loss scaling.
 *
 * @param index from 0, largest lambda first
 * @param unique {@code true}, {@code false} or {@code uncertain}
 * @param solved whether this lambda was solved, rather than interpolated between its neighbours
 * @param certifiedGap gap, in units of ||y||^2/2, that networks interpolated from here to the next
 *     lambda have at most
 * @param lowerBound of the objective of every network, of any width and with any patterns
 * @param bestViolation the largest ||v_b|| / lambda that a search of all patterns has found; where
 *     gated of those that no row lies on the border of
 * @param searchedGap the relative gap if no pattern has a larger one: evidence, and no proof
 * @param solverObjective what was certified in the columns of the solver; the objective is that of
 *     the network as it is written
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
    Double searchedGap,
    double solverObjective) {

  /**
   * What is known of a point beside its certificate; null for what was not computed.
   *
   * @param status how far its solve is what was asked for
   * @param certifiedGap up to the next lambda, in units of ||y||^2/2
   * @param lowerBound of every network's objective, in the solver's units
   * @param analysis of its optimal set
   * @param searched what a search of all patterns found
   */
  public record Details(
      Status status,
      Double certifiedGap,
      double lowerBound,
      LambdaAnalysis analysis,
      SearchEvidence searched) {

    /** Of a path's point number k, without analysis and search. */
    public static Details of(SolvedPath path, int k, LowerBounds bounds) {
      double lowerBound = bounds.of(path.points().get(k).solution()).value();
      return new Details(path.status(k), path.certifiedGap(k), lowerBound, null, null);
    }
  }

  /** The columns, in the order of {@link #cells()}. */
  public static final List<String> COLUMNS =
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
          "searchedGap",
          "solverObjective");

  /**
   * The row of a point.
   *
   * @param exporter of its program
   * @param validRows rows held out, or null
   */
  public static PathRow of(
      NetworkExporter exporter, Observations validRows, PathPoint point, Details found) {
    return of(exporter.program(), exporter.fitted(point.solution()), validRows, point, found);
  }

  /**
   * The row of a point.
   *
   * @param fitted its network, measured on the rows that it was fitted on
   * @param validRows rows held out, or null
   */
  public static PathRow of(
      Program program,
      FittedNetwork fitted,
      Observations validRows,
      PathPoint point,
      Details found) {
    Metrics valid = program.measure(fitted.network(), validRows);
    return of(program.summary(), point, fitted, valid, found);
  }

  /**
   * The row of a point of a program whose rows may be elsewhere.
   *
   * @param fitted its network, measured on the training rows
   * @param valid how it does on held-out rows, or null
   */
  public static PathRow of(
      ProgramSummary program, PathPoint point, FittedNetwork fitted, Metrics valid, Details found) {
    Certificate certificate = point.solution().certificate();
    LambdaAnalysis own = found.analysis();
    SearchEvidence searched = found.searched();
    double unit = program.lossScale();
    return new PathRow(
        point.index(),
        point.lambda() / unit,
        point.lambda() / program.referenceLambda(),
        fitted.objective().value() / unit,
        fitted.objective().loss() / unit,
        fitted.objective().penalty() / unit,
        fitted.relativeGap(),
        point.solution().weights().compact().size(),
        fitted.network().width(),
        own == null ? null : own.figures().knownDimension(),
        own == null ? null : own.figures().unique(),
        own == null ? null : own.sensitivity().df(),
        fitted.train().mse(),
        fitted.train().accuracy(),
        valid == null ? null : valid.mse(),
        valid == null ? null : valid.accuracy(),
        point.solution().iterations(),
        point.solution().seconds(),
        fitted.status(found.status()).label(),
        point.solved(),
        found.certifiedGap(),
        certificate.dualObjective() / unit,
        certificate.maxConeViolation(),
        found.lowerBound() / unit,
        searched == null ? null : searched.bestViolation(),
        searched == null ? null : searched.searchedGap(),
        fitted.certified() / unit);
  }

  /** How far the networks of a path are from all networks, at most. */
  public static GlobalGap global(ModelSettings model, List<PathRow> rows) {
    double worst =
        rows.stream()
            .mapToDouble(row -> LowerBounds.gap(row.objective(), row.lowerBound()))
            .max()
            .orElse(0);
    return new GlobalGap(worst, LowerBounds.networks(model), "");
  }

  /** The cells, in the order of {@link #COLUMNS}. */
  public Object[] cells() {
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
      searchedGap,
      solverObjective
    };
  }
}
