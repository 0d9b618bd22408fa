package org.relupath.spark.jobs;

import java.io.IOException;
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
import org.relupath.spark.train.NetworkExporter;
import org.relupath.spark.train.Program;
import org.relupath.spark.train.ProgramFactory;
import org.relupath.spark.train.ProgramSolver;
import org.relupath.spark.train.StoredSolution;

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
    try (Workspace workspace = Workspace.open(context)) {
      phases.end("read");
      ProgramFactory factory =
          new ProgramFactory(workspace.spark(), settings.solver(), 1, context.progress());
      try (ProgramSolver solver =
          factory.of(
              workspace.data().train(),
              settings.model(),
              program -> new double[] {program.lambda(settings.lambda(), DEFAULT_RATIO)})) {
        return run(context, workspace, solver, phases);
      }
    }
  }

  private static ExitStatus run(
      JobContext context, Workspace workspace, ProgramSolver solver, Phases phases)
      throws IOException {
    RunSettings settings = context.settings();
    TrainingData data = workspace.data();
    Program program = solver.program();
    if (settings.analysis().analyze()) {
      program.requireAnalysisFits();
    }
    phases.end("prepare");
    boolean decomposes = settings.solver().method() == SolverSettings.Method.CONE_DECOMPOSITION;
    DecomposedNetwork decomposed = decomposes ? solver.decompose() : null;
    Solution solution = decomposes ? decomposed.made().solution() : solver.fit();
    phases.end("solve");
    FitFiles files = FitFiles.of(new NetworkExporter(program), data, settings, solution);
    phases.end("measure");
    if (program.adapts() && !decomposes) {
      SearchSummary.addTo(files.summary(), program, solver.searchPatterns(List.of(solution)));
      phases.end("search");
    }
    if (settings.analysis().analyze() && !decomposes) {
      StoredSolution found = new StoredSolution(0, solver.lambdas()[0], solution.weights());
      LambdaAnalysis analysis = PathAnalysis.of(solver, found, settings);
      files.summary().analysis(analysis);
      PolishedSolve.warn(context.progress(), List.of(analysis.figures().resolved()));
      phases.end("analyse");
    }
    if (decomposes) {
      files.summary().put("decomposition", decomposed.fields(program.lossScale()));
      for (String warning : decomposed.warnings(program)) {
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
        .put("engine", solver.choice().engine().label())
        .put("engineReason", solver.choice().reason())
        .put("seconds", phases.seconds());
    files.write(workspace, "", new Reports(program, data, settings, workspace.title()));
    workspace.commit(
        outcome(files, settings), List.of("summary.json", "network.json", "report.html"));
    Status solved = decomposes ? decomposed.gated().status() : solution.status();
    return context.ended(
        Shortfall.reason(
            files.fitted(), files.fitted().status(solved), program.lossScale(), settings.solver()));
  }

  private static String outcome(FitFiles files, RunSettings settings) {
    Solution solution = files.solution();
    return String.format(
        Locale.ROOT,
        "%s: lambda %.6g, objective %.10g, relative gap %.1e%s, %d neurons; %s",
        files.summary().get("status"),
        solution.certificate().lambda() / files.program().lossScale(),
        (double) files.summary().get("objective"),
        (double) files.summary().get("relativeGap"),
        settings.model().over(),
        files.network().width(),
        files.summary().global(settings.model()).clause());
  }
}
