package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.optimal.OptimalSetFiles;
import org.relupath.spark.optimal.OptimalSetResult;
import org.relupath.spark.optimal.OptimalSetTask;
import org.relupath.spark.run.Phases;
import org.relupath.spark.train.program.Program;

/** {@code optimal-set}: all optimal networks at the lambdas of an earlier fit or path. */
final class OptimalSetJob extends EarlierJob {
  @Override
  String network() {
    return null;
  }

  @Override
  Ending write(Continuation earlier, Phases phases) throws IOException {
    List<OptimalSetResult> results = find(earlier);
    phases.end("analyse");
    PolishedSolution.warn(
        earlier.workspace().context().progress(),
        results.stream().map(found -> found.figures().resolved()).toList());
    OptimalSetFiles files = new OptimalSetFiles(earlier, results);
    files.write(phases);
    return new Ending(
        outcome(results.get(earlier.main())),
        files.first(),
        null,
        PolishedSolution.shortfall(results.stream().map(OptimalSetResult::polished).toList()));
  }

  private static List<OptimalSetResult> find(Continuation earlier) {
    Program program = earlier.program();
    OptimalSetTask task =
        new OptimalSetTask(
            earlier.task(),
            program.measured(earlier.data().valid()),
            program.measured(earlier.data().test()),
            earlier.settings().analysis(),
            earlier.solutions().size() == 1);
    return earlier.eachLambda("optimal sets of", task, OptimalSetTask::of);
  }

  private static String outcome(OptimalSetResult found) {
    OptimalSetSummary figures = found.figures();
    String unique =
        switch (figures.unique()) {
          case UNIQUE -> "one optimal network";
          case NOT_UNIQUE -> "many optimal networks";
          case UNCERTAIN -> "uncertain whether there is one optimal network";
        };
    double lambda = found.polished().lambda();
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
        found.least().provenSmallest() ? " (proven)" : "");
  }
}
