package org.relupath.spark.train;

import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.search.LowerBound;
import org.relupath.core.score.Calibration;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Status;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.Part;
import org.relupath.spark.train.program.FittedNetwork;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.NetworkExporter;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * A network with its proof; null for what was not measured.
 *
 * @param network on raw features, as network.json has it
 * @param certificate how good it is among the networks with the patterns of its program
 * @param lowerBound of the objective of every network of {@code gap.networks()}, in the units of
 *     the loss scaling
 * @param gap how far it may be from the best of these
 * @param train how it does on the training rows
 * @param valid on rows held out for choosing lambda
 * @param validAuc the area under the curve on these, of a label of two values
 * @param test on rows for the final measurement; of a path, for its chosen network only
 * @param searched what a search of all patterns found, for adaptive gates
 * @param point the solution that it is, with its place in the path; in the columns of the solver,
 *     with a loss that is a sum
 */
public record TrainedNetwork(
    Network network,
    NetworkCertificate certificate,
    double lowerBound,
    GlobalGap gap,
    Metrics train,
    Metrics valid,
    Double validAuc,
    Metrics test,
    SearchEvidence searched,
    PathPoint point) {

  /** A solution as its network, measured on all rows, with the bounds that it proves. */
  public static TrainedNetwork of(ProgramExporter exporter, LowerBounds bounds, PathPoint point) {
    TrainedNetwork own = of(exporter, point, point.solution().status(), bounds, null);
    return own.tested(exporter.measure(Part.TEST, own.network));
  }

  /**
   * A solution as its network, measured on the rows that it was fitted to and on those held out.
   *
   * @param solved how far the solve is what was asked for
   * @param bounds of the program
   * @param searched what a search of all patterns found, or null
   */
  public static TrainedNetwork of(
      ProgramExporter exporter,
      PathPoint point,
      Status solved,
      LowerBounds bounds,
      SearchEvidence searched) {
    FittedNetwork fitted = exporter.fitted(point.solution());
    LowerBound bound = bounds.of(point.solution());
    ProgramExporter.Held held = exporter.held(fitted.network());
    Metrics valid = held == null ? null : held.metrics();
    Double auc = held == null ? null : held.auc();
    return of(exporter, point, fitted, solved, bound, valid, auc, searched);
  }

  /**
   * A fitted network, converted from the solver's units.
   *
   * @param solved how far the solve is what was asked for
   * @param bound of every network's objective, in the solver's units
   * @param valid how it does on held-out rows, or null
   * @param validAuc the area under the curve there, or null
   * @param searched what a search of all patterns found, or null
   */
  static TrainedNetwork of(
      NetworkExporter exporter,
      PathPoint point,
      FittedNetwork fitted,
      Status solved,
      LowerBound bound,
      Metrics valid,
      Double validAuc,
      SearchEvidence searched) {
    NetworkClass networks = NetworkClass.of(exporter.model());
    ProgramSummary program = exporter.program();
    return new TrainedNetwork(
        fitted.network(),
        NetworkCertificate.of(program, fitted, solved),
        bound.value() / program.lossScale(),
        new GlobalGap(fitted.gap(bound.value()), networks, bound.source().label()),
        fitted.train(),
        valid,
        validAuc,
        null,
        searched,
        point);
  }

  /** This network, measured on rows for the final measurement. */
  TrainedNetwork tested(Metrics measured) {
    return new TrainedNetwork(
        network, certificate, lowerBound, gap, train, valid, validAuc, measured, searched, point);
  }

  /** This network, with something made of its scores. */
  TrainedNetwork calibrated(Calibration calibration) {
    return new TrainedNetwork(
        network.with(calibration),
        certificate,
        lowerBound,
        gap,
        train,
        valid,
        validAuc,
        test,
        searched,
        point);
  }

  /** Its place in the path, 0 for the largest lambda. */
  public int index() {
    return point.index();
  }
}
