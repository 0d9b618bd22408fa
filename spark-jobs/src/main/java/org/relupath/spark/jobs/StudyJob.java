package org.relupath.spark.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Label;
import org.relupath.core.data.Observations;
import org.relupath.spark.config.Keys;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.engine.TaskFailure;
import org.relupath.spark.io.ReadPath;
import org.relupath.spark.io.durable.CheckpointFolder;
import org.relupath.spark.io.durable.Checkpoints;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Session;
import org.relupath.spark.study.StudyChoice;
import org.relupath.spark.study.StudyDataSet;
import org.relupath.spark.study.StudyFiles;
import org.relupath.spark.study.StudyManifest;
import org.relupath.spark.study.StudyPaths;
import org.relupath.spark.study.StudyReports;
import org.relupath.spark.study.StudySettings;
import org.relupath.spark.study.optimal.OptimalStudy;
import org.relupath.spark.study.optimal.OptimalUnit;
import org.relupath.spark.study.unit.NetworkUnit;
import org.relupath.spark.study.unit.PathUnit;
import org.relupath.spark.study.unit.StudyData;
import org.relupath.spark.study.unit.StudyKey;
import org.relupath.spark.study.unit.UnitRunner;
import org.relupath.spark.train.program.Program;

/**
 * {@code study}: the paths of many data sets, models, gate counts, seeds and folds, side by side on
 * executors, every finished one stored at once; then averages over folds and seeds, and the
 * networks that they choose.
 */
