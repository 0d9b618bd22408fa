package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.earlier.OutputFolders;
import org.relupath.spark.earlier.RunFolder;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Session;

/**
 * A command that goes on from an earlier fit or path: from its one network, or from each output of
 * several in turn, into a folder for each.
 */
abstract class EarlierJob implements Job {
  /** The file of a result of several outputs that says what each of them came to. */
  private static final String INDEX = "outputs.json";

  /**
   * Does the work on one output and writes its files, all but resolved.conf and the manifest.
   *
   * @param phases that have ended so far
   */
  abstract Ending write(Continuation earlier, Phases phases) throws IOException;

  /** The file, in the folder of a result, that has a network made by the command; or null. */
  abstract String network();

  /**
   * What became of an output.
   *
   * @param outcome one line for the user
   * @param files the files to look at first
   * @param network that the command has made, or null
   * @param shortfall why that is not what was asked for; null where it is
   */
  record Ending(String outcome, List<String> files, Network network, String shortfall) {}

  /** One output of {@code outputs.json}. */
  private record Line(String name, String folder, String outcome, String shortfall) {}

  @Override
  public ExitStatus run(JobContext given) throws Exception {
    OutputFolders outputs = OutputFolders.of(given);
    if (outputs != null) {
      return each(given, outputs);
    }
    Phases phases = new Phases();
    try (Continuation earlier = Continuation.open(given)) {
      phases.end("read");
      Ending ending = write(earlier, phases);
      earlier.workspace().commit(ending.outcome(), ending.files());
      return given.ended(ending.shortfall());
    }
  }

  private ExitStatus each(JobContext given, OutputFolders outputs) throws Exception {
    for (int k = 0; k < outputs.names().size(); k++) {
      RunFolder.open(outputs.context(given, k));
    }
    try (OutputDirectory output = given.output();
        Session session = Session.open(given)) {
      List<Line> lines = new ArrayList<>();
      List<Network> networks = new ArrayList<>();
      for (int k = 0; k < outputs.names().size(); k++) {
        String folder = outputs.folders().get(k);
        Phases phases = new Phases();
        given.progress().note("output " + outputs.names().get(k));
        try (Continuation earlier =
            Continuation.open(outputs.context(given, k), output.in(folder), session)) {
          phases.end("read");
          Ending ending = write(earlier, phases);
          earlier.workspace().seal();
          networks.add(ending.network());
          lines.add(new Line(outputs.names().get(k), folder, ending.outcome(), ending.shortfall()));
        }
      }
      output.write(INDEX, Json.pretty(lines));
      List<String> files = new ArrayList<>(List.of(INDEX));
      if (network() != null) {
        MultiOutputNetwork joint =
            new MultiOutputNetwork(outputs.names(), networks, outputs.classes());
        output.write(network(), NetworkFile.write(joint));
        files.add(network());
      }
      List<String> said = lines.stream().map(line -> line.name() + ": " + line.outcome()).toList();
      given.commit(output, Manifest.of(given), said, files);
      return given.ended(
          lines.stream()
              .filter(line -> line.shortfall() != null)
              .map(line -> line.name() + ": " + line.shortfall())
              .findFirst()
              .orElse(null));
    }
  }
}
