package org.relupath.spark.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.Json;
import org.relupath.spark.run.Versions;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.program.ProgramSummary;

/** summary.json: one fit and its proof, in the units of the loss scaling. */
public final class Summary {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** The fields that follow from a program and a network of it. */
  public static Summary of(ProgramSummary program, RunSettings settings, TrainedNetwork network) {
    Summary summary = new Summary();
    NetworkCertificate proof = network.certificate();
    summary
        .put("model", label(settings.model().model()))
        .put("lossScaling", label(settings.model().lossScaling()))
        .put("n", program.n())
        .put("d", program.d())
        .put("gates", program.gates())
        .put("distinctPatterns", program.distinctPatterns())
        .put("lambda", proof.lambda())
        .put("lambdaMax", program.lambdaMax() / program.lossScale())
        .put("lambdaRatio", proof.lambdaRatio())
        .put("objective", proof.objective())
        .put("loss", proof.loss())
        .put("penalty", proof.penalty())
        .put("solverObjective", proof.solverObjective())
        .put("objectiveDifference", proof.objectiveDifference())
        .put("dualObjective", proof.dualObjective())
        .put("relativeGap", proof.relativeGap())
        .put("lowerBound", network.lowerBound())
        .put("lowerBoundSource", network.gap().source())
        .put("gapToGlobal", network.gap().value())
        .put("lowerBoundClass", network.gap().networks().description())
        .put("tolerance", settings.solver().tolerance())
        .put("maxConeViolation", proof.maxConeViolation())
        .put("kktResidual", proof.kktResidual())
        .put("activeBlocks", proof.activeBlocks())
        .put("neurons", network.network().width())
        .put("train", network.train())
        .put("iterations", proof.iterations())
        .put("solver", label(settings.solver().method()))
        .put("status", proof.status().label())
        .put("optimalSetDimension", null)
        .put("unique", null)
        .put("warnings", program.warnings())
        .put("seed", settings.model().seed())
        .put("versions", Versions.all())
        .put("valid", network.valid())
        .put("test", network.test());
    return summary;
  }

  /**
   * Fills in where the work ran and how long it took.
   *
   * @param seconds by phase; those of passes over rows are part of preparing and solving
   */
  public void ran(Training training, Map<String, Double> seconds) {
    Map<String, Double> all = new LinkedHashMap<>(seconds);
    training
        .passes()
        .ifPresent(
            passes -> {
              put("passes", passes);
              all.put("passes", training.passSeconds());
            });
    put("engine", training.engine().engine().label())
        .put("engineReason", training.engine().reason())
        .put("seconds", all);
  }

  /** A clause for a line of output where rows were passed over; else empty. */
  public static String passes(Training training) {
    return training.passes().isEmpty()
        ? ""
        : ", " + training.passes().getAsInt() + " passes over " + training.program().n() + " rows";
  }

  /** Fills in what an analysis of all optimal networks has shown. */
  public void analysis(LambdaAnalysis analysis) {
    OptimalSetSummary figures = analysis.figures();
    put("optimalSetDimension", figures.knownDimension())
        .put("mergedDimension", figures.mergedDimension())
        .put("functionDimension", figures.functionDimension())
        .put("unique", figures.uniqueOrUncertain())
        .put("decidedBy", figures.uniqueness())
        .put("sensitivity", analysis.sensitivity().fields());
    if (!figures.resolved()) {
      warn(PolishedSolve.UNRESOLVED);
    }
  }

  /** A copy whose changes leave this one alone. */
  Summary copy() {
    Summary copy = new Summary();
    copy.fields.putAll(fields);
    return copy;
  }

  /** Adds or replaces a field; null means not computed. */
  public Summary put(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds to the warnings. */
  public void warn(String warning) {
    List<Object> warnings = new ArrayList<>((List<?>) fields.get("warnings"));
    warnings.add(warning);
    fields.put("warnings", warnings);
  }

  /** A field's value, null where there is none. */
  public Object get(String name) {
    return fields.get(name);
  }

  /** The text of the file. */
  public String json() {
    return Json.pretty(fields);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
