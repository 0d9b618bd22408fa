package org.relupath.spark.jobs;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.network.Network;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.Certificate;
import org.relupath.core.solve.Status;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.io.BadInputException;

/** {@code path} and {@code demo}: a grid of lambdas, every one certified, and the best network. */
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
            bundled == null ? Workspace.open(context) : Workspace.openBundled(context, bundled);
        Solving solving =
            new Solving(
                workspace.spark(),
                settings.solver(),
                settings.lambda().lambdas(),
                context.progress())) {
      TrainingData data = workspace.data();
      phases.end("read");
      Training training =
          Training.prepare(data.train(), settings.model(), context.hadoop(), solving);
      double[] lambdas =
          LambdaGrid.logarithmic(
              training.lambdaTop(),
              settings.lambda().lambdaMinRatio(),
              settings.lambda().lambdas());
      phases.end("prepare");
      List<PathPoint> path = solving.path(training, lambdas);
      phases.end("solve");
      PathAnalysis analysis =
          settings.analysis().analyze() ? PathAnalysis.of(training, path, settings, solving) : null;
      phases.end("analyse");
      List<PathRow> rows = new ArrayList<>();
      for (PathPoint point : path) {
        rows.add(row(training, data, point, analysis));
      }
      phases.end("measure");
      Choice choice = Choice.of(training, data, settings, lambdas, rows, solving);
      phases.end("choose");
      FitFiles best = FitFiles.of(training, data, settings, path.get(choice.index()).solution());
      if (analysis != null) {
        analysis.lambdas().get(choice.index()).tell(best.summary());
      }
      best.summary()
          .put("lambdaIndex", choice.index())
          .put("lambdas", path.size())
          .put("chosenBy", choice.by())
          .put("chosenMse", choice.mse())
          .put("engine", solving.name())
          .put("engineReason", solving.reason())
          .put("seconds", phases.seconds());
      Reports reports = new Reports(training, data, settings, title(workspace));
      workspace.output().write("report.html", reports.path(path, rows, choice, best.summary()));
      write(workspace, training, path, rows, analysis, best, reports);
      workspace.commit(told(rows, choice), List.of("path.csv", "report.html", "best/network.json"));
      boolean optimal = path.stream().allMatch(p -> p.solution().status() == Status.OPTIMAL);
      return optimal ? ExitStatus.DONE : ExitStatus.NOT_CONVERGED;
    }
  }

  private static PathRow row(
      Training training, TrainingData data, PathPoint point, PathAnalysis analysis) {
    LambdaAnalysis own = analysis == null ? null : analysis.lambdas().get(point.index());
    Certificate certificate = point.solution().certificate();
    Network network = training.network(point.solution().weights());
    Metrics train = training.measure(network, data.train());
    Metrics valid = training.measure(network, data.valid());
    double unit = training.unit();
    return new PathRow(
        point.index(),
        point.lambda() / unit,
        point.lambda() / training.lambdaTop(),
        certificate.objective() / unit,
        certificate.loss() / unit,
        certificate.penalty() / unit,
        certificate.relativeGap(),
        point.solution().weights().compact().size(),
        network.width(),
        own == null ? null : own.figures().knownDimension(),
        own == null ? null : own.figures().unique(),
        own == null ? null : own.sensitivity().df(),
        train.mse(),
        train.accuracy(),
        valid == null ? null : valid.mse(),
        valid == null ? null : valid.accuracy(),
        point.solution().iterations(),
        point.solution().seconds(),
        point.solution().status().label(),
        point.solved(),
        null,
        certificate.dualObjective() / unit,
        certificate.maxConeViolation());
  }

  private static void write(
      Workspace workspace,
      Training training,
      List<PathPoint> path,
      List<PathRow> rows,
      PathAnalysis analysis,
      FitFiles best,
      Reports reports)
      throws Exception {
    new PathTable(rows).write(workspace.spark(), workspace.output());
    new CoefficientTable(path.stream().map(point -> point.solution().weights()).toList())
        .write(workspace.spark(), workspace.output());
    writeAnalysis(workspace, training, analysis);
    workspace.output().write("summary.json", best.summary().json());
    best.write(workspace, "best/", reports);
    workspace.writeProvenance("best/", "lambda", rows.get(bestIndex(best)).lambda());
  }

  private static void writeAnalysis(Workspace workspace, Training training, PathAnalysis analysis)
      throws Exception {
    double unit = training.unit();
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

  private static String told(List<PathRow> rows, Choice choice) {
    double gap = rows.stream().mapToDouble(PathRow::relativeGap).max().orElse(0);
    PathRow best = rows.get(choice.index());
    return String.format(
        Locale.ROOT,
        "%d lambdas, largest relative gap %.1e; best by %s: lambda %.6g, %d neurons",
        rows.size(),
        gap,
        choice.by(),
        best.lambda(),
        best.neurons());
  }
}
