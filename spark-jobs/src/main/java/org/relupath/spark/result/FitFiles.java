package org.relupath.spark.result;

import java.io.IOException;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.FittedNetwork;
import org.relupath.spark.train.PricedBlocks;
import org.relupath.spark.train.Training;

/**
 * The files of one certified network: network.json, summary.json, blocks.parquet; the whole of a
 * fit folder but for what {@link Workspace#commit} adds.
 *
 * @param training the program
 * @param fitted its solution as a network, measured
 * @param summary the summary, to which fields may be added before writing
 */
public record FitFiles(Training training, FittedNetwork fitted, Summary summary) {

  /** Maps a solution to its network and measures it on all rows. */
  public static FitFiles of(
      Training training, TrainingData data, RunSettings settings, Solution solution) {
    FittedNetwork fitted = FittedNetwork.of(training, data.train(), solution);
    Network network = fitted.network();
    Summary summary =
        Summary.of(training, settings, fitted)
            .put("valid", training.measure(network, data.valid()))
            .put("test", training.measure(network, data.test()));
    return new FitFiles(training, fitted, summary);
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
    double lambda = solution().certificate().lambda();
    new BlockTable(PricedBlocks.of(training, solution().weights(), lambda))
        .write(workspace.spark(), workspace.output(), prefix);
    workspace.output().write(prefix + "summary.json", summary.json());
  }
}