final class StudyJob implements Job {

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    Configuration hadoop = context.hadoop();
    StudySettings settings = StudySettings.of(context, hadoop);
    try (CheckpointFolder work =
            CheckpointFolder.open(
                settings.directory(), settings.mode(), reads(context, settings), hadoop);
        Session session = Session.open(context)) {
      Phases phases = new Phases();
      Map<String, StudyData> data = read(session.spark(), context, settings);
      phases.end("read");
      List<PathUnit> units = settings.paths();
      StudyManifest manifest = StudyManifest.of(context, settings, data, units.size());
      // First: what is unfinished may be another study, which is to replace the one that is there.
      if (work.unfinished()) {
        manifest.requireSame(work.identity(), "the unfinished study that is there");
      }
      if (work.finished()) {
        return found(context, work, manifest);
      }
      Checkpoints checkpoints = work.checkpoints(manifest.text());
      try {
        Solved solved = solve(context, settings, session.spark(), data, work, checkpoints);
        phases.end("solve");
        write(context, settings, session.spark(), work, solved, manifest, phases);
        return context.ended(solved.shortfall());
      } catch (Exception | FSError e) {
        throw new IllegalStateException(
            TaskFailure.reason(e) + "; what is finished is kept, --resume goes on with it", e);
      }
    }
  }

  private static List<ReadPath> reads(JobContext context, StudySettings settings) {
    List<ReadPath> reads = new ArrayList<>();
    for (StudyDataSet set : settings.dataSets()) {
      String option = StudyDataSet.SECTION + "." + set.name() + " input";
      reads.add(new ReadPath(option, set.settings().data().input()));
    }
    reads.addAll(context.reads());
    return reads;
  }

  /** Reads and checks all data sets, before any work. */
  private static Map<String, StudyData> read(
      SparkSession spark, JobContext context, StudySettings settings) {
    Map<String, StudyData> data = new LinkedHashMap<>();
    for (StudyDataSet set : settings.dataSets()) {
      context.progress().step("reading " + set.name());
      TrainingData.Sources sources = new TrainingData.Sources(set.source(), null, null);
      TrainingData loaded = TrainingData.load(spark, sources, set.settings(), null);
      loaded.notes().forEach(context.progress()::note);
      Observations rows = loaded.all();
      requireFits(set, rows, settings);
      Program.thinCones(set.settings().model(), rows.rows())
          .forEach(warning -> context.progress().warn(set.name() + ": " + warning));
      data.put(set.name(), new StudyData(rows, set.settings().model()));
    }
    return data;
  }

  private static void requireFits(StudyDataSet set, Observations rows, StudySettings settings) {
    settings.grid().splits().requireFit(set.name(), rows.rows());
    int d = Program.preprocessing(set.settings().model(), rows).dimension();
    int gates = settings.gateCounts().stream().mapToInt(Integer::intValue).max().orElseThrow();
    settings
        .models()
        .forEach(
            model ->
                (settings.analyses().isEmpty()
                        ? MemoryNeed.of(rows.rows(), d, gates, model)
                        : MemoryNeed.ofAnalysis(rows.rows(), d, gates, model))
                    .requireFits(Runtime.getRuntime().maxMemory()));
  }

  /** All that was done. */
  private record Solved(StudyFiles files, OptimalStudy optimal) {
    String shortfall() {
      return Stream.of(files.shortfall(), optimal.shortfall())
          .filter(Objects::nonNull)
          .reduce((one, other) -> one + "; " + other)
          .orElse(null);
    }

    List<String> warnings() {
      List<String> warnings = new ArrayList<>(files.warnings());
      warnings.addAll(optimal.warnings());
      return warnings;
    }
  }

  private static Solved solve(
      JobContext context,
      StudySettings settings,
      SparkSession spark,
      Map<String, StudyData> data,
      CheckpointFolder work,
      Checkpoints checkpoints)
      throws IOException {
    JavaSparkContext executors = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<PathUnit> units = settings.paths();
    try (UnitRunner runner =
        new UnitRunner(
            executors, data, settings.grid(), checkpoints, work::requireHeld, context.progress())) {
      List<PathUnit.Result> results = runner.run("paths", units, PathUnit.Result.class);
      List<StudyPaths> paths = StudyPaths.of(settings.grid(), units, results);
      List<StudyChoice> choices = StudyChoice.all(paths, settings.rule());
      List<NetworkUnit> networks = networks(settings, paths, choices);
      List<NetworkUnit.Result> fits = runner.run("networks", networks, NetworkUnit.Result.class);
      List<StudyKey> keys = paths.stream().map(StudyPaths::key).toList();
      List<OptimalUnit> optimal = OptimalStudy.units(settings, keys, choices);
      return new Solved(
          new StudyFiles(settings, units, results, paths, choices, networks, fits),
          OptimalStudy.of(
              settings, optimal, runner.run("optimal sets", optimal, OptimalUnit.Result.class)));
    }
  }

  /** The networks that the marked choices make. */
  private static List<NetworkUnit> networks(
      StudySettings settings, List<StudyPaths> paths, List<StudyChoice> choices) {
    List<NetworkUnit> networks = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      StudyChoice choice = settings.rule().of(choices, i);
      if (choice.chosen()) {
        StudyKey key = paths.get(i).key();
        networks.add(
            new NetworkUnit(key, settings.seeds().get(0), choice.index(), choice.lambdaRatio()));
      }
    }
    return networks;
  }

  private static void write(
      JobContext context,
      StudySettings settings,
      SparkSession spark,
      CheckpointFolder work,
      Solved solved,
      StudyManifest manifest,
      Phases phases)
      throws IOException {
    StudyFiles files = solved.files;
    context.progress().step("writing " + settings.directory());
    try (OutputDirectory output = work.output()) {
      files.write(spark, output);
      solved.optimal.write(spark, output);
      for (NetworkUnit network : files.networks()) {
        output.write(StudyFiles.folder(network) + "fit.conf", fit(context, settings, network));
      }
      output.write("report.html", StudyReports.page(files, solved.optimal.sections()));
      phases.end("write");
      output.write("summary.json", files.summary(phases, solved.shortfall(), solved.warnings()));
      solved.warnings().forEach(context.progress()::warn);
      context.commit(
          output,
          context.configuration().render(settings::matters),
          manifest.fields(),
          List.of(outcome(files)),
          first(solved.optimal));
    }
  }

  private static List<String> first(OptimalStudy optimal) {
    List<String> files = new ArrayList<>(List.of("results", "choices.csv"));
    files.addAll(optimal.first());
    files.add("report.html");
    return files;
  }

  /** The settings of the fit that makes a chosen network, as a file for --config. */
  private static String fit(JobContext context, StudySettings settings, NetworkUnit unit) {
    StudyDataSet set =
        settings.dataSets().stream()
            .filter(one -> one.name().equals(unit.dataSet()))
            .findFirst()
            .orElseThrow();
    ResolvedConfig config =
        set.config()
            .with("input", Manifest.absolute(context, set.settings().data().input()))
            .with("model", Label.of(unit.key().model()))
            .with("gates", unit.key().gates())
            .with("seed", unit.seed())
            .with(
                settings.grid().lambda() == null ? "lambda-ratio" : "lambda",
                settings.grid().lambda() == null ? unit.ratio() : settings.grid().lambda());
    List<String> solving =
        List.of("lambda", "lambda-ratio", "tolerance", "max-iterations", "time-limit");
    return config.render(
        key -> (Keys.program().contains(key) || solving.contains(key)) && config.text(key) != null);
  }

  private static String outcome(StudyFiles files) {
    Double searched = files.worstSearchedGap();
    return String.format(
        Locale.ROOT,
        "%d paths, %d rows, largest relative gap %.1e%s; %d networks chosen by %s",
        files.paths().stream().mapToInt(study -> study.paths().size()).sum(),
        files.rows(),
        files.worstGap(),
        searched == null ? "" : String.format(Locale.ROOT, ", searched gap %.1e", searched),
        files.networks().size(),
        Label.of(files.settings().rule()));
  }

  /** A study that is there already, whole and the same: nothing is left to do. */
  private static ExitStatus found(JobContext context, CheckpointFolder work, StudyManifest manifest)
      throws IOException {
    manifest.requireSame(work.finishedText("manifest.json"), "the study that is there");
    work.requireWhole("--resume");
    work.discard();
    String summary = work.finishedText("summary.json");
    context.progress().finish();
    context.out().println("the study is there already, nothing is left to do");
    return context.ended(new ObjectMapper().readTree(summary).path("statusReason").textValue());
  }
}
