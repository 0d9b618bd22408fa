package org.relupath.spark.jobs;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.relupath.core.program.Certificate;
import org.relupath.core.program.LowerBound;
import org.relupath.core.solve.Solution;
import org.relupath.spark.io.Json;

/** summary.json: one fit and its proof, in the units of the loss scaling. */
public final class Summary {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** The fields that follow from the program and its solution. */
  public static Summary of(Training training, RunSettings settings, Solution solution) {
    LowerBound lowerBound = new LowerBounds(training, settings.model()).of(solution);
    return of(training.figures(), settings, solution, lowerBound);
  }

  /** The same of a program whose rows may be elsewhere. */
  static Summary of(
      ProgramFigures program, RunSettings settings, Solution solution, LowerBound lowerBound) {
    Summary summary = new Summary();
    Certificate certificate = solution.certificate();
    double unit = program.unit();
    summary
        .put("model", label(settings.model().model()))
        .put("lossScaling", label(settings.model().lossScaling()))
        .put("n", program.n())
        .put("d", program.d())
        .put("gates", program.gates())
        .put("distinctPatterns", program.distinctPatterns())
        .put("lambda", certificate.lambda() / unit)
        .put("lambdaMax", program.lambdaMax() / unit)
        .put("lambdaRatio", certificate.lambda() / program.lambdaTop())
        .put("objective", certificate.objective() / unit)
        .put("loss", certificate.loss() / unit)
        .put("penalty", certificate.penalty() / unit)
        .put("dualObjective", certificate.dualObjective() / unit)
        .put("relativeGap", certificate.relativeGap())
        .put("lowerBound", lowerBound.value() / unit)
        .put("lowerBoundSource", lowerBound.source().label())
        .put("gapToGlobal", LowerBounds.gap(certificate.objective(), lowerBound.value()))
        .put("tolerance", settings.solver().tolerance())
        .put("maxConeViolation", certificate.maxConeViolation())
        .put("kktResidual", certificate.kktResidual())
        .put("activeBlocks", solution.weights().compact().size())
        .put("iterations", solution.iterations())
        .put("solver", label(settings.solver().method()))
        .put("status", solution.status().label())
        .put("optimalSetDimension", null)
        .put("unique", null)
        .put("warnings", program.warnings())
        .put("seed", settings.model().seed())
        .put("versions", Versions.all());
    return summary;
  }

  /** Adds or replaces a field; null means not computed. */
  public Summary put(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** A field's value, null where there is none. */
  Object get(String name) {
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
