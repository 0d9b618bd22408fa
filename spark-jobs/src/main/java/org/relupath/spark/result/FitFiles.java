package org.relupath.spark.result;

import java.io.IOException;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.FittedNetwork;
import org.relupath.spark.train.NetworkExporter;
import org.relupath.spark.train.Program;

/**
 * The files of one certified network: network.json, summary.json, blocks.parquet; the whole of a
 * fit folder but for what {@link Workspace#commit} adds.
 *
 * @param exporter of the program
 * @param fitted its solution as a network, measured
 * @param summary the summary, to which fields may be added before writing
 */
public record FitFiles(NetworkExporter exporter, FittedNetwork fitted, Summary summary) {

  /** Maps a solution to its network and measures it on all rows. */
  public static FitFiles of(
      NetworkExporter exporter, TrainingData data, RunSettings settings, Solution solution) {
    Program program = exporter.program();
    FittedNetwork fitted = exporter.fitted(solution);
    Network network = fitted.network();
    Summary summary =
        Summary.of(program, settings, fitted)
            .put("valid", program.measure(network, data.valid()))
            .put("test", program.measure(network, data.test()));
    return new FitFiles(exporter, fitted, summary);
  }

  /** The program. */
  public Program program() {
    return exporter.program();
  }

  /** The network written. */
  public Network network() {
    return fitted.network();
  }

  /** The solution that it is. */
  public Solution solution() {
    return fitted.solution();
  }

  /**
   * Writes the files.
   *
   * @param prefix empty, or a folder of the output with its slash
   * @param reports draws report.html
   */
  public void write(Workspace workspace, String prefix, Reports reports) throws IOException {
    workspace.output().write(prefix + "report.html", reports.fit(this));
    workspace.output().write(prefix + "network.json", NetworkFile.write(network()));
    new BlockTable(exporter.blocks(solution()))
        .write(workspace.spark(), workspace.output(), prefix);
    workspace.output().write(prefix + "summary.json", summary.json());
  }
}
