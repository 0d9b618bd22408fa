package org.relupath.spark.io.table;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.rows.CsvCell;

/**
 * Predictions in the order of the input rows: columns that name the rows, as they are, then those
 * that are predicted.
 *
 * @param columns what is predicted, see {@link PredictedColumn}
 * @param keys the rows' names: columns of texts
 */
public record Predictions(List<PredictedColumn> columns, Observations keys) {
  /**
   * Refuses names of rows that are names of what is predicted, and names that a table does not tell
   * apart.
   *
   * @param ids the columns of {@code --id}
   * @param parquet whether predictions are to be a parquet table: names differ in more than case
   */
  public static void refuse(StoredNetwork network, List<String> ids, boolean parquet) {
    List<String> names = PredictedColumn.names(network);
    for (String id : ids) {
      if (names.contains(id)) {
        throw new BadInputException(
            "--id: '" + id + "' is the name of what is predicted, expected another column");
      }
    }
    Map<String, String> seen = new HashMap<>();
    for (String name : Stream.concat(ids.stream(), names.stream()).toList()) {
      String other = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (parquet && other != null) {
        throw new BadInputException(
            ("--prediction-format: 'parquet', expected csv, as the columns '%s' and '%s' differ"
                    + " only in case")
                .formatted(other, name));
      }
    }
  }

  /** The names of rows that have none. */
  public static Observations keyless(int rows) {
    return new Observations(List.of(), Matrix.zeros(rows, 0), new double[0], new double[0]);
  }

  private String key(int r, int k) {
    return keys.columns().get(k).levels().get((int) keys.features().get(r, k));
  }

  /** Writes predictions.csv. */
  public void writeCsv(ResultFolder output) throws IOException {
    output.writing(() -> csv(output));
  }

  private void csv(ResultFolder output) throws IOException {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(output.open("predictions.csv"), StandardCharsets.UTF_8))) {
      List<String> cells = new ArrayList<>(keys.inputs());
      columns.forEach(column -> cells.add(column.name()));
      cells.replaceAll(CsvCell::quote);
      out.write(String.join(",", cells) + "\n");
      for (int r = 0; r < keys.rows(); r++) {
        cells.clear();
        for (int k = 0; k < keys.columns().size(); k++) {
          cells.add(CsvCell.quote(key(r, k)));
        }
        for (PredictedColumn column : columns) {
          cells.add(column.text(r));
        }
        out.write(String.join(",", cells) + "\n");
      }
    }
  }

  /** Writes predictions.parquet. */
  public void writeParquet(SparkSession spark, ResultFolder output) throws IOException {
    StructType schema = new StructType();
    for (String key : keys.inputs()) {
      schema = schema.add(key, DataTypes.StringType, false);
    }
    for (PredictedColumn column : columns) {
      schema =
          schema.add(
              column.name(),
              column.kind() == PredictedColumn.Kind.TEXT
                  ? DataTypes.StringType
                  : DataTypes.DoubleType,
              false);
    }
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < keys.rows(); r++) {
      List<Object> cells = new ArrayList<>();
      for (int k = 0; k < keys.columns().size(); k++) {
        cells.add(key(r, k));
      }
      for (PredictedColumn column : columns) {
        cells.add(column.value(r));
      }
      rows.add(RowFactory.create(cells.toArray()));
    }
    ParquetTable.write(spark, output, "predictions.parquet", schema, rows);
  }
}
