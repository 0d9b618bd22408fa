package org.relupath.spark.run;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.relupath.spark.config.NetworkSettings;
import org.relupath.spark.config.OutputSettings;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.ReadPath;
import org.relupath.spark.io.Umask;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.durable.RunFiles;

/**
 * What a job works with.
 *
 * @param command the command's name
 * @param settings checked settings
 * @param configuration the configuration they came from, for resolved.conf and its hash
 * @param progress where progress is shown
 * @param out standard output, for what the user asked to see
 * @param err standard error, for one line where that falls short
 */
public record JobContext(
    String command,
    RunSettings settings,
    ResolvedConfig configuration,
    Progress progress,
    PrintStream out,
    PrintStream err) {

  /**
   * Ends a job: where something falls short of what was asked for, its reason is the one line on
   * standard error that goes with {@link ExitStatus#NOT_CONVERGED}.
   *
   * @param reason what falls short, null where nothing does
   */
  public ExitStatus ended(String reason) {
    if (reason == null) {
      return ExitStatus.DONE;
    }
    progress.finish();
    err.println("relupath: " + reason);
    err.flush();
    return ExitStatus.NOT_CONVERGED;
  }

  /**
   * Ends a command's folder of results: writes resolved.conf and manifest.json, moves the folder in
   * place, and prints what became of it. This is the one way to its end.
   *
   * @param output complete but for those two
   * @param manifest what the results were made from
   * @param outcome lines for the user
   * @param files the files a user will look at first, by name in the folder
   */
  public void commit(
      OutputDirectory output,
      Map<String, Object> manifest,
      List<String> outcome,
      List<String> files)
      throws IOException {
    commit(output, configuration.render(), manifest, outcome, files);
  }

  /**
   * Ends a folder of results whose resolved.conf is not the whole configuration.
   *
   * @param resolved the text of resolved.conf
   * @see #commit(OutputDirectory, Map, List, List)
   */
  public void commit(
      OutputDirectory output,
      String resolved,
      Map<String, Object> manifest,
      List<String> outcome,
      List<String> files)
      throws IOException {
    output.write("resolved.conf", resolved);
    output.seal("", manifest);
    output.commit();
    List<String> lines = new ArrayList<>(outcome);
    files.forEach(file -> lines.add(output.target() + "/" + file));
    print(lines);
  }

  /** Prints lines that the user asked for, where progress was shown before. */
  public void print(List<String> lines) {
    progress.finish();
    lines.forEach(out::println);
    out.flush();
  }

  /** This context with another layer under its configuration, such as an earlier run's. */
  public JobContext over(Config base) {
    ResolvedConfig layered = configuration.over(base);
    return new JobContext(command, RunSettings.of(layered), layered, progress, out, err);
  }

  /** This context with other values for some keys. */
  public JobContext with(Map<String, Object> values) {
    ResolvedConfig own = configuration;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      own = own.with(value.getKey(), value.getValue());
    }
    return new JobContext(command, RunSettings.of(own), own, progress, out, err);
  }

  /**
   * Takes the output folder. This is the one way to it: all that the configuration says is read is
   * kept out of it.
   *
   * @throws org.relupath.spark.io.BadInputException if it cannot be the output folder
   */
  public OutputDirectory output() {
    OutputSettings asked = settings.output();
    return OutputDirectory.create(asked.directory(), asked.overwrite(), reads(), hadoop());
  }

  /** All that the run reads, or an earlier run did that it goes on from. */
  public List<ReadPath> reads() {
    List<ReadPath> reads = new ArrayList<>(configuration.files());
    NetworkSettings network = settings.network();
    add(reads, "--run", network.run());
    add(reads, "--warm-start", network.warmStart());
    add(reads, "--input", settings.data().input());
    add(reads, "--valid", settings.data().valid());
    add(reads, "--test", settings.data().test());
    add(reads, "--gate-source", settings.model().gateSource().file());
    add(reads, "--network", network.network());
    addInputs(reads, "--run", network.run());
    addInputs(reads, "--warm-start", network.warmStart());
    return reads;
  }

  private void addInputs(List<ReadPath> reads, String option, String run) {
    if (run != null) {
      RunFiles.open(option, run, hadoop())
          .inputs()
          .forEach(path -> add(reads, "the rows of " + option + " " + run, path));
    }
  }

  private static void add(List<ReadPath> reads, String option, String path) {
    if (path != null) {
      reads.add(new ReadPath(option, path));
    }
  }

  /** How file systems are reached, with spark.hadoop.* settings, before any session exists. */
  public Configuration hadoop() {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    String umask = Umask.forHadoop(hadoop);
    if (umask != null) {
      hadoop.set(Umask.KEY, umask);
    }
    String tries = "ipc.client.connect.max.retries.on.timeouts";
    String[] said = hadoop.getPropertySources(tries);
    if (said != null && said.length == 1 && said[0].endsWith("core-default.xml")) {
      // The default is 45, of 20 seconds each: a host that does not answer is known in a minute.
      hadoop.setInt(tries, 2);
    }
    return hadoop;
  }
}
