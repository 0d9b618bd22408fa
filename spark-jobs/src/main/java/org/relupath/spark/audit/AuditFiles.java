package org.relupath.spark.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.audit.Audit;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.audit.stationarity.NeuronAudit;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.network.Network;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Versions;

/**
 * What {@code audit} writes, in the units of the loss scaling.
 *
 * @param audited the network
 * @param audit what was found
 * @param unit n where the loss is a mean, else 1
 */
public record AuditFiles(AuditedNetwork audited, Audit audit, double unit) {

  /** The better network on raw features. */
  public Network improved() {
    return audited.fold(audit.improvement().orElseThrow().network());
  }

  /** audit.json. */
  public Map<String, Object> fields(Phases phases) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", audited.network().model().name().toLowerCase(java.util.Locale.ROOT));
    fields.put("n", audited.problem().n());
    fields.put("d", audited.problem().d());
    fields.put("width", audited.network().width());
    fields.put("lossScaling", unit == 1 ? "sum" : "mean");
    fields.put("lambda", audit.lambda() / unit);
    fields.put("critical", value(audit.stationarity().criticality()));
    fields.put("criticalAfterBalancing", value(audit.balancedStationarity().criticality()));
    stationarity(fields, audit.stationarity());
    fields.put("objective", audit.objective() / unit);
    fields.put("imbalance", audit.imbalance());
    fields.put("balancedObjective", audit.balancedObjective() / unit);
    fields.put("mergedObjective", audit.mergedObjective() / unit);
    fields.put("subsampledObjective", audit.subsampled().objective() / unit);
    fields.put("optimalSetDimension", audit.subsampled().optimalSetDimension());
    fields.put("subsampledWidth", audit.subsampled().width());
    fields.put("minimalWidth", audit.subsampled().minimalWidth());
    fields.put("minimalWidthProven", audit.subsampled().minimalWidthProven());
    fields.put("freeNeurons", audit.free().neurons());
    fields.put("patternSetBound", audit.patternSet().bound() / unit);
    fields.put("patternSetObjective", audit.patternSet().objective() / unit);
    fields.put("patternSetPatterns", audit.patternSet().patterns());
    fields.put("lowerBound", audit.lowerBound().value() / unit);
    fields.put("lowerBoundSource", audit.lowerBound().source().label());
    fields.put("lowerBoundClass", audited.networks().description());
    fields.put("gapToGlobal", audit.gapToGlobal());
    fields.put("improvement", improvement());
    fields.put("neighbour", neighbour());
    fields.put("criticalValues", CriticalList.of(audited.problem(), audit.lambda(), unit));
    fields.put("train", audited.measure(audited.network()));
    fields.put("neurons", neurons(audit.stationarity()));
    fields.put(
        "warnings",
        audit.subsampled().optimalSet().resolved() ? List.of() : List.of(PolishedSolve.UNRESOLVED));
    fields.put("versions", Versions.all());
    fields.put("seconds", phases.seconds());
    return fields;
  }

  private void stationarity(Map<String, Object> fields, Stationarity stationarity) {
    fields.put("stationarityResidual", stationarity.stationarityResidual() / unit);
    fields.put("stationaritySet", set(stationarity.stationarityExact()));
    fields.put("descentResidual", stationarity.descentResidual() / unit);
    fields.put("descentExact", stationarity.descentExact());
    fields.put("directionallyStationary", stationarity.directionallyStationary());
    fields.put("zeroNeurons", stationarity.neurons(NeuronAudit.Kind.ZERO));
    fields.put("deadNeurons", stationarity.neurons(NeuronAudit.Kind.DEAD));
  }

  /** True, false, or the word. */
  private static Object value(Criticality criticality) {
    return criticality == Criticality.UNCERTAIN
        ? criticality.label()
        : (Object) (criticality == Criticality.CRITICAL);
  }

  /** The set that a residual is the distance of: a larger one than Clarke's only bounds it. */
  private static String set(boolean exact) {
    return exact ? "clarke" : "larger";
  }

  private Map<String, Object> improvement() {
    return audit
        .improvement()
        .map(
            better -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("source", better.source().label());
              fields.put("objective", better.objective() / unit);
              fields.put("neurons", better.network().width());
              fields.put("train", audited.measure(improved()));
              return fields;
            })
        .orElse(null);
  }

  /** The neighbouring pattern by the rows it switches, and what it gains. */
  private Map<String, Object> neighbour() {
    return audit
        .neighbour()
        .map(
            found -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("neuron", found.neuron());
              fields.put(
                  "of", found.atSubsampledOptimum() ? "subsampled-optimum" : "audited-network");
              fields.put("rows", found.rows());
              fields.put("sign", found.sign());
              fields.put("objective", found.objective() / unit);
              fields.put("decrease", found.decrease() / unit);
              return fields;
            })
        .orElse(null);
  }

  private List<Map<String, Object>> neurons(Stationarity stationarity) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (NeuronAudit neuron : stationarity.neurons()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("neuron", neuron.neuron());
      fields.put("kind", neuron.kind().label());
      fields.put("tightRows", neuron.tightRows());
      fields.put("stationarityResidual", neuron.stationarityResidual() / unit);
      fields.put("stationaritySet", set(neuron.stationarityExact()));
      fields.put("descentResidual", neuron.descentResidual() / unit);
      list.add(fields);
    }
    return list;
  }
}
