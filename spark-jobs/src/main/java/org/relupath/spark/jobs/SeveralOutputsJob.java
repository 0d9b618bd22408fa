package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.result.GridEdge;
import org.relupath.spark.result.outputs.JointMeasurement;
import org.relupath.spark.result.outputs.JointMetrics;
import org.relupath.spark.result.outputs.JointPage;
import org.relupath.spark.result.outputs.JointRow;
import org.relupath.spark.result.outputs.JointSummary;
import org.relupath.spark.result.outputs.OutputSummary;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.OutputProgress;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.OutputTask;
import org.relupath.spark.train.OutputTrainings;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.choice.CrossValidation;
import org.relupath.spark.train.choice.LambdaChoice;
import org.relupath.spark.train.choice.ScoreCalibration;
import org.relupath.spark.train.program.WarmStart;

/**
 * A training of K outputs: in {@code outputs/} the folder of each of them, as its run alone leaves
 * it but for which lambda of a path is chosen, and beside that what they are together.
 *
 * @param files of one output
 * @param workspace of the run
 * @param rows of its outputs
 * @param warm where the solves of each output start
 */
record SeveralOutputsJob(
    TrainingJob files, Workspace workspace, OutputRows rows, List<WarmStart> warm) {
  ExitStatus train() throws IOException {
    JobContext context = workspace.context();
    LambdaChoice.require(
        context.settings().lambda(), !rows.classes().isEmpty(), rows.names().get(0));
    for (OutputRows.Output output : rows.outputs()) {
      ScoreCalibration.require(output.rows(), context.settings(), output.name());
    }
    CrossValidation.require(
        rows.outputs().get(0).rows(), context.settings(), files.plan() == Training.Plan.PATH);
    List<OutputProgress> progress =
        rows.names().stream().map(name -> new OutputProgress(name, context.progress())).toList();
    List<OutputTask> tasks =
        IntStream.range(0, progress.size())
            .mapToObj(
                k ->
                    new OutputTask(
                        rows.outputs().get(k).rows(),
                        lambdaMax -> context.with(settings(k, lambdaMax)).settings(),
                        warm.get(k),
                        progress.get(k)))
            .toList();
    RunSettings settings = context.settings();
    try (OutputTrainings trainings =
        OutputTrainings.open(workspace.spark(), tasks, settings, files.plan())) {
      context.progress().ended("prepare");
      List<TrainedPath> trained = trainings.solve();
      context.progress().ended("solve");
      List<TrainingJob.Ending> endings = new ArrayList<>();
      for (int k = 0; k < tasks.size(); k++) {
        Workspace inner =
            workspace.inner(
                settings(k, trainings.lambdaMax()), folder(k), rows.outputs().get(k).rows());
        progress.get(k).begin();
        endings.add(
            files.write(
                inner,
                trainings.training(k),
                trained.get(k),
                progress.get(k),
                progress.get(k).phases()));
        inner.seal();
      }
      write(trainings, trained, endings);
      return context.ended(shortfall(endings));
    }
  }

  private String folder(int k) {
    return OutputSummary.folder(k, rows.names().get(k));
  }

  /**
   * The keys of the run of one output alone, its lambdas those of all outputs.
   *
   * @param lambdaMax the largest of the outputs', in the units of the loss scaling
   */
  private Map<String, Object> settings(int k, double lambdaMax) {
    Map<String, Object> own = new LinkedHashMap<>(rows.outputs().get(k).settings());
    LambdaSettings lambda = workspace.context().settings().lambda();
    if (files.plan() == Training.Plan.FIT && lambda.lambda().isEmpty()) {
      own.put("lambda", lambda.lambdaRatio().orElse(Training.Plan.DEFAULT_RATIO) * lambdaMax);
      own.put("lambda-ratio", null);
    }
    if (files.plan() == Training.Plan.PATH && lambda.certify().isEmpty()) {
      own.put("lambda-max", lambda.lambdaMax().orElse(lambdaMax));
    }
    return own;
  }

  private void write(
      OutputTrainings trainings, List<TrainedPath> trained, List<TrainingJob.Ending> endings)
      throws IOException {
    List<Training> each = IntStream.range(0, trained.size()).mapToObj(trainings::training).toList();
    MultiOutputNetwork network =
        new MultiOutputNetwork(
            rows.names(),
            trained.stream().map(path -> path.best().network()).toList(),
            rows.classes());
    JointMeasurement measured = JointMeasurement.of(rows, each, trained);
    List<OutputSummary> outputs =
        IntStream.range(0, trained.size())
            .mapToObj(
                k ->
                    OutputSummary.of(
                        k,
                        rows.names().get(k),
                        endings.get(k).status(),
                        each.get(k),
                        trained.get(k)))
            .toList();
    boolean path = files.plan() == Training.Plan.PATH;
    context().progress().ended("measure");
    JointSummary summary =
        JointSummary.of(
            context().settings(),
            rows,
            outputs,
            each,
            trained,
            measured,
            warnings(edge(trainings, trained), endings),
            context().progress().phases().seconds());
    String best = path ? "best/" : "";
    workspace.output().write(best + "network.json", NetworkFile.write(network));
    workspace.output().write("summary.json", Json.pretty(summary));
    List<JointRow> lambdas = JointRow.of(rows, each, trained);
    workspace
        .output()
        .write("report.html", JointPage.html(workspace.title(), summary, rows, lambdas));
    if (path) {
      workspace.output().write("best/summary.json", Json.pretty(summary));
      if (!lambdas.isEmpty()) {
        new RecordTable<>(JointRow.class, lambdas)
            .write(workspace.spark(), workspace.output(), "path");
      }
      workspace.writeProvenance("best/", "output", context().settings().output().directory());
    }
    workspace.commit(
        outcome(summary),
        List.of("summary.json", best + "network.json", "report.html", OutputSummary.FOLDER));
  }

  /** A lambda that all outputs chose together at an end of their grid; else nothing. */
  private List<String> edge(OutputTrainings trainings, List<TrainedPath> trained) {
    GridEdge edge = GridEdge.of(trained, trainings.lambdaMax());
    if (edge == GridEdge.NONE) {
      return List.of();
    }
    TrainedPath first = trained.get(0);
    double ratio = first.best().certificate().lambda() / trainings.lambdaMax();
    String warning = "all outputs, by " + first.selection().by() + ": " + edge.warning(ratio);
    context().progress().warn(warning);
    return List.of(warning);
  }

  private List<String> warnings(List<String> joint, List<TrainingJob.Ending> endings) {
    List<String> warnings = new ArrayList<>(joint);
    for (int k = 0; k < endings.size(); k++) {
      for (String warning : endings.get(k).warnings()) {
        warnings.add(rows.names().get(k) + ": " + warning);
      }
    }
    return warnings;
  }

  private JobContext context() {
    return workspace.context();
  }

  private static String outcome(JointSummary summary) {
    JointMetrics held = summary.measured().network().heldOut();
    String accuracy =
        held == null || held.accuracy() == null
            ? ""
            : String.format(
                Locale.ROOT,
                "; accuracy %.4g on %s rows",
                held.accuracy(),
                summary.measured().network().test() == null ? "held-out" : "test");
    return String.format(
        Locale.ROOT,
        "%d outputs, %s: largest relative gap %.1e, %d neurons%s",
        summary.outputs().size(),
        summary.status().label(),
        summary.relativeGap(),
        summary.neurons(),
        accuracy);
  }

  private String shortfall(List<TrainingJob.Ending> endings) {
    for (int k = 0; k < endings.size(); k++) {
      if (endings.get(k).shortfall() != null) {
        return rows.names().get(k) + ": " + endings.get(k).shortfall();
      }
    }
    return null;
  }
}
