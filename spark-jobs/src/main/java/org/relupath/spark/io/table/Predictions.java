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
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;
import org.relupath.spark.io.durable.OutputDirectory;

/**
 * Predictions in the order of the input rows: {@code prediction}, the raw score; where the label
 * has two values {@code predictedLabel}, the larger one for scores from the threshold on; and where
 * the network has probabilities {@code probability}, that of the larger label.
 *
 * @param scores n raw scores
 * @param labels {a, b} with a &lt; b, or empty
 * @param calibration the threshold and the probabilities of the scores; null for 0 and none
 */
public record Predictions(double[] scores, double[] labels, Calibration calibration) {

  /** The label that a score stands for. */
  double label(double score) {
    return score >= Calibration.threshold(calibration) ? labels[1] : labels[0];
  }

  private PlattScaling scaling() {
    return Calibration.scaling(calibration);
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
      out.write(labelled() ? "prediction,predictedLabel" : "prediction");
      out.write(scaling() == null ? "\n" : ",probability\n");
      for (double score : scores) {
        out.write(Double.toString(score));
        if (labelled()) {
          out.write("," + plain(label(score)));
        }
        if (scaling() != null) {
          out.write("," + scaling().probability(score));
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
    if (scaling() != null) {
      schema = schema.add("probability", DataTypes.DoubleType, false);
    }
    List<Row> rows = new ArrayList<>();
    for (double score : scores) {
      List<Object> cells = new ArrayList<>(List.of(score));
      if (labelled()) {
        cells.add(label(score));
      }
      if (scaling() != null) {
        cells.add(scaling().probability(score));
      }
      rows.add(RowFactory.create(cells.toArray()));
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
