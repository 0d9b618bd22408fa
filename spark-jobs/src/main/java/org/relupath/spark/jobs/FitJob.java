package org.relupath.spark.jobs;

import java.util.List;
import java.util.Locale;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.analysis.PathAnalysis;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.Reports;
import org.relupath.spark.result.SearchSummary;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.result.Summary;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Progress;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.program.DecomposedNetwork;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramSummary;

/** {@code fit}: one lambda, solved and certified. */
final class FitJob implements Job {

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    RunSettings settings = context.settings();
    Progress progress = context.progress();
    try (Workspace workspace = Workspace.open(context);
        Training training =
            Training.open(
                workspace.spark(), workspace.rows(), settings, Training.Plan.FIT, progress)) {
      TrainedPath trained = training.solve();
      TrainedNetwork network = trained.best();
      ProgramSummary program = training.program();
      FitFiles files = FitFiles.of(training.exporter(), settings, network);
      Summary summary = files.summary();
      SearchSummary.addTo(summary, settings.model(), program, trained.search());
      if (settings.analysis().analyze() && trained.decomposed() == null) {
        LambdaAnalysis analysis = PathAnalysis.of(training, network);
        summary.analysis(analysis);
        PolishedSolve.warn(progress, List.of(analysis.figures().resolved()));
        progress.ended("analyse");
      }
      if (trained.decomposed() != null) {
        add(trained.decomposed(), training, summary, progress);
      }
      summary.put("criterion", trained.criterion());
      summary.ran(training, progress.phases().seconds());
      files.write(workspace, "", new Reports(program, settings, workspace.title()));
      workspace.commit(
          outcome(training, network, settings),
          List.of("summary.json", "network.json", "report.html"));
      return context.ended(shortfall(trained, settings));
    }
  }

  private static void add(
      DecomposedNetwork decomposed, Training training, Summary summary, Progress progress) {
    Program program = training.solver().orElseThrow().program();
    summary.put("decomposition", decomposed.fields(program.lossScale()));
    for (String warning : decomposed.warnings(program)) {
      summary.warn(warning);
      progress.warn(warning);
    }
  }

  /** Why the network is not what was asked for; of a decomposed one, why the gated one is not. */
  private static String shortfall(TrainedPath trained, RunSettings settings) {
    NetworkCertificate proof = trained.best().certificate();
    boolean own = trained.decomposed() == null || proof.status() == Status.INEXACT;
    Status status = own ? proof.status() : trained.decomposed().gated().status();
    return Shortfall.reason(proof, status, settings.solver());
  }

  private static String outcome(Training training, TrainedNetwork network, RunSettings settings) {
    NetworkCertificate proof = network.certificate();
    return String.format(
        Locale.ROOT,
        "%s: lambda %.6g, objective %.10g, relative gap %.1e%s, %d neurons%s; %s",
        proof.status().label(),
        proof.lambda(),
        proof.objective(),
        proof.relativeGap(),
        settings.model().over(),
        network.network().width(),
        Summary.passes(training),
        network.gap().clause());
  }
}
