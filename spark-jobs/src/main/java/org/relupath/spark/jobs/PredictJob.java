package org.relupath.spark.jobs;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.network.Network;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.NetworkSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.TextOptions;
import org.relupath.spark.data.UnseenTexts;
import org.relupath.spark.earlier.InterpolatedNetwork;
import org.relupath.spark.earlier.NetworkSource;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;
import org.relupath.spark.io.table.PredictedColumn;
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
    StoredNetwork own = NetworkSource.read(context).stored();
    InterpolatedNetwork asked = InterpolatedNetwork.asked(context, own);
    DataSettings data = settings.data();
    boolean csv = settings.network().predictionFormat() == NetworkSettings.PredictionFormat.CSV;
    Predictions.refuse(own, data.columns().ids(), !csv);
    Source source = Source.open("--input", data.input(), data.format(), data.text(), hadoop);
    TextOptions.refuseUnused(context.configuration(), source);
    try (OutputDirectory output = context.output();
        Session session = Session.open(context)) {
      Preparation preparation = own.preparation();
      TableReader reader = new TableReader(session.spark(), preparation.isPlain());
      Columns ids = reader.verbatim(source, data.columns().ids());
      Columns columns =
          reader.columnsOf(source, own.inputs(), preparation, null, CellType.NUMBER, null);
      Observations rows =
          reader.readLike(source, columns, preparation.raw(own.inputs()), List.of());
      List<UnseenTexts> unseen = UnseenTexts.in(preparation, rows);
      unseen.forEach(one -> context.progress().note(one.note()));
      StoredNetwork network = asked == null ? own : asked.network(session.spark(), (Network) own);
      Matrix scores = network.scores(rows.cells());
      refuseInfinite(data.input(), scores);
      Observations keys =
          ids.names().isEmpty() ? Predictions.keyless(rows.rows()) : reader.read(source, ids);
      Predictions predictions = new Predictions(PredictedColumn.of(network, scores), keys);
      if (csv) {
        predictions.writeCsv(output);
      } else {
        predictions.writeParquet(session.spark(), output);
      }
      Map<String, Object> manifest = Manifest.of(context, rows, data.input());
      if (!unseen.isEmpty()) {
        manifest.put("unseenTexts", unseen);
      }
      context.commit(
          output,
          manifest,
          asked == null ? List.of() : List.of(asked.note()),
          List.of(csv ? "predictions.csv" : "predictions.parquet"));
      return ExitStatus.DONE;
    }
  }

  private static void refuseInfinite(String input, Matrix scores) {
    for (int i = 0; i < scores.values().length; i++) {
      if (!Double.isFinite(scores.values()[i])) {
        throw new BadInputException(
            ("%s: row %s: the prediction is %s, expected features of a size for which it is a "
                    + "number")
                .formatted(input, i / scores.columns() + 1, scores.values()[i]));
      }
    }
  }
}
