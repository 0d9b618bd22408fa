package org.relupath.spark.audit;

import java.util.List;
import java.util.Map;
import org.relupath.core.audit.Audit;
import org.relupath.core.audit.Improvement;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.audit.stationarity.NeuronAudit;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.program.Model;
import org.relupath.core.program.search.LowerBound;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.io.TrueOrFalse;
import org.relupath.spark.run.Versions;
import org.relupath.spark.train.GlobalGap;
import org.relupath.spark.train.NetworkClass;

/**
 * audit.json: whether a network trained anywhere is a critical point, and how far from the global
 * optimum it can be ({@link Audit}), in the units of the loss scaling.
 *
 * @param critical whether it is Clarke stationary with its weights as given
 * @param criticalAfterBalancing whether it is once ||W_j|| = |a_j|
 * @param optimalSetDimension over the network's own patterns; null where not known
 * @param minimalWidth of the smallest network there that was found; null where not known
 * @param patternSetBound lower bound for networks of the tested patterns, and for no others
 * @param lowerBound for networks of every width and pattern
 * @param lowerBoundClass which networks these are
 * @param improvement the best network met, if it is better than the audited one, or null
 * @param neighbour the neighbouring pattern that improves, or null
 * @param criticalValues all values at critical networks; null but on tiny data
 */
public record AuditReport(
    Model model,
    int n,
    int d,
    int width,
    LossScaling lossScaling,
    double lambda,
    @TrueOrFalse Criticality critical,
    @TrueOrFalse Criticality criticalAfterBalancing,
    double stationarityResidual,
    String stationaritySet,
    double descentResidual,
    boolean descentExact,
    boolean directionallyStationary,
    List<Integer> zeroNeurons,
    List<Integer> deadNeurons,
    double objective,
    double imbalance,
    double balancedObjective,
    double mergedObjective,
    double subsampledObjective,
    Integer optimalSetDimension,
    int subsampledWidth,
    Integer minimalWidth,
    boolean minimalWidthProven,
    List<Integer> freeNeurons,
    double patternSetBound,
    double patternSetObjective,
    int patternSetPatterns,
    double lowerBound,
    LowerBound.Source lowerBoundSource,
    NetworkClass lowerBoundClass,
    double gapToGlobal,
    Better improvement,
    Neighbour neighbour,
    List<CriticalRow> criticalValues,
    Metrics train,
    List<AuditedNeuron> neurons,
    List<String> warnings,
    Map<String, String> versions,
    Map<String, Double> seconds) {

  /** A better network, how it was found, and what it does on the rows. */
  public record Better(Improvement.Source source, double objective, int neurons, Metrics train) {}

  /** The network whose neuron has a neighbouring pattern. */
  public enum Of {
    AUDITED_NETWORK,
    SUBSAMPLED_OPTIMUM
  }

  /** A neighbouring pattern by the rows it switches, and what it gains. */
  @SuppressWarnings("ArrayRecordComponent") // rows of a finding, never compared
  public record Neighbour(
      int neuron, Of of, int[] rows, int sign, double objective, double decrease) {}

  /**
   * The report of an audit.
   *
   * @param lossScaling of the user's lambda
   * @param seconds by phase
   */
  public static AuditReport of(
      AuditedNetwork audited, Audit audit, LossScaling lossScaling, Map<String, Double> seconds) {
    double unit = lossScaling.scale(audited.weight());
    Stationarity stationarity = audit.stationarity();
    return new AuditReport(
        audited.network().model(),
        audited.problem().n(),
        audited.problem().d(),
        audited.network().width(),
        lossScaling,
        audit.lambda() / unit,
        stationarity.criticality(),
        audit.balancedStationarity().criticality(),
        stationarity.stationarityResidual() / unit,
        AuditedNeuron.set(stationarity.stationarityExact()),
        stationarity.descentResidual() / unit,
        stationarity.descentExact(),
        stationarity.directionallyStationary(),
        stationarity.neurons(NeuronAudit.Kind.ZERO),
        stationarity.neurons(NeuronAudit.Kind.DEAD),
        audit.objective() / unit,
        audit.imbalance(),
        audit.balancedObjective() / unit,
        audit.mergedObjective() / unit,
        audit.subsampled().objective() / unit,
        audit.subsampled().optimalSetDimension(),
        audit.subsampled().width(),
        audit.subsampled().minimalWidth(),
        audit.subsampled().minimalWidthProven(),
        audit.free().neurons(),
        audit.patternSet().bound() / unit,
        audit.patternSet().objective() / unit,
        audit.patternSet().patterns(),
        audit.lowerBound().value() / unit,
        audit.lowerBound().source(),
        audited.networks(),
        audit.gapToGlobal(),
        audit
            .improvement()
            .map(
                better ->
                    new Better(
                        better.source(),
                        better.objective() / unit,
                        better.network().width(),
                        audited.measure(audited.fold(better.network()))))
            .orElse(null),
        audit
            .neighbour()
            .map(
                found ->
                    new Neighbour(
                        found.neuron(),
                        found.atSubsampledOptimum() ? Of.SUBSAMPLED_OPTIMUM : Of.AUDITED_NETWORK,
                        found.rows(),
                        found.sign(),
                        found.objective() / unit,
                        found.decrease() / unit))
            .orElse(null),
        CriticalRow.all(audited.problem(), audit.lambda(), unit),
        audited.measure(audited.network()),
        stationarity.neurons().stream()
            .map(neuron -> AuditedNeuron.of(neuron, audited.neurons(), unit))
            .toList(),
        audit.subsampled().optimalSet().resolved()
            ? List.of()
            : List.of(PolishedSolution.UNRESOLVED),
        Versions.all(),
        seconds);
  }

  /** Residuals up to this count as zero. */
  double tolerance() {
    return Stationarity.TOLERANCE * lambda;
  }

  /** (objective - lowerBound) / objective, 0 where the objective is. */
  GlobalGap global() {
    double gap = objective == 0 ? 0 : (objective - lowerBound) / objective;
    return new GlobalGap(gap, lowerBoundClass, lowerBoundSource.label());
  }
}
