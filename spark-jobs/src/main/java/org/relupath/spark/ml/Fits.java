package org.relupath.spark.ml;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.RowData;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.earlier.WarmStarts;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.ml.param.KeyParams;
import org.relupath.spark.run.Progress;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.ladder.FittedOutput;
import org.relupath.spark.train.ladder.LadderCache;
import org.relupath.spark.train.ladder.TrainingLadders;
import org.relupath.spark.train.program.WarmStart;

/**
 * The fits of an estimator and all its copies, which share what they solve: fits of the same rows
 * with Params that are the same but for lambda go down one ladder.
 */
final class Fits {
  private final LadderCache cache = new LadderCache();

  /** Those of an estimator, or new ones where it came by Java serialization. */
  static Fits of(Fits own) {
    return own == null ? new Fits() : own;
  }

  /** Lambdas solved so far. */
  int solves() {
    return cache.solves().get();
  }

  /**
   * Fits.
   *
   * @param classes whether labels are classes
   * @throws IllegalArgumentException where rows and settings do not fit, in Params' names
   */
  FittedPath fit(Dataset<?> rows, FitSettings values, boolean classes) {
    RunSettings settings = values.checked();
    Dataset<Row> frame = rows.toDF();
    SparkSession session = rows.sparkSession();
    ProgressListener progress = new Progress(System.err, false);
    return KeyParams.in(
        () -> {
          Configuration hadoop = session.sessionState().newHadoopConf();
          Gates.check(settings.model(), hadoop);
          String origin = WarmStarts.origin(settings.network().warmStart(), hadoop).toString();
          RunRows read = RunRows.outputs(frame, settings);
          if (classes) {
            LabelClasses.require(frame.schema(), settings.data().label(), read);
          }
          List<FittedOutput> outputs =
              settings.solver().engine() == Engine.ROWS
                  ? List.of(onExecutors(session, (RowData) read, settings, progress))
                  : ladders(session, read, settings, values.butLambda() + origin, progress)
                      .fit(settings.lambda());
          FittedPath path = FittedPath.of(outputs, settings);
          path.summary().warnings().forEach(progress::warn);
          return path;
        });
  }

  private TrainingLadders ladders(
      SparkSession session,
      RunRows rows,
      RunSettings settings,
      String others,
      ProgressListener progress) {
    Supplier<TrainingLadders> open = () -> open(session, rows, settings, progress);
    String key = String.join(" ", session.sparkContext().applicationId(), rows.hash(), others);
    return settings.model().gateSource().kind() == GateSource.Kind.FILE
        ? open.get()
        : cache.ladders(Fingerprint.of(key), open);
  }

  private TrainingLadders open(
      SparkSession session, RunRows rows, RunSettings settings, ProgressListener progress) {
    List<WarmStart> warm = warm(session, rows, settings);
    return TrainingLadders.open(session, rows, settings, warm, cache.solves(), progress);
  }

  private static List<WarmStart> warm(SparkSession session, RunRows rows, RunSettings settings) {
    return WarmStarts.of(session, rows, settings, session.sessionState().newHadoopConf()).outputs();
  }

  /** A fit of rows that stay where they are: it goes to its lambda at once, and shares nothing. */
  private FittedOutput onExecutors(
      SparkSession session, RowData rows, RunSettings settings, ProgressListener progress) {
    WarmStart warm = warm(session, rows, settings).get(0);
    try (Training training =
        Training.open(session, rows, settings, Training.Plan.FIT, warm, progress)) {
      TrainedNetwork own = training.solve().best();
      cache.solves().incrementAndGet();
      return new FittedOutput(
          "", List.of(), own, own.network(), training.program(), Optional.empty());
    }
  }
}
