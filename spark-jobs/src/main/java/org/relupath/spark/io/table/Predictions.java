package org.relupath.spark.io.table;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.spark.io.durable.OutputDirectory;

/**
 * Predictions in the order of the input rows: {@code prediction}, the raw score, and where the
 * label has two values {@code predictedLabel}, the larger one for scores of at least 0.
 *
 * @param scores n raw scores
 * @param labels {a, b} with a &lt; b, or empty
 */
public record Predictions(double[] scores, double[] labels) {

  /** The label that a score stands for. */
  double label(double score) {
    return score >= 0 ? labels[1] : labels[0];
  }

  private boolean labelled() {
    return labels.length == 2;
  }

  /** Writes predictions.csv. */
  public void writeCsv(OutputDirectory output) throws IOException {
    output.writing(() -> csv(output));
  }

  private void csv(OutputDirectory output) throws IOException {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(output.open("predictions.csv"), StandardCharsets.UTF_8))) {
      out.write(labelled() ? "prediction,predictedLabel\n" : "prediction\n");
      for (double score : scores) {
        out.write(Double.toString(score));
        if (labelled()) {
          out.write("," + plain(label(score)));
        }
        out.write('\n');
      }
    }
  }

  /** Writes predictions.parquet. */
  public void writeParquet(SparkSession spark, OutputDirectory output) throws IOException {
    StructType schema = new StructType().add("prediction", DataTypes.DoubleType, false);
    if (labelled()) {
      schema = schema.add("predictedLabel", DataTypes.DoubleType, false);
    }
    List<Row> rows = new ArrayList<>();
    for (double score : scores) {
      rows.add(labelled() ? RowFactory.create(score, label(score)) : RowFactory.create(score));
    }
    ParquetTable.write(spark, output, "predictions.parquet", schema, rows);
  }

  /** A label as people write it: whole numbers without a point. */
  private static String plain(double label) {
    return label == Math.rint(label) && Math.abs(label) < 1e15
        ? Long.toString((long) label)
        : Double.toString(label);
  }
}
