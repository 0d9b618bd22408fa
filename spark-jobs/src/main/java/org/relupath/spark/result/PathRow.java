package org.relupath.spark.result;

import java.util.List;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.train.GlobalGap;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.NetworkClass;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.LowerBounds;

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
 * @param validAuc area under the curve on held-out rows, of a label of two values
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
    Status status,
    boolean solved,
    Double certifiedGap,
    double dualObjective,
    double maxConeViolation,
    double lowerBound,
    Double bestViolation,
    Double searchedGap,
    double solverObjective,
    Double validAuc) {

  /** The columns of path.csv. */
  public static final List<String> COLUMNS = RecordTable.columns(PathRow.class);

  /**
   * The row of a network.
   *
   * @param certifiedGap up to the next lambda, in units of ||y||^2/2, or null
   * @param analysis of its optimal set, or null
   */
  public static PathRow of(TrainedNetwork network, Double certifiedGap, LambdaAnalysis analysis) {
    NetworkCertificate proof = network.certificate();
    Metrics valid = network.valid();
    SearchEvidence searched = network.searched();
    return new PathRow(
        network.index(),
        proof.lambda(),
        proof.lambdaRatio(),
        proof.objective(),
        proof.loss(),
        proof.penalty(),
        proof.relativeGap(),
        proof.activeBlocks(),
        network.network().width(),
        analysis == null ? null : analysis.figures().knownDimension(),
        analysis == null ? null : analysis.figures().unique().label(),
        analysis == null ? null : analysis.sensitivity().df(),
        network.train().mse(),
        network.train().accuracy(),
        valid == null ? null : valid.mse(),
        valid == null ? null : valid.accuracy(),
        proof.iterations(),
        proof.seconds(),
        proof.status(),
        network.point().solved(),
        certifiedGap,
        proof.dualObjective(),
        proof.maxConeViolation(),
        network.lowerBound(),
        searched == null ? null : searched.bestViolation(),
        searched == null ? null : searched.searchedGap(),
        proof.solverObjective(),
        network.validAuc());
  }

  /** How far the networks of a path are from all networks, at most. */
  public static GlobalGap global(ModelSettings model, List<PathRow> rows) {
    double worst =
        rows.stream()
            .mapToDouble(row -> LowerBounds.gap(row.objective(), row.lowerBound()))
            .max()
            .orElse(0);
    return new GlobalGap(worst, NetworkClass.of(model), "");
  }
}
