package org.relupath.spark.earlier;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.run.JobContext;

/**
 * The outputs of an earlier run of several: each has, in a folder of the run, what its run alone
 * would have left.
 *
 * @param run the folder of the run
 * @param names of the outputs
 * @param folders of the outputs, in that of the run
 * @param classes the labels; empty where outputs are label columns
 */
public record OutputFolders(String run, List<String> names, List<String> folders, List<?> classes) {
  /** Those of the run that --run names; null where it has one output only. */
  public static OutputFolders of(JobContext context) {
    return of("--run", context.settings().network().run(), context.hadoop());
  }

  /** Those of the run that an option names; null where it has one output only. */
  static OutputFolders of(String option, String run, Configuration hadoop) {
    RunFiles files = RunFiles.open(option, run, hadoop);
    String name = files.has("best/network.json") ? "best/network.json" : "network.json";
    if (!files.has(name)) {
      return null;
    }
    StoredNetwork network = files.checked(name, () -> NetworkFile.readStored(files.text(name)));
    if (!(network instanceof MultiOutputNetwork joint)) {
      return null;
    }
    List<String> folders =
        files.json(
            "summary.json",
            summary -> summary.objects("outputs").stream().map(own -> own.text("folder")).toList());
    if (folders.size() != joint.size()) {
      throw files.refusal(
          "summary.json lists " + folders.size() + " outputs, expected " + joint.size(), null);
    }
    return new OutputFolders(run, joint.names(), folders, joint.classes());
  }

  /** The context of a command on one of the outputs. */
  public JobContext context(JobContext given, int k) {
    return given.with(Map.of("run", run + "/" + folders.get(k)));
  }
}
