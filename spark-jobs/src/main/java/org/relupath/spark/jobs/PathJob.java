package org.relupath.spark.jobs;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.relupath.spark.analysis.PathAnalysis;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.analysis.SensitivityTable;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.result.BoundTable;
import org.relupath.spark.result.CoefficientTable;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.GridEdge;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.result.PathTable;
import org.relupath.spark.result.Reports;
import org.relupath.spark.result.SearchSummary;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.result.Summary;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Progress;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.LambdaSelection;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.program.ProgramSummary;
import org.relupath.spark.train.program.SolvedPath;

/**
 * {@code path} and {@code demo}: a grid of lambdas, or as few as certify every one in between; and
 * the best network of them.
 *
 * @param bundled a data set that the application brings along, as a resource; null for the rows
 *     that --input names
 */
record PathJob(String bundled) implements Job {
  /** A path of the rows that --input names. */
  PathJob() {
    this(null);
  }

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    RunSettings settings = context.settings();
    if (bundled != null && settings.solver().engine() == Engine.ROWS) {
      throw new BadInputException(
          "--engine: 'rows', expected driver, gates, lambdas or auto for " + context.command());
    }
    Progress progress = context.progress();
    try (Workspace workspace =
            bundled == null ? Workspace.open(context) : Workspace.openBundled(context, bundled);
        Training training =
            Training.open(
                workspace.spark(), workspace.rows(), settings, Training.Plan.PATH, progress)) {
      TrainedPath trained = training.solve();
      ProgramSummary program = training.program();
      PathAnalysis analysis =
          settings.analysis().analyze() ? PathAnalysis.of(training, trained) : null;
      progress.ended("analyse");
      List<PathRow> rows =
          trained.networks().stream().map(one -> row(one, trained, analysis)).toList();
      FitFiles best = FitFiles.of(training.exporter(), settings, trained.best());
      Shortfall shortfall = Shortfall.of(trained, rows, settings.solver());
      GridEdge edge = GridEdge.of(trained.selection(), program, rows.size());
      if (analysis != null) {
        best.summary().analysis(analysis.lambdas().get(trained.selection().index()));
        PolishedSolve.warn(
            progress,
            analysis.lambdas().stream().map(lambda -> lambda.figures().resolved()).toList());
      }
      summarise(best.summary(), training, trained, settings);
      best.summary().ran(training, progress.phases().seconds());
      if (edge != GridEdge.NONE) {
        String warning = edge.warning(trained.best().certificate().lambdaRatio());
        best.summary().warn(warning);
        progress.warn(warning);
      }
      Reports reports = new Reports(program, settings, title(workspace));
      best.write(workspace, "best/", reports);
      write(workspace, program, trained, rows, analysis);
      String page = reports.path(trained, rows, best.summary());
      workspace.output().write("report.html", page);
      workspace.output().write("summary.json", Shortfall.addTo(best.summary(), shortfall).json());
      workspace.writeProvenance("best/", "lambda", trained.best().certificate().lambda());
      workspace.commit(
          outcome(training, trained, rows, edge, settings),
          List.of("path.csv", "report.html", "best/network.json"));
      return context.ended(shortfall == null ? null : shortfall.reason());
    }
  }

  private static PathRow row(TrainedNetwork one, TrainedPath trained, PathAnalysis analysis) {
    int k = one.index();
    Double certifiedGap = trained.solved().certifiedGap(k);
    return PathRow.of(one, certifiedGap, analysis == null ? null : analysis.lambdas().get(k));
  }

  private static void summarise(
      Summary summary, Training training, TrainedPath trained, RunSettings settings) {
    SolvedPath solved = trained.solved();
    LambdaSelection selection = trained.selection();
    SearchSummary.addTo(summary, settings.model(), training.program(), trained.search());
    summary.put("lambdaIndex", selection.index()).put("lambdas", trained.networks().size());
    if (solved.bounds() != null) {
      summary
          .put("solves", solved.solves())
          .put("certify", solved.asked())
          .put("certifiedGap", solved.worst());
    }
    summary
        .put("criterion", trained.criterion())
        .put("tolerance", solved.tolerance())
        .put("chosenBy", selection.by())
        .put("chosenMse", selection.mse());
  }

  private static void write(
      Workspace workspace,
      ProgramSummary program,
      TrainedPath trained,
      List<PathRow> rows,
      PathAnalysis analysis)
      throws IOException {
    OutputDirectory output = workspace.output();
    double unit = program.lossScale();
    SolvedPath solved = trained.solved();
    new PathTable(rows).write(workspace.spark(), output);
    new CoefficientTable(solved.points().stream().map(p -> p.solution().weights()).toList())
        .write(workspace.spark(), output);
    if (solved.bounds() != null) {
      output.write("bound.csv", BoundTable.text(solved.bounds(), unit));
    }
    // Events take an analysis; without one the file is there, and empty.
    output.write("events.csv", analysis == null ? PathAnalysis.noEvents() : analysis.events(unit));
    if (analysis != null) {
      output.write("analysis.csv", analysis.table(unit));
      SensitivityTable.of(analysis.lambdas(), unit).write(workspace.spark(), output);
    }
  }

  private String title(Workspace workspace) {
    return bundled == null ? workspace.title() : new File(bundled).getName();
  }

  private static String outcome(
      Training training,
      TrainedPath trained,
      List<PathRow> rows,
      GridEdge edge,
      RunSettings settings) {
    SolvedPath solved = trained.solved();
    LambdaSelection choice = trained.selection();
    PathRow best = rows.get(choice.index());
    if (solved.epsilon().isPresent()) {
      return String.format(
          Locale.ROOT,
          "%d solves certify every lambda from %.6g to %.6g within %.2e ||y||^2/2%s; best of the"
              + " solved by %s: lambda %.6g%s, %d neurons; %s",
          solved.solves(),
          rows.get(0).lambda(),
          rows.get(rows.size() - 1).lambda(),
          solved.worst(),
          settings.model().over(),
          choice.by(),
          best.lambda(),
          edge.remark(),
          best.neurons(),
          PathRow.global(settings.model(), List.of(best)).clause());
    }
    double gap = rows.stream().mapToDouble(PathRow::relativeGap).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "%d lambdas, largest relative gap %.1e%s%s; %s; best by %s: lambda %.6g%s, %d neurons",
        rows.size(),
        gap,
        settings.model().over(),
        Summary.passes(training),
        PathRow.global(settings.model(), rows).clause(),
        choice.by(),
        best.lambda(),
        edge.remark(),
        best.neurons());
  }
}
