package org.relupath.spark.jobs;

import java.util.List;
import java.util.Locale;

/** {@code optimal-set}: all optimal networks at the lambdas of an earlier fit or path. */
final class OptimalSetJob implements Job {
  @Override
  public ExitStatus run(JobContext given) throws Exception {
    Phases phases = new Phases();
    try (Continuation earlier = Continuation.open(given)) {
      phases.end("read");
      List<OptimalSetFindings> findings = find(earlier);
      phases.end("analyse");
      Tight.warn(
          given.progress(), findings.stream().map(found -> found.figures().resolved()).toList());
      OptimalSetFiles files = new OptimalSetFiles(earlier, findings);
      files.write(phases);
      OptimalSetFindings main = findings.get(earlier.main());
      earlier.workspace().commit(told(earlier, main), files.first());
      return given.ended(
          Tight.shortfall(findings.stream().map(OptimalSetFindings::solution).toList()));
    }
  }

  private static List<OptimalSetFindings> find(Continuation earlier) {
    RunSettings settings = earlier.settings();
    Training training = earlier.training();
    OptimalSetTask task =
        new OptimalSetTask(
            training.program().kept(),
            training.patternGates(),
            settings.solver().limits(),
            training.measured(earlier.data().valid()),
            training.measured(earlier.data().test()),
            settings.analysis(),
            training.centred(),
            earlier.solutions().size() == 1,
            settings.model().seed());
    return earlier.eachLambda("optimal sets of", task, OptimalSetTask::of);
  }

  private static String told(Continuation earlier, OptimalSetFindings found) {
    OptimalSetFigures figures = found.figures();
    String unique =
        switch (figures.unique()) {
          case "true" -> "one optimal network";
          case "false" -> "many optimal networks";
          default -> "uncertain whether there is one optimal network";
        };
    double lambda = found.solution().certificate().lambda() / earlier.training().lossScale();
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
