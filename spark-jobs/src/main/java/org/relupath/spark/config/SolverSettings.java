package org.relupath.spark.config;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.Label;
import org.relupath.core.data.Missing;
import org.relupath.core.program.Model;
import org.relupath.core.solve.Settings;
import org.relupath.spark.engine.Engine;

/**
 * How far and where to solve.
 *
 * @param method how a network is found
 * @param tolerance relative gap to reach
 * @param maxIterations limit for one lambda; with engine rows, passes for all of them
 * @param timeLimitSeconds limit for one lambda; with engine rows, for all of them
 * @param engine where the work runs, null to choose by size
 * @param segments pieces that engine lambdas cuts a grid into
 */
public record SolverSettings(
    Method method,
    double tolerance,
    int maxIterations,
    OptionalDouble timeLimitSeconds,
    Engine engine,
    int segments) {

  /** How a network is found. */
  public enum Method {
    /** The convex program of the model is solved to its optimum. */
    NEWTON,
    /** C-GReLU is solved, and its blocks are split into pairs inside their cones. */
    CONE_DECOMPOSITION
  }

  /** The limits of one solve. */
  public Settings limits() {
    return new Settings(
        tolerance, maxIterations, timeLimitSeconds.orElse(Double.POSITIVE_INFINITY));
  }

  static SolverSettings of(Values values) {
    Method method = values.choice("solver", Method.class);
    if (method == Method.CONE_DECOMPOSITION && values.choice("model", Model.class) == Model.GATED) {
      throw values.refusal("solver", "newton for a gated model");
    }
    Engine engine = values.choiceOrAuto("engine", Engine.class);
    if (engine == Engine.LAMBDAS && values.fraction("certify").isPresent()) {
      throw values.refusal(
          "engine", "driver, gates or auto, as certify goes from lambda to lambda");
    }
    if (engine == Engine.ROWS) {
      if (method == Method.CONE_DECOMPOSITION) {
        throw values.refusal("solver", "newton with engine rows");
      }
      refuseForRows(values);
    }
    return new SolverSettings(
        method,
        values.requiredFraction("tolerance"),
        values.count("max-iterations"),
        values.number("time-limit", value -> value > 0, "a number above 0"),
        engine,
        values.count("segments"));
  }

  /** What needs all rows in one place cannot be had where they never are. */
  private static void refuseForRows(Values values) {
    if (values.flag("analyze")) {
      throw values.refusal("engine", "driver, gates, lambdas or auto with --analyze true");
    }
    if (values.fraction("certify").isPresent()) {
      throw values.refusal("engine", "driver, gates or auto with --certify");
    }
    ScoreSettings scores = ScoreSettings.of(values);
    if (scores.asked()) {
      throw values.refusal("engine", "driver, gates, lambdas or auto with " + scores.option());
    }
    for (String key : List.of("sample-rows", "positive", "weights")) {
      if (values.text(key) != null) {
        throw values.refusal("engine", "driver, gates, lambdas or auto with --" + key);
      }
    }
    if (values.list("label").size() > 1) {
      throw values.refusal("engine", "driver, gates, lambdas or auto with several --label columns");
    }
    if (values.choice("task", Task.class) == Task.CLASSIFICATION) {
      throw values.refusal("engine", "driver, gates, lambdas or auto with --task classification");
    }
    if (values.choice("class-weights", ClassWeights.class) != ClassWeights.NONE) {
      throw values.refusal("engine", "driver, gates, lambdas or auto with --class-weights");
    }
    if (values.choice("choose", LambdaRule.class) == LambdaRule.ACCURACY) {
      throw values.refusal("engine", "driver, gates, lambdas or auto with --choose accuracy");
    }
    boolean plain = Set.of("auto", "none").contains(String.valueOf(values.text("categorical")));
    if (!plain || values.choice("missing", Missing.class) != Missing.REFUSE) {
      throw values.refusal(
          "engine", "driver, gates, lambdas or auto with --" + (plain ? "missing" : "categorical"));
    }
    refuseGatesForRows(values);
  }

  /** Patterns are looked for with cones alone, and drawn without them alone. */
  private static void refuseGatesForRows(Values values) {
    GateSource.Kind kind = GateSource.of(values).kind();
    String source = Label.of(kind);
    boolean relu = values.choice("model", Model.class) == Model.RELU;
    if (relu && (kind == GateSource.Kind.GAUSSIAN || kind == GateSource.Kind.SPARSE)) {
      throw values.refusal(
          "engine",
          ("driver, gates, lambdas or auto for model relu with --gate-source %s (cones of "
                  + "drawn gates are hardly more than rays at many rows; rows takes adaptive)")
              .formatted(source));
    }
    if (kind == GateSource.Kind.EXHAUSTIVE || (!relu && kind == GateSource.Kind.ADAPTIVE)) {
      throw values.refusal(
          "engine",
          "driver, gates, lambdas or auto%s with --gate-source %s"
              .formatted(relu ? "" : " for model gated", source));
    }
  }
}
