package org.relupath.spark.run;

import com.typesafe.config.Config;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
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
 * @param progress where progress is told
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

  /** Prints on standard output which files were written. */
  public void printFiles(OutputDirectory output, List<String> files) {
    files.forEach(file -> out.println(output.target() + "/" + file));
    out.flush();
  }

  /** The same over another layer of configuration, such as that of an earlier run. */
  public JobContext over(Config base) {
    ResolvedConfig layered = configuration.over(base);
    return new JobContext(command, RunSettings.of(layered), layered, progress, out, err);
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
    String run = settings.network().run();
    add(reads, "--run", run);
    add(reads, "--input", settings.data().input());
    add(reads, "--valid", settings.data().valid());
    add(reads, "--test", settings.data().test());
    add(reads, "--gate-source", settings.model().gateSource().file());
    add(reads, "--network", settings.network().network());
    if (run != null) {
      RunFiles.open("--run", run, hadoop())
          .inputs()
          .forEach(path -> add(reads, "the rows of --run " + run, path));
    }
    return reads;
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
      // The default is 45, of 20 seconds each: a host that does not answer is told in a minute.
      hadoop.setInt(tries, 2);
    }
    return hadoop;
  }
}
