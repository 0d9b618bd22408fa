package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.relupath.core.network.Network;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.prune.PruneTask;
import org.relupath.spark.prune.PruningFiles;
import org.relupath.spark.prune.PruningResult;
import org.relupath.spark.run.Phases;
import org.relupath.spark.train.program.Program;

/** {@code prune}: smaller networks for the lambdas of an earlier fit or path. */
final class PruneJob extends EarlierJob {
  @Override
  String network() {
    return "minimal/network.json";
  }

  @Override
  Ending write(Continuation earlier, Phases phases) throws IOException {
    List<PruningResult> results = earlier.eachLambda("pruning", task(earlier), PruneTask::of);
    phases.end("prune");
    PolishedSolution.warn(
        earlier.workspace().context().progress(),
        results.stream().map(found -> found.rank() != null).toList());
    Network minimal = new PruningFiles(earlier, results).write(phases);
    return new Ending(
        outcome(results.get(earlier.main())),
        List.of("pruning.csv", network(), "report.html"),
        minimal,
        PolishedSolution.shortfall(results.stream().map(PruningResult::polished).toList()));
  }

  private static PruneTask task(Continuation earlier) {
    Program program = earlier.program();
    TrainingData data = earlier.data();
    return new PruneTask(
        earlier.task(),
        program.measured(data.train()),
        program.measured(data.valid()),
        program.measured(data.test()),
        earlier.settings().analysis());
  }

  private static String outcome(PruningResult found) {
    return String.format(
        Locale.ROOT,
        "lambda %.6g: %d active blocks pruned to %d neurons%s, objective %.12g before and %.12g"
            + " after",
        found.polished().lambda(),
        found.polished().activeBlocks(),
        found.minimalWidth(),
        found.least().provenSmallest() ? " (proven smallest)" : "",
        found.polished().objective(),
        found.minimalObjective());
  }
}
