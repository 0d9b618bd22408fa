package org.relupath.spark.jobs;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.network.Network;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.NetworkSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.earlier.InterpolatedNetwork;
import org.relupath.spark.earlier.NetworkSource;
import org.relupath.spark.earlier.RunFolder;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;
import org.relupath.spark.io.table.Predictions;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Session;

/**
 * {@code predict}: a network's raw scores of rows, in their order; labels are not needed. With a
 * run and a lambda it is the network that the run has there.
 */
final class PredictJob implements Job {
  @Override
  public ExitStatus run(JobContext context) throws Exception {
    RunSettings settings = context.settings();
    Configuration hadoop = context.hadoop();
    Network own = NetworkSource.read(context.command(), settings.network(), hadoop).network();
    InterpolatedNetwork asked = asked(context);
    DataSettings data = settings.data();
    Source source = Source.open("--input", data.input(), data.format(), data.text(), hadoop);
    try (OutputDirectory output = context.output();
        Session session = Session.open(context)) {
      Preparation preparation = own.preparation();
      TableReader reader = new TableReader(session.spark(), preparation.isPlain());
      Columns ids = reader.verbatim(source, data.columns().ids());
      Columns columns = reader.columnsOf(source, own.inputs(), preparation, null, null);
      Observations rows =
          reader.readLike(source, columns, preparation.raw(own.inputs()), List.of());
      Network network = asked == null ? own : asked.network(session.spark(), own);
      double[] scores = network.predict(rows.cells());
      refuseInfinite(data.input(), scores);
      Observations keys =
          ids.names().isEmpty() ? Predictions.keyless(rows.rows()) : reader.read(source, ids);
      Predictions predictions = Predictions.of(network, scores, keys);
      boolean csv = settings.network().predictionFormat() == NetworkSettings.PredictionFormat.CSV;
      if (csv) {
        predictions.writeCsv(output);
      } else {
        predictions.writeParquet(session.spark(), output);
      }
      context.commit(
          output,
          Manifest.of(context, rows, data.input()),
          asked == null ? List.of() : List.of(asked.note()),
          List.of(csv ? "predictions.csv" : "predictions.parquet"));
      return ExitStatus.DONE;
    }
  }

  private static void refuseInfinite(String input, double[] scores) {
    for (int r = 0; r < scores.length; r++) {
      if (!Double.isFinite(scores[r])) {
        throw new BadInputException(
            ("%s: row %s: the prediction is %s, expected features of a size for which it is a "
                    + "number")
                .formatted(input, r + 1, scores[r]));
      }
    }
  }

  /** The lambda of a run that was asked for; null where it is the network that the run chose. */
  private static InterpolatedNetwork asked(JobContext context) {
    RunSettings settings = context.settings();
    OptionalDouble lambda = settings.lambda().lambda();
    if (lambda.isEmpty()) {
      return null;
    }
    if (settings.network().run() == null) {
      throw new BadInputException("--lambda: a network has no other, expected --run");
    }
    return InterpolatedNetwork.find(RunFolder.open(context), lambda.getAsDouble());
  }
}
