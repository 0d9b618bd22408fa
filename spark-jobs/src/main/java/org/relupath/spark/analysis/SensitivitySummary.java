package org.relupath.spark.analysis;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Optional;
import org.relupath.core.data.Matrix;
import org.relupath.core.path.homotopy.Conditions;
import org.relupath.core.path.homotopy.Sensitivity;
import org.relupath.core.path.homotopy.SensitivityAnalysis;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.solve.Solution;

/**
 * How the optimal network moves with lambda and with the targets, where it does so smoothly.
 *
 * @param df degrees of freedom, trace of d f(X) / dy; null where there is no derivative
 * @param dfAbove degrees of freedom as lambda comes from above, where there is no derivative; or
 *     null
 * @param dfBelow degrees of freedom as lambda comes from below; or null
 * @param reason why there is no derivative; empty where there is one
 * @param conditions the figures that decide whether there is a derivative
 * @param alongLambda dw/dlambda, lambda in the units of the loss scaling; null where there is no
 *     derivative
 * @param alongTargets dw/dy, d rows for every block of {@code alongLambda} and n columns; null
 *     where there is no derivative, it was not asked for, or it has more than 2^22 numbers
 */
public record SensitivitySummary(
    Double df,
    Double dfAbove,
    Double dfBelow,
    String reason,
    Margins conditions,
    @JsonIgnore BlockWeights alongLambda,
    @JsonIgnore Matrix alongTargets)
    implements java.io.Serializable {
  /** Numbers of dw/dy that are kept at most: 32 MB. */
  private static final long LARGEST = 1L << 22;

  /**
   * The figures of {@link Conditions}; all of them null, and left out, where no optimum was found
   * to look at.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Margins(
      Boolean hold,
      Integer neurons,
      Integer tightRows,
      Double smallestMultiplier,
      Double smallestSlack,
      Double smallestBlockMargin,
      Double smallestNorm,
      Double largestNorm,
      Double independence)
      implements java.io.Serializable {
    static Margins of(Conditions conditions) {
      return new Margins(
          conditions.hold(),
          conditions.neurons(),
          conditions.tightRows(),
          conditions.multiplier(),
          conditions.slack(),
          conditions.blockMargin(),
          conditions.smallestNorm(),
          conditions.largestNorm(),
          conditions.independence());
    }

    static Margins none() {
      return new Margins(null, null, null, null, null, null, null, null, null);
    }
  }

  /**
   * Differentiates at a solution.
   *
   * @param targets whether dw/dy is wanted
   */
  static SensitivitySummary of(AnalysisTask task, Solution solution, boolean targets) {
    SensitivityAnalysis.Outcome outcome =
        new SensitivityAnalysis(task.program())
            .at(solution.certificate().lambda(), solution.weights().compact());
    Optional<Sensitivity> derivative = outcome.derivative();
    return new SensitivitySummary(
        df(derivative, task.centred()),
        df(outcome.above(), task.centred()),
        df(outcome.below(), task.centred()),
        outcome.reason(),
        outcome.conditions().map(Margins::of).orElseGet(Margins::none),
        derivative.map(s -> scaled(s.alongLambda(), task.lossScale())).orElse(null),
        derivative
            .filter(s -> targets && numbers(task, s) <= LARGEST)
            .map(Sensitivity::targetsJacobian)
            .orElse(null));
  }

  /** Of a loss that is a mean dw/dlambda is n times that of a sum. */
  private static BlockWeights scaled(BlockWeights along, double scale) {
    return new BlockWeights(
        along.blocks(), along.d(), Arrays.stream(along.values()).map(w -> scale * w).toArray());
  }

  private static long numbers(AnalysisTask task, Sensitivity sensitivity) {
    return (long) task.program().problem().n() * sensitivity.weights().values().length;
  }

  /** Where the label's mean was taken off it is one more degree of freedom. */
  private static Double df(Optional<Sensitivity> sensitivity, boolean centred) {
    return sensitivity.map(s -> s.degreesOfFreedom(centred)).orElse(null);
  }
}
