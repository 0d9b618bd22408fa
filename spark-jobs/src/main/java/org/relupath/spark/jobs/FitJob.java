package org.relupath.spark.jobs;

import java.util.List;
import java.util.Locale;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.analysis.PathAnalysis;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.Reports;
import org.relupath.spark.result.SearchSummary;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.DecomposedNetwork;
import org.relupath.spark.train.Solving;
import org.relupath.spark.train.StoredSolution;
import org.relupath.spark.train.Training;

/** {@code fit}: one lambda, solved and certified. */
final class FitJob implements Job {
  /** Of lambda_max, where neither lambda nor ratio is given. */
  static final double DEFAULT_RATIO = 0.1;

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    RunSettings settings = context.settings();
    if (settings.solver().engine() == Engine.ROWS) {
      return new RowJob(false).run(context);
    }
    Phases phases = new Phases();
    try (Workspace workspace = Workspace.open(context);
        Solving solving =
            new Solving(workspace.spark(), settings.solver(), 1, context.progress())) {
      TrainingData data = workspace.data();
      phases.end("read");
      Training first = Training.prepare(data.train(), settings.model(), context.hadoop(), solving);
      double lambda = first.lambda(settings.lambda(), DEFAULT_RATIO);
      Training training = solving.withGeneratedPatterns(first, new double[] {lambda});
      if (settings.analysis().analyze()) {
        training.requireAnalysisFits();
      }
      phases.end("prepare");
      boolean decomposes = settings.solver().method() == SolverSettings.Method.CONE_DECOMPOSITION;
      DecomposedNetwork decomposed = decomposes ? solving.decompose(training, lambda) : null;
      Solution solution = decomposes ? decomposed.made().solution() : solving.fit(training, lambda);
      phases.end("solve");
      FitFiles files = FitFiles.of(training, data, settings, solution);
      phases.end("measure");
      if (training.adapts() && !decomposes) {
        SearchSummary.addTo(
            files.summary(), training, solving.searchPatterns(training, List.of(solution)));
        phases.end("search");
      }
      if (settings.analysis().analyze() && !decomposes) {
        StoredSolution found = new StoredSolution(0, lambda, solution.weights());
        LambdaAnalysis analysis = PathAnalysis.of(training, found, settings, solving);
        files.summary().analysis(analysis);
        PolishedSolve.warn(context.progress(), List.of(analysis.figures().resolved()));
        phases.end("analyse");
      }
      if (decomposes) {
        files.summary().put("decomposition", decomposed.fields(training.lossScale()));
        for (String warning : decomposed.warnings(training)) {
          files.summary().warn(warning);
          context.progress().warn(warning);
        }
      }
      files
          .summary()
          .put(
              "criterion",
              "relativeGap at most "
                  + settings.solver().limits().tolerance()
                  + settings.model().over())
          .put("engine", solving.name())
          .put("engineReason", solving.reason())
          .put("seconds", phases.seconds());
      files.write(workspace, "", new Reports(training, data, settings, workspace.title()));
      workspace.commit(
          outcome(files, settings), List.of("summary.json", "network.json", "report.html"));
      Status solved = decomposes ? decomposed.gated().status() : solution.status();
      return context.ended(
          Shortfall.reason(
              files.fitted(),
              files.fitted().status(solved),
              training.lossScale(),
              settings.solver()));
    }
  }

  private static String outcome(FitFiles files, RunSettings settings) {
    Solution solution = files.solution();
    return String.format(
        Locale.ROOT,
        "%s: lambda %.6g, objective %.10g, relative gap %.1e%s, %d neurons; %s",
        files.summary().get("status"),
        solution.certificate().lambda() / files.training().lossScale(),
        (double) files.summary().get("objective"),
        (double) files.summary().get("relativeGap"),
        settings.model().over(),
        files.network().width(),
        files.summary().global(settings.model()).clause());
  }
}
