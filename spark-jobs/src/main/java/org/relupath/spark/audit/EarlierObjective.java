package org.relupath.spark.audit;

import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.io.JsonObject;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.run.JobContext;

/**
 * The objective that the network of an earlier run is of, as its summary has it.
 *
 * @param weight of its training rows: their number where each counts once
 * @param lambda in the units of its loss scaling
 * @param scaling how the squared error entered it
 */
record EarlierObjective(double weight, double lambda, LossScaling scaling) {
  static EarlierObjective of(RunFiles run) {
    String name = run.has("best/summary.json") ? "best/summary.json" : "summary.json";
    return run.json(name, EarlierObjective::of);
  }

  private static EarlierObjective of(JsonObject summary) {
    String scaling = summary.text("lossScaling");
    if (!scaling.equals("sum") && !scaling.equals("mean")) {
      throw new IllegalArgumentException("has lossScaling '" + scaling + "', expected sum or mean");
    }
    return new EarlierObjective(
        summary.isNull("weight")
            ? summary.whole("n", 1, Integer.MAX_VALUE)
            : summary.number("weight", 0, true),
        summary.number("lambda", 0, true),
        scaling.equals("mean") ? LossScaling.MEAN : LossScaling.SUM);
  }

  /**
   * How the squared error enters the objective: as asked for, and else as in the earlier run.
   *
   * @param stored that of the run, or null
   */
  static LossScaling scaling(JobContext context, EarlierObjective stored) {
    boolean asked = stored == null || context.configuration().isExplicit("loss-scaling");
    return asked ? context.settings().model().lossScaling() : stored.scaling;
  }

  /**
   * Its lambda in the solver's units.
   *
   * @param own how the squared error enters the audit
   * @param audited the weight of the audited rows: on other rows a mean stays a mean
   */
  double lambda(LossScaling own, double audited) {
    return lambda * scaling.scale(own == LossScaling.MEAN ? audited : weight);
  }
}
