package org.relupath.spark.result;

import java.io.IOException;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Part;
import org.relupath.spark.report.Scores;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.NetworkExporter;

/**
 * The files of one certified network: network.json, summary.json, blocks.parquet; the whole of a
 * fit folder but for what {@link Workspace#commit} adds.
 *
 * @param exporter of the program
 * @param network the network
 * @param summary the summary, to which fields may be added before writing
 */
public record FitFiles(NetworkExporter exporter, TrainedNetwork network, Summary summary) {

  /** The files of a network. */
  public static FitFiles of(
      NetworkExporter exporter, RunSettings settings, TrainedNetwork network) {
    return new FitFiles(exporter, network, Summary.of(exporter.program(), settings, network));
  }

  /**
   * Writes the files.
   *
   * @param prefix empty, or a folder of the output with its slash
   * @param reports draws report.html
   */
  public void write(Workspace workspace, String prefix, Reports reports) throws IOException {
    Scores train = exporter.scores(Part.TRAIN, network.network());
    Scores valid = exporter.scores(Part.VALID, network.network());
    exporter.drawn(train).ifPresent(rows -> summary.put("rowsDrawn", rows));
    workspace.output().write(prefix + "report.html", reports.fit(network, train, valid, summary));
    workspace.output().write(prefix + "network.json", NetworkFile.write(network.network()));
    new BlockTable(exporter.blocks(network.point().solution()))
        .write(workspace.spark(), workspace.output(), prefix);
    workspace.output().write(prefix + "summary.json", summary.json());
  }
}
