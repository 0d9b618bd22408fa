package org.relupath.spark.jobs;

import java.util.List;
import java.util.Locale;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.optimal.OptimalSetFiles;
import org.relupath.spark.optimal.OptimalSetResult;
import org.relupath.spark.optimal.OptimalSetTask;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Phases;
import org.relupath.spark.train.program.Program;

/** {@code optimal-set}: all optimal networks at the lambdas of an earlier fit or path. */
final class OptimalSetJob implements Job {
  @Override
  public ExitStatus run(JobContext given) throws Exception {
    Phases phases = new Phases();
    try (Continuation earlier = Continuation.open(given)) {
      phases.end("read");
      List<OptimalSetResult> findings = find(earlier);
      phases.end("analyse");
      PolishedSolve.warn(
          given.progress(), findings.stream().map(found -> found.figures().resolved()).toList());
      OptimalSetFiles files = new OptimalSetFiles(earlier, findings);
      files.write(phases);
      OptimalSetResult main = findings.get(earlier.main());
      earlier.workspace().commit(outcome(earlier, main), files.first());
      return given.ended(
          PolishedSolve.shortfall(findings.stream().map(OptimalSetResult::solution).toList()));
    }
  }

  private static List<OptimalSetResult> find(Continuation earlier) {
    RunSettings settings = earlier.settings();
    Program program = earlier.program();
    OptimalSetTask task =
        new OptimalSetTask(
            program.convex().kept(),
            program.patternGates(),
            settings.solver().limits(),
            program.measured(earlier.data().valid()),
            program.measured(earlier.data().test()),
            settings.analysis(),
            program.centred(),
            earlier.solutions().size() == 1,
            settings.model().seed());
    return earlier.eachLambda("optimal sets of", task, OptimalSetTask::of);
  }

  private static String outcome(Continuation earlier, OptimalSetResult found) {
    OptimalSetSummary figures = found.figures();
    String unique =
        switch (figures.unique()) {
          case "true" -> "one optimal network";
          case "false" -> "many optimal networks";
          default -> "uncertain whether there is one optimal network";
        };
    double lambda = found.solution().certificate().lambda() / earlier.program().lossScale();
    if (!figures.resolved()) {
      return String.format(Locale.ROOT, "lambda %.6g: %s", lambda, unique);
    }
    return String.format(
        Locale.ROOT,
        "lambda %.6g: %s; dimension %d over blocks, %d over neurons, %d of functions; smallest"
            + " width %d%s",
        lambda,
        unique,
        figures.dimension(),
        figures.mergedDimension(),
        figures.functionDimension(),
        found.smallestWidth(),
        found.provenSmallest() ? " (proven)" : "");
  }
}
