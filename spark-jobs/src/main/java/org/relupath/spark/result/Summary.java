package org.relupath.spark.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.search.LowerBound;
import org.relupath.core.solve.Solution;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.Json;
import org.relupath.spark.run.Versions;
import org.relupath.spark.train.FittedNetwork;
import org.relupath.spark.train.GlobalGap;
import org.relupath.spark.train.LowerBounds;
import org.relupath.spark.train.Program;
import org.relupath.spark.train.ProgramSummary;

/** summary.json: one fit and its proof, in the units of the loss scaling. */
public final class Summary {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** The fields that follow from the program and its solution. */
  static Summary of(Program program, RunSettings settings, FittedNetwork fitted) {
    LowerBound lowerBound = new LowerBounds(program).of(fitted.solution());
    return of(program.summary(), settings, fitted, lowerBound);
  }

  /**
   * The fields that follow from a program whose rows may be on executors.
   *
   * @param lowerBound of every network's objective, in the solver's units
   */
  public static Summary of(
      ProgramSummary program, RunSettings settings, FittedNetwork fitted, LowerBound lowerBound) {
    Summary summary = new Summary();
    Solution solution = fitted.solution();
    Certificate certificate = solution.certificate();
    double unit = program.lossScale();
    summary
        .put("model", label(settings.model().model()))
        .put("lossScaling", label(settings.model().lossScaling()))
        .put("n", program.n())
        .put("d", program.d())
        .put("gates", program.gates())
        .put("distinctPatterns", program.distinctPatterns())
        .put("lambda", certificate.lambda() / unit)
        .put("lambdaMax", program.lambdaMax() / unit)
        .put("lambdaRatio", certificate.lambda() / program.referenceLambda())
        .put("objective", fitted.objective().value() / unit)
        .put("loss", fitted.objective().loss() / unit)
        .put("penalty", fitted.objective().penalty() / unit)
        .put("solverObjective", fitted.certified() / unit)
        .put("objectiveDifference", fitted.difference())
        .put("dualObjective", certificate.dualObjective() / unit)
        .put("relativeGap", fitted.relativeGap())
        .put("lowerBound", lowerBound.value() / unit)
        .put("lowerBoundSource", lowerBound.source().label())
        .put("gapToGlobal", fitted.gap(lowerBound.value()))
        .put("lowerBoundClass", LowerBounds.networks(settings.model()).description())
        .put("tolerance", settings.solver().tolerance())
        .put("maxConeViolation", certificate.maxConeViolation())
        .put("kktResidual", certificate.kktResidual())
        .put("activeBlocks", solution.weights().compact().size())
        .put("neurons", fitted.network().width())
        .put("train", fitted.train())
        .put("iterations", solution.iterations())
        .put("solver", label(settings.solver().method()))
        .put("status", fitted.status().label())
        .put("optimalSetDimension", null)
        .put("unique", null)
        .put("warnings", program.warnings())
        .put("seed", settings.model().seed())
        .put("versions", Versions.all());
    return summary;
  }

  /** How far its network is from all networks, of any width and with any patterns. */
  public GlobalGap global(ModelSettings model) {
    return new GlobalGap(
        (double) get("gapToGlobal"), LowerBounds.networks(model), (String) get("lowerBoundSource"));
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
