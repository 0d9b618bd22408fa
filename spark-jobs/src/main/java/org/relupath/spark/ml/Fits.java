package org.relupath.spark.ml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.io.rows.CsvCell;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.ladder.FittedOutput;

/** The fits of an estimator and its copies. */
final class Fits {
  /** Those of an estimator, or new ones where it came by Java serialization. */
  static Fits of(Fits own) {
    return own == null ? new Fits() : own;
  }

  /**
   * The settings of a stage.
   *
   * @param values of further keys
   */
  static RunSettings settings(
      ConvexReluParams stage, String features, String label, Map<String, String> values) {
    Map<String, String> all = new LinkedHashMap<>(KeyParams.values(stage));
    all.putAll(values);
    all.put("label", CsvCell.quote(label));
    all.put("features", CsvCell.quote(features));
    all.put("loss-scaling", "mean");
    all.put("categorical", "none");
    if (stage.isDefined(stage.weightCol()) && !stage.getWeightCol().isEmpty()) {
      all.put("weights", stage.getWeightCol());
    }
    return KeyParams.settings(all);
  }

  /** Fits a network to rows. */
  FittedPath fit(Dataset<?> rows, RunSettings settings) {
    Dataset<Row> frame = rows.toDF();
    return KeyParams.in(
        () -> {
          RunRows read = RunRows.of(frame, null, null, settings);
          try (Training training =
              Training.open(
                  rows.sparkSession(), read, settings, Training.Plan.FIT, ProgressListener.NONE)) {
            TrainedNetwork own = training.solve().best();
            FittedOutput output =
                new FittedOutput(
                    "", List.of(), own, own.network(), training.program(), Optional.empty());
            return FittedPath.of(List.of(output), List.of(), own.train().accuracy());
          }
        });
  }
}
