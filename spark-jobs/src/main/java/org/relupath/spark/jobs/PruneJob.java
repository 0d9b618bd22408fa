package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relupath.core.path.PathPoint;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.table.CsvTable;
import org.relupath.spark.prune.PruneTask;
import org.relupath.spark.prune.PruningReports;
import org.relupath.spark.prune.PruningResult;
import org.relupath.spark.prune.PruningRow;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.Reports;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;

/** {@code prune}: smaller networks for the lambdas of an earlier fit or path. */
final class PruneJob implements Job {
  private static final List<String> COLUMNS =
      List.of(
          "index",
          "lambda",
          "lambdaRatio",
          "activeBlocks",
          "neurons",
          "rank",
          "smallestWidthBound",
          "provenSmallest",
          "objective",
          "relativeGap",
          "seconds",
          "status");

  @Override
  public ExitStatus run(JobContext given) throws Exception {
    Phases phases = new Phases();
    try (Continuation earlier = Continuation.open(given)) {
      phases.end("read");
      List<PruningResult> findings = earlier.eachLambda("pruning", task(earlier), PruneTask::of);
      phases.end("prune");
      PolishedSolve.warn(
          given.progress(), findings.stream().map(found -> found.rank() != null).toList());
      PruningResult main = findings.get(earlier.main());
      if (findings.size() > 1) {
        earlier.workspace().output().write("lambdas.csv", table(earlier, findings));
        for (PruningResult found : findings) {
          write(earlier, "lambdas/" + found.index() + "/", found);
        }
      }
      write(earlier, "", main);
      writeMain(earlier, main, phases);
      earlier
          .workspace()
          .commit(
              outcome(earlier, main),
              List.of("pruning.csv", "minimal/network.json", "report.html"));
      return given.ended(
          PolishedSolve.shortfall(findings.stream().map(PruningResult::solution).toList()));
    }
  }

  private static PruneTask task(Continuation earlier) {
    RunSettings settings = earlier.settings();
    Program program = earlier.program();
    TrainingData data = earlier.data();
    return new PruneTask(
        program.convex().kept(),
        program.patternGates(),
        settings.solver().limits(),
        program.measured(data.train()),
        program.measured(data.valid()),
        program.measured(data.test()),
        settings.analysis(),
        settings.model().seed());
  }

  private static void write(Continuation earlier, String prefix, PruningResult found)
      throws IOException {
    Program program = earlier.program();
    Workspace workspace = earlier.workspace();
    CsvTable table = new CsvTable(PruningRow.COLUMNS);
    found.rows().forEach(row -> table.row(row.inUnits(program.lossScale()).cells()));
    workspace.output().write(prefix + "pruning.csv", table.text());
    ProgramExporter exporter = new ProgramExporter(program, earlier.data());
    PathPoint point =
        new PathPoint(0, found.minimal().certificate().lambda(), found.minimal(), true);
    FitFiles minimal =
        FitFiles.of(
            exporter,
            earlier.settings(),
            TrainedNetwork.of(exporter, new LowerBounds(program), point));
    minimal
        .summary()
        .put("lambdaIndex", found.index())
        .put("prunedFrom", found.solution().weights().compact().size())
        .put("rank", found.rank())
        .put("smallestWidthBound", found.widthBound())
        .put("provenSmallest", found.provenSmallest())
        .put("provenBy", found.provenBy())
        .put("independentFits", found.independent())
        .put("fitChange", found.fitChange());
    Reports reports = new Reports(program.summary(), earlier.settings(), workspace.title());
    minimal.write(workspace, prefix + "minimal/", reports);
    workspace.writeProvenance(
        prefix + "minimal/",
        "lambda",
        found.minimal().certificate().lambda() / program.lossScale());
  }

  private static void writeMain(Continuation earlier, PruningResult main, Phases phases)
      throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    double unit = earlier.program().lossScale();
    summary.put("lambdaIndex", main.index());
    summary.put("lambda", main.solution().certificate().lambda() / unit);
    summary.put("activeBlocks", main.solution().weights().compact().size());
    summary.put("minimalWidth", main.minimal().weights().size());
    summary.put("rank", main.rank());
    summary.put("smallestWidthBound", main.widthBound());
    summary.put("provenSmallest", main.provenSmallest());
    summary.put("independentFits", main.independent());
    summary.put("fitChange", main.fitChange());
    summary.put("objective", main.solution().certificate().objective() / unit);
    summary.put("minimalObjective", main.minimal().certificate().objective() / unit);
    summary.put("minimalRelativeGap", main.minimal().certificate().relativeGap());
    summary.put("seconds", phases.seconds());
    earlier.workspace().output().write("summary.json", Json.pretty(summary));
    earlier.workspace().output().write("report.html", new PruningReports(earlier).html(main));
  }

  private static String table(Continuation earlier, List<PruningResult> findings) {
    CsvTable table = new CsvTable(COLUMNS);
    double unit = earlier.program().lossScale();
    for (PruningResult found : findings) {
      double lambda = found.solution().certificate().lambda();
      table.row(
          found.index(),
          lambda / unit,
          lambda / earlier.program().referenceLambda(),
          found.solution().weights().compact().size(),
          found.minimal().weights().size(),
          found.rank(),
          found.widthBound(),
          found.provenSmallest(),
          found.minimal().certificate().objective() / unit,
          found.minimal().certificate().relativeGap(),
          found.seconds(),
          found.solution().status().label());
    }
    return table.text();
  }

  private static String outcome(Continuation earlier, PruningResult found) {
    double unit = earlier.program().lossScale();
    return String.format(
        Locale.ROOT,
        "lambda %.6g: %d active blocks pruned to %d neurons%s, objective %.12g before and %.12g"
            + " after",
        found.solution().certificate().lambda() / unit,
        found.solution().weights().compact().size(),
        found.minimal().weights().size(),
        found.provenSmallest() ? " (proven smallest)" : "",
        found.solution().certificate().objective() / unit,
        found.minimal().certificate().objective() / unit);
  }
}
