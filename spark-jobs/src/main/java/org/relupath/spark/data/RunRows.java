package org.relupath.spark.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.WeightedRows;
import org.relupath.core.network.Network;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.engine.Engine;

/** The rows of a run, split and checked: in the driver's memory or on executors. */
public sealed interface RunRows permits TrainingData, RowData, OutputRows {
  /**
   * Reads, splits and checks: into memory, of several outputs where the label has them, or with
   * engine rows to executors. What goes on from an earlier run has one output as that had.
   *
   * @param like see {@link TrainingData#load}
   */
  static RunRows load(
      SparkSession spark, TrainingData.Sources sources, RunSettings settings, Network like) {
    if (settings.solver().engine() == Engine.ROWS) {
      return RowData.load(spark, sources, settings);
    }
    return settings.network().run() == null
        ? LabelOutputs.of(SplitRows.load(spark, sources, settings, like, true), settings)
        : TrainingData.load(spark, sources, settings, like);
  }

  /**
   * Splits and checks the rows of data frames, whose label has one output: into memory, or with
   * engine rows to executors.
   *
   * @param rows to fit on; if settings hold out a share of them, without these
   * @param valid to choose lambda by, or null
   * @param test for the final measurement, or null
   */
  static RunRows of(
      Dataset<Row> rows, Dataset<Row> valid, Dataset<Row> test, RunSettings settings) {
    return settings.solver().engine() == Engine.ROWS
        ? RowData.of(rows, valid, test, settings)
        : TrainingData.of(rows, valid, test, settings);
  }

  /**
   * Checks the rows of a data frame to fit on: of several outputs where the label has them, or with
   * engine rows on executors.
   */
  static RunRows outputs(Dataset<Row> rows, RunSettings settings) {
    return settings.solver().engine() == Engine.ROWS
        ? RowData.of(rows, null, null, settings)
        : LabelOutputs.of(SplitRows.of(rows, null, null, settings), settings);
  }

  /** The names of the features. */
  List<String> inputs();

  /**
   * What to say of rows that count for nothing; empty where there are none.
   *
   * @param weights the column of weights
   */
  static Optional<String> leftOut(String path, WeightedRows read, String weights) {
    return read.leftOut() == 0
        ? Optional.empty()
        : Optional.of(
            "%s: rows of weight 0 in column '%s' are left out: %s"
                .formatted(path, weights, read.leftOut()));
  }

  /** What to say of rows that were left out. */
  default List<String> notes() {
    return List.of();
  }

  /** How many rows the input has, before any were held out. */
  long count();

  /** How many rows a part has; null where there is none. */
  Long count(Part part);

  /** Identifies the input's rows and names: other rows have another one. */
  String hash();
}
