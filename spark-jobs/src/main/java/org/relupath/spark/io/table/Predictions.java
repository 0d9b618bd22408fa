package org.relupath.spark.io.table;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.network.Network;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.cells.CellText;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.rows.CsvCell;

/**
 * Predictions in the order of the input rows: columns that name the rows, as they are; {@code
 * prediction}, the raw score; where the label has two values {@code predictedLabel}, the second one
 * for scores from the threshold on; and where the network has probabilities {@code probability},
 * that of the second label.
 *
 * @param scores n raw scores
 * @param labels two numbers or texts, or none
 * @param calibration the threshold and the probabilities of the scores; null for 0 and none
 * @param keys the rows' names: columns of texts
 */
public record Predictions(
    double[] scores, List<?> labels, Calibration calibration, Observations keys) {
  private static final String SCORE = "prediction";
  private static final String LABEL = "predictedLabel";
  private static final String PROBABILITY = "probability";

  /**
   * Refuses columns that cannot name rows, before there are any predictions.
   *
   * @throws BadInputException if a key has the name of a column that is there anyway
   */
  public static void refuseKeys(List<String> keys) {
    for (String key : keys) {
      if (List.of(SCORE, LABEL, PROBABILITY).contains(key)) {
        throw new BadInputException(
            "--id: '" + key + "' is the name of what is predicted, expected another column");
      }
    }
  }

  /** Predictions of a network, whose rows have keys that {@link #refuseKeys} takes. */
  public static Predictions of(Network network, double[] scores, Observations keys) {
    List<String> classes = network.preparation().classes();
    List<Double> numbers = Arrays.stream(network.labels()).boxed().toList();
    return new Predictions(
        scores, classes.isEmpty() ? numbers : classes, network.calibration(), keys);
  }

  /** The names of rows that have none. */
  public static Observations keyless(int rows) {
    return new Observations(List.of(), Matrix.zeros(rows, 0), new double[0], new double[0]);
  }

  /** The label that a score stands for. */
  Object label(double score) {
    return labels.get(score >= Calibration.threshold(calibration) ? 1 : 0);
  }

  private PlattScaling scaling() {
    return Calibration.scaling(calibration);
  }

  private boolean labelled() {
    return !labels.isEmpty();
  }

  private String key(int r, int k) {
    return keys.columns().get(k).levels().get((int) keys.features().get(r, k));
  }

  /** Writes predictions.csv. */
  public void writeCsv(OutputDirectory output) throws IOException {
    output.writing(() -> csv(output));
  }

  private void csv(OutputDirectory output) throws IOException {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(output.open("predictions.csv"), StandardCharsets.UTF_8))) {
      for (String key : keys.inputs()) {
        out.write(CsvCell.quote(key) + ",");
      }
      out.write(labelled() ? SCORE + "," + LABEL : SCORE);
      out.write(scaling() == null ? "\n" : "," + PROBABILITY + "\n");
      for (int r = 0; r < scores.length; r++) {
        for (int k = 0; k < keys.columns().size(); k++) {
          out.write(CsvCell.quote(key(r, k)) + ",");
        }
        out.write(Double.toString(scores[r]));
        if (labelled()) {
          Object label = label(scores[r]);
          out.write("," + (label instanceof Double number ? CellText.of(number) : quoted(label)));
        }
        if (scaling() != null) {
          out.write("," + scaling().probability(scores[r]));
        }
        out.write('\n');
      }
    }
  }

  private static String quoted(Object label) {
    return CsvCell.quote((String) label);
  }

  /** Writes predictions.parquet. */
  public void writeParquet(SparkSession spark, OutputDirectory output) throws IOException {
    StructType schema = new StructType();
    for (String key : keys.inputs()) {
      schema = schema.add(key, DataTypes.StringType, false);
    }
    schema = schema.add(SCORE, DataTypes.DoubleType, false);
    if (labelled()) {
      boolean texts = labels.get(0) instanceof String;
      schema = schema.add(LABEL, texts ? DataTypes.StringType : DataTypes.DoubleType, false);
    }
    if (scaling() != null) {
      schema = schema.add(PROBABILITY, DataTypes.DoubleType, false);
    }
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < scores.length; r++) {
      List<Object> cells = new ArrayList<>();
      for (int k = 0; k < keys.columns().size(); k++) {
        cells.add(key(r, k));
      }
      cells.add(scores[r]);
      if (labelled()) {
        cells.add(label(scores[r]));
      }
      if (scaling() != null) {
        cells.add(scaling().probability(scores[r]));
      }
      rows.add(RowFactory.create(cells.toArray()));
    }
    ParquetTable.write(spark, output, "predictions.parquet", schema, rows);
  }
}
