package org.relupath.spark.jobs;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.analysis.PathAnalysis;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.analysis.SensitivityTable;
import org.relupath.spark.config.LambdaRule;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.result.BoundTable;
import org.relupath.spark.result.CoefficientTable;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.GridEdge;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.result.PathSummary;
import org.relupath.spark.result.RunSummary;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.result.page.FitPage;
import org.relupath.spark.result.page.NeuronCards;
import org.relupath.spark.result.page.PathPage;
import org.relupath.spark.result.page.RunFigures;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.ProgramSummary;
import org.relupath.spark.train.program.SolvedPath;

/**
 * {@code path} and {@code demo}: a grid of lambdas, or as few as certify every one in between; and
 * the best network of them.
 *
 * @param bundled a data set that the application brings along, as a resource; null for the rows
 *     that --input names
 */
record PathJob(String bundled) implements TrainingJob {
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
    if (settings.lambda().rule() == LambdaRule.ONE_STANDARD_ERROR) {
      throw new BadInputException(
          "--choose: 'one-standard-error', expected best, mse, accuracy or each for "
              + context.command());
    }
    try (Workspace workspace =
        bundled == null ? Workspace.open(context) : Workspace.openBundled(context, bundled)) {
      return train(workspace);
    }
  }

  @Override
  public Training.Plan plan() {
    return Training.Plan.PATH;
  }

  @Override
  public Ending write(
      Workspace workspace,
      Training training,
      TrainedPath trained,
      ProgressListener progress,
      Phases phases)
      throws IOException {
    RunSettings settings = workspace.context().settings();
    ProgramSummary program = training.program();
    PathAnalysis analysis =
        settings.analysis().analyze() ? PathAnalysis.of(training, trained) : null;
    progress.ended("analyse");
    List<PathRow> rows =
        trained.networks().stream().map(one -> row(one, trained, analysis)).toList();
    Shortfall shortfall = Shortfall.of(trained, rows, settings.solver());
    GridEdge edge = GridEdge.of(trained.selection(), program, rows.size());
    LambdaAnalysis own =
        analysis == null ? null : analysis.lambdas().get(trained.selection().index());
    List<String> warnings = new ArrayList<>(program.warnings());
    if (own != null) {
      own.warning().ifPresent(warnings::add);
      PolishedSolution.warn(
          progress,
          analysis.lambdas().stream().map(lambda -> lambda.figures().resolved()).toList());
    }
    RunSummary run = RunSummary.of(training, phases.seconds());
    if (edge != GridEdge.NONE) {
      String warning = edge.warning(trained.best().certificate().lambdaRatio());
      warnings.add(warning);
      progress.warn(warning);
    }
    FitFiles best = FitFiles.of(training.exporter(), trained.best(), trained.selection());
    for (String warning : best.measured().warnings(settings.model().classWeights())) {
      warnings.add(warning);
      progress.warn(warning);
    }
    PathSummary summary =
        PathSummary.of(program, settings, trained, own, warnings, run, best, null);
    List<KeyFigure> figures =
        RunFigures.of(
            title(workspace), summary.network(), run, summary.criterion(), best.rowsDrawn());
    double tolerance = settings.solver().tolerance();
    String chosen = FitPage.of(title(workspace), figures, tolerance, warnings, best).html();
    best.write(workspace, "best/", chosen, summary);
    write(workspace, trained, rows, analysis);
    PathPage page =
        new PathPage(
            title(workspace),
            figures,
            settings.model().lossScaling(),
            trained.solved(),
            PathRow.global(settings.model(), rows),
            rows,
            trained.selection(),
            trained.networks().stream().map(TrainedNetwork::network).toList(),
            NeuronCards.of(best),
            warnings,
            best.measured());
    workspace.output().write("report.html", page.html());
    PathSummary whole =
        PathSummary.of(program, settings, trained, own, warnings, run, best, shortfall);
    workspace.output().write("summary.json", Json.pretty(whole));
    workspace.writeProvenance("best/", "lambda", trained.best().certificate().lambda());
    return new Ending(
        outcome(training, trained, rows, edge, settings),
        List.of("path.csv", "report.html", "best/network.json"),
        shortfall == null ? Status.OPTIMAL : shortfall.status(),
        shortfall == null ? null : shortfall.reason(),
        warnings);
  }

  private static PathRow row(TrainedNetwork one, TrainedPath trained, PathAnalysis analysis) {
    int k = one.index();
    Double certifiedGap = trained.solved().certifiedGap(k);
    return PathRow.of(one, certifiedGap, analysis == null ? null : analysis.lambdas().get(k));
  }

  private static void write(
      Workspace workspace, TrainedPath trained, List<PathRow> rows, PathAnalysis analysis)
      throws IOException {
    ResultFolder output = workspace.output();
    SolvedPath solved = trained.solved();
    new RecordTable<>(PathRow.class, rows).write(workspace.spark(), output, "path");
    new CoefficientTable(solved.points().stream().map(p -> p.solution().weights()).toList())
        .write(workspace.spark(), output);
    if (solved.bounds() != null) {
      output.write("bound.csv", BoundTable.text(solved.bounds()));
    }
    // Events take an analysis; without one the file is there, and empty.
    output.write("events.csv", PathAnalysis.events(analysis));
    if (analysis != null) {
      output.write("analysis.csv", analysis.table());
      SensitivityTable.of(analysis.lambdas()).write(workspace.spark(), output);
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
        RunSummary.passes(training),
        PathRow.global(settings.model(), rows).clause(),
        choice.by(),
        best.lambda(),
        edge.remark(),
        best.neurons());
  }
}
