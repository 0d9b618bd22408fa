package org.relupath.spark.jobs;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.spark.analysis.PathAnalysis;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.analysis.SensitivityTable;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.result.BoundTable;
import org.relupath.spark.result.CoefficientTable;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.GridEdge;
import org.relupath.spark.result.LambdaSelection;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.result.PathTable;
import org.relupath.spark.result.Reports;
import org.relupath.spark.result.SearchSummary;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.LowerBounds;
import org.relupath.spark.train.NetworkExporter;
import org.relupath.spark.train.Program;
import org.relupath.spark.train.ProgramFactory;
import org.relupath.spark.train.ProgramSolver;
import org.relupath.spark.train.SolvedPath;

/**
 * {@code path} and {@code demo}: a grid of lambdas, or as few as certify every one in between; and
 * the best network of them.
 */
final class PathJob implements Job {
  private final String bundled;

  /** A path of the rows that --input names. */
  PathJob() {
    this(null);
  }

  /** A path of a data set that the application brings along, as a resource. */
  PathJob(String bundled) {
    this.bundled = bundled;
  }

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    RunSettings settings = context.settings();
    if (settings.solver().engine() == Engine.ROWS) {
      if (bundled != null) {
        throw new BadInputException(
            "--engine: 'rows', expected driver, gates, lambdas or auto for " + context.command());
      }
      return new RowJob(true).run(context);
    }
    Phases phases = new Phases();
    try (Workspace workspace =
        bundled == null ? Workspace.open(context) : Workspace.openBundled(context, bundled)) {
      phases.end("read");
      ProgramFactory factory =
          new ProgramFactory(
              workspace.spark(),
              settings.solver(),
              settings.lambda().certify().isPresent() ? 1 : settings.lambda().lambdas(),
              context.progress());
      try (ProgramSolver solver =
          factory.of(
              workspace.data().train(),
              settings.model(),
              program ->
                  LambdaGrid.logarithmic(
                      program.referenceLambda(),
                      settings.lambda().lambdaMinRatio(),
                      settings.lambda().lambdas()))) {
        return run(context, workspace, solver, phases);
      }
    }
  }

  private ExitStatus run(
      JobContext context, Workspace workspace, ProgramSolver solver, Phases phases)
      throws IOException {
    RunSettings settings = context.settings();
    TrainingData data = workspace.data();
    Program program = solver.program();
    if (settings.analysis().analyze()) {
      program.requireAnalysisFits();
    }
    phases.end("prepare");
    SolvedPath solved = solver.path(settings.lambda());
    List<PathPoint> path = solved.points();
    phases.end("solve");
    PathAnalysis analysis =
        settings.analysis().analyze() ? PathAnalysis.of(solver, path, settings) : null;
    phases.end("analyse");
    List<SearchEvidence> searched =
        solver.searchPatterns(path.stream().map(PathPoint::solution).toList());
    phases.end("search");
    List<PathRow> rows = new ArrayList<>();
    LowerBounds bounds = new LowerBounds(program);
    NetworkExporter exporter = new NetworkExporter(program);
    for (PathPoint point : path) {
      int k = point.index();
      PathRow.Details found =
          new PathRow.Details(
              solved.status(k),
              solved.certifiedGap(k),
              bounds.of(point.solution()).value(),
              analysis == null ? null : analysis.lambdas().get(k),
              searched == null ? null : searched.get(k));
      rows.add(PathRow.of(exporter, data.valid(), point, found));
    }
    phases.end("measure");
    LambdaSelection choice = LambdaSelection.of(solver, data, settings, solved.lambdas(), rows);
    phases.end("choose");
    FitFiles best = FitFiles.of(exporter, data, settings, path.get(choice.index()).solution());
    if (analysis != null) {
      best.summary().analysis(analysis.lambdas().get(choice.index()));
      PolishedSolve.warn(
          context.progress(),
          analysis.lambdas().stream().map(lambda -> lambda.figures().resolved()).toList());
    }
    if (searched != null) {
      SearchSummary.addTo(best.summary(), program, searched);
    }
    Shortfall shortfall =
        solved.epsilon().isPresent()
            ? Shortfall.certified(solved, rows, settings.solver(), solved.epsilon())
            : Shortfall.of(rows, settings.solver());
    best.summary()
        .put("lambdaIndex", choice.index())
        .put("lambdas", path.size())
        .put("solves", solved.solves())
        .put("certify", solved.asked())
        .put("certifiedGap", solved.worst())
        .put("criterion", solved.criterion() + settings.model().over())
        .put("tolerance", solved.tolerance())
        .put("status", rows.get(choice.index()).status())
        .put("chosenBy", choice.by())
        .put("chosenMse", choice.mse())
        .put("engine", solver.choice().engine().label())
        .put("engineReason", solver.choice().reason())
        .put("seconds", phases.seconds());
    GridEdge edge = choice.edge(program.summary(), path.size());
    if (edge != GridEdge.NONE) {
      String warning = edge.warning(rows.get(choice.index()).lambdaRatio());
      best.summary().warn(warning);
      context.progress().warn(warning);
    }
    Reports reports = new Reports(program, data, settings, title(workspace));
    workspace.output().write("report.html", reports.path(solved, rows, choice, best.summary()));
    write(workspace, program, solved, rows, analysis, best, reports);
    workspace.output().write("summary.json", Shortfall.addTo(best.summary(), shortfall).json());
    workspace.commit(
        outcome(solved, rows, choice, edge, settings),
        List.of("path.csv", "report.html", "best/network.json"));
    return context.ended(shortfall == null ? null : shortfall.reason());
  }

  private static void write(
      Workspace workspace,
      Program program,
      SolvedPath solved,
      List<PathRow> rows,
      PathAnalysis analysis,
      FitFiles best,
      Reports reports)
      throws IOException {
    new PathTable(rows).write(workspace.spark(), workspace.output());
    new CoefficientTable(solved.points().stream().map(p -> p.solution().weights()).toList())
        .write(workspace.spark(), workspace.output());
    workspace.output().write("bound.csv", BoundTable.text(solved.bounds(), program.lossScale()));
    writeAnalysis(workspace, program, analysis);
    best.write(workspace, "best/", reports);
    workspace.writeProvenance("best/", "lambda", rows.get(bestIndex(best)).lambda());
  }

  private static void writeAnalysis(Workspace workspace, Program program, PathAnalysis analysis)
      throws IOException {
    double unit = program.lossScale();
    // Events take an analysis; without one the file is there, and empty.
    workspace
        .output()
        .write("events.csv", analysis == null ? PathAnalysis.noEvents() : analysis.events(unit));
    if (analysis != null) {
      workspace.output().write("analysis.csv", analysis.table(unit));
      SensitivityTable.of(analysis.lambdas(), unit).write(workspace.spark(), workspace.output());
    }
  }

  private String title(Workspace workspace) {
    return bundled == null ? workspace.title() : new File(bundled).getName();
  }

  private static int bestIndex(FitFiles best) {
    return (int) best.summary().get("lambdaIndex");
  }

  private static String outcome(
      SolvedPath solved,
      List<PathRow> rows,
      LambdaSelection choice,
      GridEdge edge,
      RunSettings settings) {
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
        "%d lambdas, largest relative gap %.1e%s; %s; best by %s: lambda %.6g%s, %d neurons",
        rows.size(),
        gap,
        settings.model().over(),
        PathRow.global(settings.model(), rows).clause(),
        choice.by(),
        best.lambda(),
        edge.remark(),
        best.neurons());
  }
}
