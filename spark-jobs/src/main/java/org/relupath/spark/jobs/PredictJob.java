package org.relupath.spark.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.relupath.core.data.Observations;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Columns;
import org.relupath.spark.io.OutputDirectory;
import org.relupath.spark.io.Predictions;
import org.relupath.spark.io.Source;
import org.relupath.spark.io.TableReader;

/** {@code predict}: a network's raw scores of rows, in their order; labels are not needed. */
final class PredictJob implements Job {
  @Override
  public ExitStatus run(JobContext context) throws Exception {
    RunSettings settings = context.settings();
    Configuration hadoop = context.hadoop();
    Network network = network(settings.network(), hadoop);
    DataSettings data = settings.data();
    Source source = Source.open("--input", data.input(), data.format(), hadoop);
    try (OutputDirectory output =
            OutputDirectory.create(
                settings.output().directory(), settings.output().overwrite(), hadoop);
        Session session = Session.open(context.command())) {
      TableReader reader = new TableReader(session.spark());
      Columns columns = reader.columnsOf(source, network.inputs());
      Observations rows = reader.read(source, columns);
      Predictions predictions = new Predictions(network.predict(rows.features()), network.labels());
      boolean csv = settings.network().predictionFormat() == NetworkSettings.PredictionFormat.CSV;
      if (csv) {
        predictions.writeCsv(output);
      } else {
        predictions.writeParquet(session.spark(), output);
      }
      output.write("resolved.conf", context.configuration().render());
      output.write("manifest.json", Manifest.of(context, rows, data.input()));
      output.commit();
      context.progress().finish();
      context.told(output, List.of(csv ? "predictions.csv" : "predictions.parquet"));
      return ExitStatus.DONE;
    }
  }

  private static Network network(NetworkSettings settings, Configuration hadoop) {
    if ((settings.network() == null) == (settings.run() == null)) {
      throw new BadInputException(
          settings.network() == null
              ? "--network is missing, predict needs it or --run"
              : "--network and --run: both given, expected one");
    }
    if (settings.network() != null) {
      return read("--network " + settings.network(), hadoop, settings.network());
    }
    // A fit has its network at the top, a path in best/.
    return read(
        "--run " + settings.run(),
        hadoop,
        settings.run() + "/network.json",
        settings.run() + "/best/network.json");
  }

  private static Network read(String named, Configuration hadoop, String... candidates) {
    for (String candidate : candidates) {
      try {
        Path path = new Path(candidate);
        FileSystem fs = path.getFileSystem(hadoop);
        try (InputStream in = fs.open(path)) {
          return NetworkFile.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      } catch (FileNotFoundException e) {
        continue;
      } catch (IOException | IllegalArgumentException e) {
        throw new BadInputException(named + ": " + e.getMessage(), e);
      }
    }
    throw new BadInputException(
        named + ": no such file, expected " + String.join(" or ", candidates));
  }
}
