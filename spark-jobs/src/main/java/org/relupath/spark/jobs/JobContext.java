package org.relupath.spark.jobs;

import com.typesafe.config.Config;
import java.io.PrintStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.relupath.spark.io.OutputDirectory;

/**
 * What a job works with.
 *
 * @param command the command's name
 * @param settings checked settings
 * @param configuration the configuration they came from, for resolved.conf and its hash
 * @param progress where progress is told
 * @param out standard output, for what the user asked to see
 */
public record JobContext(
    String command,
    RunSettings settings,
    ResolvedConfig configuration,
    Progress progress,
    PrintStream out) {

  /** Tells on standard output which files were written. */
  public void told(OutputDirectory output, List<String> files) {
    files.forEach(file -> out.println(output.target() + "/" + file));
    out.flush();
  }

  /** The same over another layer of configuration, such as that of an earlier run. */
  JobContext over(Config base) {
    ResolvedConfig layered = configuration.over(base);
    return new JobContext(command, RunSettings.of(layered), layered, progress, out);
  }

  /** How file systems are reached, with spark.hadoop.* settings, before any session exists. */
  public Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }
}
