package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.analysis.PathAnalysis;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.FitSummary;
import org.relupath.spark.result.NetworkSummary;
import org.relupath.spark.result.RunSummary;
import org.relupath.spark.result.SearchSummary;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.result.page.FitPage;
import org.relupath.spark.result.page.RunFigures;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.program.DecomposedNetwork;
import org.relupath.spark.train.program.Program;

/** {@code fit}: one lambda, solved and certified. */
final class FitJob implements TrainingJob {
  @Override
  public ExitStatus run(JobContext context) throws Exception {
    try (Workspace workspace = Workspace.open(context)) {
      return train(workspace);
    }
  }

  @Override
  public Training.Plan plan() {
    return Training.Plan.FIT;
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
    TrainedNetwork network = trained.best();
    List<String> warnings = new ArrayList<>(training.program().warnings());
    LambdaAnalysis analysis = analysis(training, trained, settings, progress, warnings);
    DecomposedNetwork.Origin origin = origin(training, trained, progress, warnings);
    RunSummary run = RunSummary.of(training, phases.seconds());
    FitFiles files = FitFiles.of(training.exporter(), network, trained.selection());
    for (String warning : files.measured().warnings(settings.model().classWeights())) {
      warnings.add(warning);
      progress.warn(warning);
    }
    double tolerance = settings.solver().tolerance();
    FitSummary summary =
        new FitSummary(
            NetworkSummary.of(
                training.program(),
                settings,
                network,
                tolerance,
                network.certificate().status(),
                analysis,
                warnings,
                files.measured()),
            SearchSummary.of(settings.model(), training.program(), trained.search()),
            analysis,
            origin,
            trained.criterion(),
            run,
            files.rowsDrawn());
    List<KeyFigure> figures =
        RunFigures.of(
            workspace.title(), summary.network(), run, summary.criterion(), files.rowsDrawn());
    String page = FitPage.of(workspace.title(), figures, tolerance, warnings, files).html();
    files.write(workspace, "", page, summary);
    return new Ending(
        outcome(training, network, settings),
        List.of("summary.json", "network.json", "report.html"),
        network.certificate().status(),
        shortfall(trained, settings),
        warnings);
  }

  /** The analysis that is asked for, or null; what is to be said of it becomes a warning. */
  private static LambdaAnalysis analysis(
      Training training,
      TrainedPath trained,
      RunSettings settings,
      ProgressListener progress,
      List<String> warnings) {
    if (!settings.analysis().analyze() || trained.decomposed() != null) {
      return null;
    }
    LambdaAnalysis analysis = PathAnalysis.of(training, trained.best());
    analysis.warning().ifPresent(warnings::add);
    PolishedSolution.warn(progress, List.of(analysis.figures().resolved()));
    progress.ended("analyse");
    return analysis;
  }

  /** Where a network made by cone decomposition came from; null for others. */
  private static DecomposedNetwork.Origin origin(
      Training training, TrainedPath trained, ProgressListener progress, List<String> warnings) {
    if (trained.decomposed() == null) {
      return null;
    }
    Program program = training.solver().orElseThrow().program();
    for (String warning : trained.decomposed().warnings(program)) {
      warnings.add(warning);
      progress.warn(warning);
    }
    return trained.decomposed().origin(program);
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
        RunSummary.passes(training),
        network.gap().clause());
  }
}
