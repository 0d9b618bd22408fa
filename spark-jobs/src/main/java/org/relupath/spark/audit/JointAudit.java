package org.relupath.spark.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.program.Model;
import org.relupath.core.program.search.LowerBound;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.io.TrueOrFalse;
import org.relupath.spark.run.Versions;

/**
 * audit.json of a network of K outputs, in the units of the loss scaling: the worst of all outputs
 * and each of them. Objectives and their bounds are sums over outputs.
 *
 * @param critical whether all outputs are Clarke stationary
 * @param criticalAfterBalancing whether they are once ||W_j|| = |a_j|
 * @param stationarityResidual the largest
 * @param descentResidual the largest
 * @param gapToGlobal the largest
 * @param worst which outputs these are
 * @param outputs each of them; its folder has its own audit.json
 */
public record JointAudit(
    Model model,
    int n,
    int d,
    int width,
    LossScaling lossScaling,
    @TrueOrFalse Criticality critical,
    @TrueOrFalse Criticality criticalAfterBalancing,
    double stationarityResidual,
    double descentResidual,
    double objective,
    double subsampledObjective,
    double lowerBound,
    double gapToGlobal,
    Worst worst,
    List<Output> outputs,
    java.util.Map<String, String> versions) {

  /** The names of the outputs with the largest stationarity residual and gap to the optimum. */
  public record Worst(String stationarityResidual, String gapToGlobal) {}

  /**
   * One of the outputs.
   *
   * @param improved the objective of the best network met; left out where that is the audited one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Output(
      String name,
      String folder,
      double lambda,
      @TrueOrFalse Criticality critical,
      @TrueOrFalse Criticality criticalAfterBalancing,
      double stationarityResidual,
      double descentResidual,
      double objective,
      double subsampledObjective,
      double lowerBound,
      LowerBound.Source lowerBoundSource,
      double gapToGlobal,
      Double improved) {
    /** An output of this report. */
    public static Output of(String name, String folder, AuditReport own) {
      return new Output(
          name,
          folder,
          own.lambda(),
          own.critical(),
          own.criticalAfterBalancing(),
          own.stationarityResidual(),
          own.descentResidual(),
          own.objective(),
          own.subsampledObjective(),
          own.lowerBound(),
          own.lowerBoundSource(),
          own.gapToGlobal(),
          own.improvement() == null ? null : (Double) own.improvement().objective());
    }
  }

  /** The audit of all outputs, at least one, whose rows are the same. */
  public static JointAudit of(List<AuditReport> reports, List<Output> outputs) {
    AuditReport first = reports.get(0);
    Output residual = largest(outputs, Output::stationarityResidual);
    Output gap = largest(outputs, Output::gapToGlobal);
    return new JointAudit(
        first.model(),
        first.n(),
        first.d(),
        reports.stream().mapToInt(AuditReport::width).sum(),
        first.lossScaling(),
        worst(outputs.stream().map(Output::critical).toList()),
        worst(outputs.stream().map(Output::criticalAfterBalancing).toList()),
        residual.stationarityResidual(),
        largest(outputs, Output::descentResidual).descentResidual(),
        outputs.stream().mapToDouble(Output::objective).sum(),
        outputs.stream().mapToDouble(Output::subsampledObjective).sum(),
        outputs.stream().mapToDouble(Output::lowerBound).sum(),
        gap.gapToGlobal(),
        new Worst(residual.name(), gap.name()),
        outputs,
        Versions.all());
  }

  /** The first of those with the largest value. */
  private static Output largest(List<Output> outputs, ToDoubleFunction<Output> value) {
    Output largest = outputs.get(0);
    for (Output own : outputs) {
      largest = value.applyAsDouble(own) > value.applyAsDouble(largest) ? own : largest;
    }
    return largest;
  }

  /** One that is not critical makes all not so, and one that is uncertain all uncertain. */
  private static Criticality worst(List<Criticality> all) {
    return all.stream()
        .max(
            Comparator.comparingInt(
                own ->
                    switch (own) {
                      case CRITICAL -> 0;
                      case UNCERTAIN -> 1;
                      case NOT_CRITICAL -> 2;
                    }))
        .orElseThrow();
  }
}
