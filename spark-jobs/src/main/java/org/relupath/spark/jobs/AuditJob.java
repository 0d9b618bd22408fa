package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.audit.AuditProblem;
import org.relupath.spark.audit.AuditReport;
import org.relupath.spark.audit.AuditTask;
import org.relupath.spark.audit.JointAudit;
import org.relupath.spark.audit.JointAuditPage;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.NetworkSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.earlier.NetworkSource;
import org.relupath.spark.earlier.OutputFolders;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.InputPath;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.rows.CsvCell;
import org.relupath.spark.result.outputs.OutputSummary;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Session;

/**
 * {@code audit}: how far from optimal a network is, trained here or elsewhere, and why; of several
 * outputs each in turn, into a folder of its own.
 */
final class AuditJob implements Job {
  @Override
  public ExitStatus run(JobContext given) throws Exception {
    Phases phases = new Phases();
    NetworkSource source = source(given);
    if (source.stored() instanceof MultiOutputNetwork several) {
      return each(given, source, several);
    }
    AuditTask task = AuditTask.open(given, source.named(), source.network());
    JobContext context = task.context();
    try (OutputDirectory output = context.output();
        Session session = Session.open(context)) {
      AuditProblem problem = task.read(session, List.of());
      AuditProblem.Ending ending = problem.write(output, title(context.settings()), phases);
      context.commit(output, manifest(problem), ending.outcome(), ending.files());
      return ExitStatus.DONE;
    }
  }

  private static NetworkSource source(JobContext context) {
    return NetworkSource.read(context);
  }

  private static Map<String, Object> manifest(AuditProblem problem) {
    JobContext context = problem.task().context();
    return Manifest.of(context, problem.audited().rows(), context.settings().data().input());
  }

  private static ExitStatus each(JobContext given, NetworkSource source, MultiOutputNetwork several)
      throws IOException {
    List<AuditTask> tasks = tasks(given, source, several);
    List<String> folders =
        IntStream.range(0, tasks.size())
            .mapToObj(k -> OutputSummary.folder(k, several.names().get(k)))
            .toList();
    List<JointAudit.Output> outputs = new ArrayList<>();
    List<AuditReport> reports = new ArrayList<>();
    List<Network> networks = new ArrayList<>();
    List<String> outcome = new ArrayList<>();
    boolean improved = false;
    try (OutputDirectory output = given.output();
        Session session = Session.open(given)) {
      List<AuditTask> asked = withLambda(given, tasks, session, several.classes());
      for (int k = 0; k < asked.size(); k++) {
        String name = several.names().get(k);
        given.progress().note("output " + name);
        Phases phases = new Phases();
        ResultFolder folder = output.in(folders.get(k));
        AuditProblem problem = asked.get(k).read(session, several.classes());
        AuditProblem.Ending ending = problem.write(folder, name, phases);
        folder.write("resolved.conf", problem.task().context().configuration().render());
        folder.seal("", manifest(problem));
        reports.add(ending.report());
        outputs.add(JointAudit.Output.of(name, folders.get(k), ending.report()));
        networks.add(ending.improved() == null ? problem.audited().network() : ending.improved());
        improved |= ending.improved() != null;
        ending.outcome().forEach(line -> outcome.add(name + ": " + line));
      }
      JointAudit audit = JointAudit.of(reports, outputs);
      output.write("audit.json", Json.pretty(audit));
      output.write("report.html", new JointAuditPage(title(given.settings()), audit).html());
      List<String> files = new ArrayList<>(List.of("audit.json", "report.html"));
      if (improved) {
        MultiOutputNetwork better =
            new MultiOutputNetwork(several.names(), networks, several.classes());
        output.write("improved/network.json", NetworkFile.write(better));
        files.add("improved/network.json");
      }
      files.add(OutputSummary.FOLDER);
      given.commit(output, Manifest.of(given), outcome, files);
      return ExitStatus.DONE;
    }
  }

  /** The audits of the outputs: of a run those of its folders, else each of the file. */
  private static List<AuditTask> tasks(
      JobContext given, NetworkSource source, MultiOutputNetwork several) {
    boolean classes = !several.classes().isEmpty();
    if (given.settings().data().positive() != null) {
      throw new BadInputException(
          "--positive: %s has several outputs, expected none".formatted(source.named()));
    }
    OutputFolders run = given.settings().network().run() == null ? null : OutputFolders.of(given);
    List<String> columns = columns(given, several);
    List<AuditTask> tasks = new ArrayList<>();
    for (int k = 0; k < several.size(); k++) {
      JobContext own = run == null ? given : run.context(given, k);
      if (classes && run == null) {
        own = own.with(Map.of("positive", several.classes().get(k)));
      } else if (!classes) {
        own = own.with(Map.of("label", CsvCell.quote(columns.get(k))));
      }
      NetworkSource one =
          run == null ? new NetworkSource(source.named(), several.networks().get(k)) : source(own);
      tasks.add(AuditTask.open(own, one.named(), one.network()));
    }
    return tasks;
  }

  /** The label columns of outputs that are no classes: by their names, unless they are given. */
  private static List<String> columns(JobContext given, MultiOutputNetwork several) {
    if (!several.classes().isEmpty() || !given.configuration().isExplicit("label")) {
      return several.names();
    }
    List<String> labels = given.settings().data().labels();
    if (labels.size() != several.size()) {
      throw new BadInputException(
          "--label: '%s', expected a column for each of %s outputs"
              .formatted(String.join(",", labels), several.size()));
    }
    return labels;
  }

  /** A ratio is one of the largest lambda_max of all outputs. */
  private static List<AuditTask> withLambda(
      JobContext given, List<AuditTask> tasks, Session session, List<?> classes) {
    LambdaSettings lambda = given.settings().lambda();
    if (lambda.lambda().isPresent() || lambda.lambdaRatio().isEmpty()) {
      return tasks;
    }
    double largest = 0;
    for (AuditTask task : tasks) {
      largest = Math.max(largest, task.read(session, classes).lambdaMax());
    }
    Map<String, Object> own = new HashMap<>();
    own.put("lambda", lambda.lambdaRatio().getAsDouble() * largest);
    own.put("lambda-ratio", null);
    return tasks.stream().map(task -> task.with(own)).toList();
  }

  /** What the report calls the network: the name of its file or folder. */
  private static String title(RunSettings settings) {
    NetworkSettings network = settings.network();
    return InputPath.lastName(network.network() == null ? network.run() : network.network());
  }
}
