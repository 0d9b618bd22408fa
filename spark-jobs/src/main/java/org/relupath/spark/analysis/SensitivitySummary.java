package org.relupath.spark.analysis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relupath.core.data.Matrix;
import org.relupath.core.path.homotopy.Conditions;
import org.relupath.core.path.homotopy.Sensitivity;
import org.relupath.core.path.homotopy.SensitivityAnalysis;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.solve.Solution;

/**
 * How the optimal network moves with lambda and with the targets, where it does so smoothly.
 *
 * @param df degrees of freedom, trace of d f(X) / dy; null where there is no derivative
 * @param dfAbove degrees of freedom as lambda comes from above, where there is no derivative; or
 *     null
 * @param dfBelow degrees of freedom as lambda comes from below; or null
 * @param conditions the figures that decide whether there is a derivative; empty where no optimum
 *     was found to look at
 * @param reason why there is no derivative; empty where there is one
 * @param alongLambda dw/dlambda of a loss that is a sum; null where there is no derivative
 * @param alongTargets dw/dy, d rows for every block of {@code alongLambda} and n columns; null
 *     where there is no derivative, it was not asked for, or it has more than 2^22 numbers
 */
public record SensitivitySummary(
    Double df,
    Double dfAbove,
    Double dfBelow,
    LinkedHashMap<String, Object> conditions,
    String reason,
    BlockWeights alongLambda,
    Matrix alongTargets)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;
  private static final long LARGEST = 1L << 22;

  /**
   * Differentiates at a solution.
   *
   * @param centred whether the label's mean was taken off: it is one more degree of freedom
   * @param targets whether dw/dy is wanted
   */
  public static SensitivitySummary of(
      ConvexProgram program, Solution solution, boolean centred, boolean targets) {
    SensitivityAnalysis.Outcome outcome =
        new SensitivityAnalysis(program)
            .at(solution.certificate().lambda(), solution.weights().compact());
    return new SensitivitySummary(
        df(outcome.derivative(), centred),
        df(outcome.above(), centred),
        df(outcome.below(), centred),
        outcome.conditions().map(SensitivitySummary::fields).orElseGet(LinkedHashMap::new),
        outcome.reason(),
        outcome.derivative().map(Sensitivity::alongLambda).orElse(null),
        outcome
            .derivative()
            .filter(s -> targets && numbers(program, s) <= LARGEST)
            .map(Sensitivity::targetsJacobian)
            .orElse(null));
  }

  private static long numbers(ConvexProgram program, Sensitivity sensitivity) {
    return (long) program.problem().n() * sensitivity.weights().values().length;
  }

  private static Double df(Optional<Sensitivity> sensitivity, boolean centred) {
    return sensitivity.map(s -> s.degreesOfFreedom(centred)).orElse(null);
  }

  private static LinkedHashMap<String, Object> fields(Conditions conditions) {
    LinkedHashMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("hold", conditions.hold());
    fields.put("neurons", conditions.neurons());
    fields.put("tightRows", conditions.tightRows());
    fields.put("smallestMultiplier", conditions.multiplier());
    fields.put("smallestSlack", conditions.slack());
    fields.put("smallestBlockMargin", conditions.blockMargin());
    fields.put("smallestNorm", conditions.smallestNorm());
    fields.put("largestNorm", conditions.largestNorm());
    fields.put("independence", conditions.independence());
    return fields;
  }

  /** As json has it. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("df", df);
    fields.put("dfAbove", dfAbove);
    fields.put("dfBelow", dfBelow);
    fields.put("reason", reason);
    fields.put("conditions", conditions);
    return fields;
  }
}
