package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.search.LowerBound;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.spark.analysis.PathAnalysis;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.RowData;
import org.relupath.spark.report.Scores;
import org.relupath.spark.result.BlockTable;
import org.relupath.spark.result.CoefficientTable;
import org.relupath.spark.result.GridEdge;
import org.relupath.spark.result.LambdaSelection;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.result.PathTable;
import org.relupath.spark.result.Reports;
import org.relupath.spark.result.SearchSummary;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.result.Summary;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.FittedNetwork;
import org.relupath.spark.train.ProgramSummary;
import org.relupath.spark.train.ReluRowTraining;
import org.relupath.spark.train.RowEvaluator;
import org.relupath.spark.train.RowProgram;
import org.relupath.spark.train.RowTraining;
import org.relupath.spark.train.SolvedPath;

/** {@code path} and {@code fit} with rows that stay on executors. */
final class RowJob implements Job {
  private final boolean path;

  /**
   * A job.
   *
   * @param path whether it is a path rather than a fit
   */
  RowJob(boolean path) {
    this.path = path;
  }

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    RunSettings settings = context.settings();
    Phases phases = new Phases();
    try (Workspace workspace = Workspace.openUnread(context)) {
      RowData data = RowData.load(workspace.spark(), workspace.sources(), settings);
      phases.end("read");
      try (RowProgram training = prepare(context, workspace, data)) {
        double[] lambdas = lambdas(training.summary(), settings);
        phases.end("prepare");
        List<RowSolution> found = training.solve(lambdas, context.progress());
        phases.end("solve");
        Run run = new Run(context, workspace, data, training, lambdas, found);
        run.write(phases);
        return context.ended(run.shortfall == null ? null : run.shortfall.reason());
      }
    }
  }

  private static RowProgram prepare(JobContext context, Workspace workspace, RowData data) {
    RunSettings settings = context.settings();
    return switch (settings.model().model()) {
      case GATED -> RowTraining.prepare(workspace.spark(), data, settings, context.progress());
      case RELU -> ReluRowTraining.prepare(workspace.spark(), data, settings, context.progress());
    };
  }

  private double[] lambdas(ProgramSummary program, RunSettings settings) {
    LambdaSettings lambda = settings.lambda();
    return path
        ? LambdaGrid.logarithmic(
            program.referenceLambda(), lambda.lambdaMinRatio(), lambda.lambdas())
        : new double[] {program.lambda(lambda, FitJob.DEFAULT_RATIO)};
  }

  /** What was found, on its way to files. */
  private final class Run {
    private final JobContext context;
    private final RunSettings settings;
    private final Workspace workspace;
    private final RowData data;
    private final RowProgram training;
    private final RowEvaluator measures;
    private final ProgramSummary program;
    private final List<PathPoint> points = new ArrayList<>();
    private final List<RowSolution> found;
    private final List<FittedNetwork> networks;
    private final List<PathRow> rows = new ArrayList<>();
    private final LambdaSelection choice;
    private final Shortfall shortfall;

    Run(
        JobContext context,
        Workspace workspace,
        RowData data,
        RowProgram training,
        double[] lambdas,
        List<RowSolution> found) {
      this.context = context;
      this.settings = context.settings();
      this.workspace = workspace;
      this.data = data;
      this.training = training;
      this.program = training.summary();
      this.measures = training.measures();
      this.found = found;
      context.progress().step("measuring");
      this.networks =
          measures.fitted(
              data.train(),
              weights().stream().map(training::network).toList(),
              found.stream().map(RowSolution::solution).toList());
      List<Metrics> valid =
          measures.measured(data.valid(), networks.stream().map(FittedNetwork::network).toList());
      for (int k = 0; k < lambdas.length; k++) {
        points.add(new PathPoint(k, lambdas[k], found.get(k).solution(), true));
        rows.add(row(points.get(k), valid == null ? null : valid.get(k)));
      }
      this.choice = choose();
      this.shortfall = Shortfall.of(rows, settings.solver());
    }

    private List<BlockWeights> weights() {
      return found.stream().map(own -> own.solution().weights()).toList();
    }

    private PathRow row(PathPoint point, Metrics valid) {
      int k = point.index();
      List<SearchEvidence> all = training.searched();
      PathRow.Details own =
          new PathRow.Details(
              point.solution().status(),
              null,
              found.get(k).lowerBound(),
              null,
              all.isEmpty() ? null : all.get(k));
      return PathRow.of(program, point, networks.get(k), valid, own);
    }

    /** By held-out rows; without any the last lambda, as nothing says more. */
    private LambdaSelection choose() {
      if (data.valid() != null) {
        return LambdaSelection.smallest(
            rows.stream().mapToDouble(PathRow::validMse).toArray(), "validMse");
      }
      int last = rows.size() - 1;
      return new LambdaSelection(
          last, "smallest lambda, no rows held out", rows.get(last).trainMse());
    }

    /** Without held-out rows nothing was chosen. */
    private GridEdge edge() {
      return path && data.valid() != null ? choice.edge(program, rows.size()) : GridEdge.NONE;
    }

    void write(Phases phases) throws IOException {
      RowSolution best = found.get(choice.index());
      FittedNetwork fitted = networks.get(choice.index());
      Network network = fitted.network();
      List<Metrics> test = measures.measured(data.test(), List.of(network));
      phases.end("measure");
      PathRow row = rows.get(choice.index());
      Metrics train = fitted.train();
      Metrics valid =
          row.validMse() == null ? null : new Metrics(row.validMse(), row.validAccuracy());
      Summary summary =
          Summary.of(
                  program,
                  settings,
                  fitted,
                  new LowerBound(best.lowerBound(), LowerBound.Source.NORM))
              .put("valid", valid)
              .put("test", test == null ? null : test.get(0));
      if (path) {
        summary
            .put("lambdaIndex", choice.index())
            .put("lambdas", points.size())
            .put("chosenBy", choice.by())
            .put("chosenMse", choice.mse());
      }
      if (!training.searched().isEmpty()) {
        SearchSummary.addTo(
            summary,
            settings.model(),
            training.searchRank(),
            program.distinctPatterns(),
            training.searched());
      }
      Map<String, Double> seconds = phases.seconds();
      // Of the seconds of preparing and solving.
      seconds.put("passes", training.passSeconds());
      summary
          .put("criterion", training.criterion())
          .put("passes", training.passes())
          .put("engine", "rows")
          .put("engineReason", "as asked for")
          .put("seconds", seconds);
      Map<String, Object> manifest = Manifest.of(context, data);
      if (edge() != GridEdge.NONE) {
        String warning = edge().warning(row.lambdaRatio());
        summary.warn(warning);
        context.progress().warn(warning);
      }
      writeFit(path ? "best/" : "", best, network, train, valid, summary);
      if (path) {
        writePath(summary, manifest);
      }
      List<String> shown =
          path
              ? List.of("path.csv", "report.html", "best/network.json")
              : List.of("summary.json", "network.json", "report.html");
      workspace.commit(outcome(network), shown, manifest);
    }

    private void writePath(Summary summary, Map<String, Object> manifest) throws IOException {
      double tolerance = settings.solver().tolerance();
      int solves = points.size();
      SolvedPath solved =
          new SolvedPath(points, List.of(), OptionalDouble.empty(), tolerance, solves);
      String page =
          Reports.path(program, settings, workspace.title(), solved, rows, choice, summary);
      workspace.output().write("report.html", page);
      new PathTable(rows).write(workspace.spark(), workspace.output());
      new CoefficientTable(weights()).write(workspace.spark(), workspace.output());
      workspace.output().write("events.csv", PathAnalysis.noEvents());
      workspace.output().write("summary.json", Shortfall.addTo(summary, shortfall).json());
      double lambda = rows.get(choice.index()).lambda();
      workspace.writeProvenance("best/", "lambda", lambda, manifest);
    }

    private void writeFit(
        String prefix,
        RowSolution best,
        Network network,
        Metrics train,
        Metrics valid,
        Summary summary)
        throws IOException {
      PathPoint point = points.get(choice.index());
      Scores own = measures.scores(data.train(), network);
      Scores held = measures.scores(data.valid(), network);
      summary.put("rowsDrawn", own.rows());
      String page =
          Reports.fit(
              program, settings, workspace.title(), point, train, valid, own, held, summary);
      workspace.output().write(prefix + "report.html", page);
      workspace.output().write(prefix + "network.json", NetworkFile.write(network));
      new BlockTable(training.blocks(best)).write(workspace.spark(), workspace.output(), prefix);
      workspace.output().write(prefix + "summary.json", summary.json());
    }

    private String outcome(Network network) {
      double gap = rows.stream().mapToDouble(PathRow::relativeGap).max().orElse(0);
      Solution best = found.get(choice.index()).solution();
      double lambda = best.certificate().lambda() / program.lossScale();
      if (!path) {
        return String.format(
            Locale.ROOT,
            "%s: lambda %.6g, objective %.10g, relative gap %.1e, %d neurons, %d passes over %d rows;"
                + " %s",
            rows.get(choice.index()).status(),
            lambda,
            rows.get(choice.index()).objective(),
            gap,
            network.width(),
            training.passes(),
            program.n(),
            PathRow.global(settings.model(), rows).clause());
      }
      return String.format(
          Locale.ROOT,
          "%d lambdas, largest relative gap %.1e, %d passes over %d rows; %s; best by %s: lambda"
              + " %.6g%s, %d neurons",
          rows.size(),
          gap,
          training.passes(),
          program.n(),
          PathRow.global(settings.model(), rows).clause(),
          choice.by(),
          lambda,
          edge().remark(),
          network.width());
    }
  }
}
