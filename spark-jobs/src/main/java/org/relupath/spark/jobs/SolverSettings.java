package org.relupath.spark.jobs;

import java.util.OptionalDouble;
import org.relupath.core.solve.Settings;

/**
 * How far and where to solve.
 *
 * @param tolerance relative gap to reach
 * @param maxIterations limit for one lambda
 * @param timeLimitSeconds limit for one lambda
 * @param engine where the work runs
 */
public record SolverSettings(
    double tolerance, int maxIterations, OptionalDouble timeLimitSeconds, Engine engine) {

  /** Where the work runs. */
  public enum Engine {
    /** Chosen by size, and said so. */
    AUTO,
    /** On the driver. */
    DRIVER,
    /** Blocks priced on executors. */
    GATES,
    /** Segments of the grid solved on executors. */
    LAMBDAS
  }

  /** The limits of one solve. */
  public Settings limits() {
    return new Settings(
        tolerance, maxIterations, timeLimitSeconds.orElse(Double.POSITIVE_INFINITY));
  }

  static SolverSettings of(Values values) {
    return new SolverSettings(
        values
            .fraction("tolerance")
            .orElseThrow(() -> values.refusal("tolerance", "a number above 0 and below 1")),
        values.count("max-iterations"),
        values.positive("time-limit"),
        values.choice("engine", Engine.class));
  }
}
