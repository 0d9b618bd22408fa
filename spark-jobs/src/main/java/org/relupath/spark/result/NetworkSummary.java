package org.relupath.spark.result;

import java.util.List;
import java.util.Map;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.program.Model;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.data.Baselines;
import org.relupath.spark.data.PartMetrics;
import org.relupath.spark.io.TrueOrFalse;
import org.relupath.spark.run.Versions;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * What every summary.json begins with: one network and its proof ({@link NetworkCertificate}), in
 * the units of the loss scaling; null for what was not computed.
 *
 * @param weight what the n training rows count for in the fit together
 * @param lowerBoundClass the networks that {@code lowerBound} is for
 * @param tolerance the relative gap that was asked for
 * @param optimalSetDimension over blocks, where an analysis has it beyond doubt
 * @param unique what an analysis claims of uniqueness
 * @param warnings what to be aware of
 * @param baselines what the simplest models make of the same rows
 * @param calibration what was made of the scores of a label of two values
 */
public record NetworkSummary(
    Model model,
    ModelSettings.LossScaling lossScaling,
    long n,
    double weight,
    int d,
    int gates,
    int distinctPatterns,
    double lambda,
    double lambdaMax,
    double lambdaRatio,
    double objective,
    double loss,
    double penalty,
    double solverObjective,
    double objectiveDifference,
    double dualObjective,
    double relativeGap,
    double lowerBound,
    String lowerBoundSource,
    double gapToGlobal,
    String lowerBoundClass,
    double tolerance,
    double maxConeViolation,
    double kktResidual,
    int activeBlocks,
    int neurons,
    PartMetrics train,
    int iterations,
    SolverSettings.Method solver,
    Status status,
    Integer optimalSetDimension,
    @TrueOrFalse Uniqueness.State unique,
    List<String> warnings,
    long seed,
    Map<String, String> versions,
    PartMetrics valid,
    PartMetrics test,
    Baselines baselines,
    CalibrationSummary calibration) {

  /**
   * The summary of a network.
   *
   * @param tolerance the relative gap that was asked for
   * @param status how far it is what was asked for
   * @param analysis of its optimal set, or null
   * @param warnings what to be aware of
   * @param measured how it does on all rows
   */
  public static NetworkSummary of(
      ProgramSummary program,
      RunSettings settings,
      TrainedNetwork network,
      double tolerance,
      Status status,
      LambdaAnalysis analysis,
      List<String> warnings,
      Measurement measured) {
    NetworkCertificate proof = network.certificate();
    return new NetworkSummary(
        settings.model().model(),
        settings.model().lossScaling(),
        program.n(),
        program.weight(),
        program.d(),
        program.gates(),
        program.distinctPatterns(),
        proof.lambda(),
        program.lambdaMax() / program.lossScale(),
        proof.lambdaRatio(),
        proof.objective(),
        proof.loss(),
        proof.penalty(),
        proof.solverObjective(),
        proof.objectiveDifference(),
        proof.dualObjective(),
        proof.relativeGap(),
        network.lowerBound(),
        network.gap().source(),
        network.gap().value(),
        network.gap().networks().description(),
        tolerance,
        proof.maxConeViolation(),
        proof.kktResidual(),
        proof.activeBlocks(),
        network.network().width(),
        measured.train(),
        proof.iterations(),
        settings.solver().method(),
        status,
        analysis == null ? null : analysis.figures().knownDimension(),
        analysis == null ? null : analysis.figures().unique(),
        List.copyOf(warnings),
        settings.model().seed(),
        Versions.all(),
        measured.valid(),
        measured.test(),
        measured.baselines(),
        measured.calibration());
  }
}
