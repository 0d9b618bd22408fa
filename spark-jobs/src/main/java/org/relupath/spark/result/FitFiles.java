package org.relupath.spark.result;

import java.io.IOException;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.score.Scores;
import org.relupath.spark.data.Part;
import org.relupath.spark.io.Json;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.NetworkExporter;

/**
 * The files of one certified network: report.html, network.json, blocks.parquet, summary.json; the
 * whole of a fit folder but for what {@link Workspace#commit} adds.
 *
 * @param exporter of the program
 * @param network the network
 * @param train scores of training rows
 * @param held scores of held-out rows, or null
 * @param rowsDrawn how many training rows the scores are of, where not of all; else null
 * @param measured how the network does on all rows
 */
public record FitFiles(
    NetworkExporter exporter,
    TrainedNetwork network,
    Scores train,
    Scores held,
    Integer rowsDrawn,
    Measurement measured) {

  /**
   * The files of a network, whose scores are computed.
   *
   * @param selection what chose it; null where nothing did
   */
  public static FitFiles of(
      NetworkExporter exporter, TrainedNetwork network, LambdaSelection selection) {
    Scores train = exporter.scores(Part.TRAIN, network.network());
    Scores held = exporter.scores(Part.VALID, network.network());
    Integer drawn = exporter.drawn(train).isPresent() ? exporter.drawn(train).getAsInt() : null;
    Scores test = drawn == null ? exporter.scores(Part.TEST, network.network()) : null;
    Measurement measured = Measurement.of(exporter, network, selection, train, held, test);
    return new FitFiles(exporter, network, train, held, drawn, measured);
  }

  /**
   * Writes the files.
   *
   * @param prefix empty, or a folder of the output with its slash
   * @param page of the network
   * @param summary what summary.json has
   */
  public void write(Workspace workspace, String prefix, String page, Record summary)
      throws IOException {
    workspace.output().write(prefix + "report.html", page);
    workspace.output().write(prefix + "network.json", NetworkFile.write(network.network()));
    new BlockTable(exporter.blocks(network.point().solution()))
        .write(workspace.spark(), workspace.output(), prefix);
    workspace.output().write(prefix + "summary.json", Json.pretty(summary));
  }
}
