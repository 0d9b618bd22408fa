package org.relupath.spark.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.audit.Audit;
import org.relupath.core.audit.Neighbour;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.audit.stationarity.NeuronAudit;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;
import org.relupath.spark.report.KeyFigure;

/**
 * report.html of {@code audit}, from what it has found.
 *
 * @param audited the network
 * @param audit what was found
 * @param unit n where the loss is a mean, else 1
 */
public record AuditReports(AuditedNetwork audited, Audit audit, double unit) {

  /**
   * The page.
   *
   * @param title what the network is called
   */
  public String html(String title) {
    Stationarity stationarity = audit.stationarity();
    return AuditPage.html(
        new AuditReport(
            title,
            figures(),
            audited.network().model(),
            audit.lambda() / unit,
            Stationarity.TOLERANCE * audit.lambda() / unit,
            stationarity.criticality() == Criticality.UNCERTAIN ? null : (Boolean) audit.critical(),
            audit.criticalAfterBalancing(),
            stationarity.stationarityResidual() / unit,
            stationarity.descentResidual() / unit,
            stationarity.directionallyStationary(),
            audit.neighbour().map(this::sentence).orElse(null),
            bounds(),
            audit.subsampled().optimalSetDimension(),
            audit.subsampled().minimalWidth(),
            neurons(stationarity)));
  }

  private List<KeyFigure> figures() {
    return List.of(
        new KeyFigure("rows", String.valueOf(audited.problem().n())),
        new KeyFigure("columns of X", String.valueOf(audited.problem().d())),
        new KeyFigure("neurons", String.valueOf(audited.network().width())),
        new KeyFigure("imbalance", String.format(Locale.ROOT, "%.6g", audit.imbalance())),
        new KeyFigure("neurons that can go for free", free()));
  }

  private String free() {
    return audit.free().neurons().isEmpty() ? "none" : audit.free().neurons().toString();
  }

  private String sentence(Neighbour found) {
    return String.format(
        Locale.ROOT,
        "With %d tight rows of neuron %d of the %s on their other side the objective falls to"
            + " %.10g.",
        found.rows().length,
        found.neuron(),
        found.atSubsampledOptimum() ? "sub-sampled optimum" : "audited network",
        found.objective() / unit);
  }

  private AuditBounds bounds() {
    return new AuditBounds(
        audit.objective() / unit,
        audit.balancedObjective() / unit,
        audit.subsampled().objective() / unit,
        audit.improvement().map(better -> better.objective() / unit).orElse(null),
        audit.improvement().map(better -> better.source().label()).orElse(null),
        audit.patternSet().bound() / unit,
        audit.patternSet().patterns(),
        audit.lowerBound().value() / unit,
        audit.lowerBound().source().label(),
        audited.networks());
  }

  private List<AuditedNeuron> neurons(Stationarity stationarity) {
    List<AuditedNeuron> list = new ArrayList<>();
    Neurons network = audited.neurons();
    for (NeuronAudit neuron : stationarity.neurons()) {
      int j = neuron.neuron();
      boolean zero = Double.isNaN(neuron.stationarityResidual());
      list.add(
          new AuditedNeuron(
              j,
              neuron.kind().label(),
              Vectors.norm(network.hidden().row(j)) * Math.abs(network.output()[j]),
              neuron.tightRows(),
              zero ? null : neuron.stationarityResidual() / unit,
              zero ? null : neuron.descentResidual() / unit));
    }
    return list;
  }
}
