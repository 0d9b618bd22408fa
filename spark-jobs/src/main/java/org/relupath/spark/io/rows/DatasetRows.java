package org.relupath.spark.io.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.WeightedRows;
import org.relupath.spark.io.BadInputException;
import scala.Tuple2;

/**
 * The rows of a data frame, in its order: numeric columns, and columns of Spark ML vectors, dense
 * or sparse, of which column c of size k becomes the features c_0 to c_(k-1).
 */
public final class DatasetRows {
  private DatasetRows() {}

  /**
   * The names of the columns that hold features.
   *
   * @param name how messages call the rows
   * @param label the column to explain
   * @param features wanted columns, or empty for all but the label and the weights
   * @param weights the column of weights, or null
   */
  public static List<String> columns(
      String name, Dataset<Row> rows, String label, List<String> features, String weights) {
    return Columns.choose(name, List.of(rows.columns()), features, label, weights).names();
  }

  /**
   * Reads rows.
   *
   * @param name how messages call them
   * @param label the column to explain
   * @param features wanted columns, or empty for all but the label and the weights
   * @param weights the column of weights, or null
   * @throws BadInputException naming the column and row of what is no finite number, or no weight
   */
  public static WeightedRows read(
      String name, Dataset<Row> rows, String label, List<String> features, String weights) {
    Columns columns = Columns.choose(name, List.of(rows.columns()), features, label, weights);
    Reader reader = reader(name, rows, columns);
    List<Row> read = reader.select(rows).collectAsList();
    int width = reader.names().size();
    double[] x = new double[Math.multiplyExact(read.size(), width)];
    double[] y = new double[read.size()];
    double[] w = new double[weights == null ? 0 : read.size()];
    for (int r = 0; r < read.size(); r++) {
      double[] numbers = reader.numbers(read.get(r), r);
      System.arraycopy(numbers, 0, x, r * width, width);
      y[r] = numbers[width];
      if (weights != null) {
        w[r] = numbers[width + 1];
      }
    }
    Observations all = new Observations(reader.names(), new Matrix(read.size(), width, x), y);
    return ChunkSequence.weighed(name, all, weights, w);
  }

  /**
   * Rows that stay on executors, as numbered blocks.
   *
   * @param blockRows rows of a block
   * @throws BadInputException naming the column and row of what is no finite number
   */
  public static RowTable blocks(
      String name, Dataset<Row> rows, String label, List<String> features, int blockRows) {
    Columns chosen = Columns.choose(name, List.of(rows.columns()), features, label, null);
    Reader reader = reader(name, rows, chosen);
    JavaPairRDD<Long, double[]> numbered =
        reader
            .select(rows)
            .toJavaRDD()
            .zipWithIndex()
            .mapToPair(row -> new Tuple2<>(row._2(), reader.numbers(row._1(), row._2())));
    int parts = 4 * rows.sparkSession().sparkContext().defaultParallelism();
    Columns columns = new Columns(reader.names(), label);
    return RowTable.ofRows(columns, numbered.count(), numbered, blockRows, parts);
  }

  private static Reader reader(String name, Dataset<Row> rows, Columns columns) {
    List<String> wanted = columns.all();
    int features = columns.names().size();
    refuseOthers(name, rows, wanted, features);
    Reader reader = new Reader(name, wanted, features, new int[wanted.size()]);
    Row first =
        reader.select(rows).takeAsList(1).stream()
            .findFirst()
            .orElseThrow(() -> new BadInputException(name + ": none, expected at least one"));
    return new Reader(name, wanted, features, sizes(name, wanted, first));
  }

  private static void refuseOthers(
      String name, Dataset<Row> rows, List<String> wanted, int features) {
    List<String> others = new ArrayList<>();
    for (int k = 0; k < wanted.size(); k++) {
      String column = wanted.get(k);
      DataType type = rows.schema().apply(column).dataType();
      boolean vector = type.equals(SQLDataTypes.VectorType()) && k < features;
      if (!(type instanceof NumericType) && !vector) {
        others.add("column '" + column + "' is of type " + type.simpleString());
      }
    }
    if (!others.isEmpty()) {
      throw new BadInputException(
          "%s: %s, expected numbers (--features leaves a column out)"
              .formatted(name, Columns.shown(others)));
    }
  }

  private static int[] sizes(String name, List<String> wanted, Row first) {
    int[] sizes = new int[wanted.size()];
    for (int k = 0; k < sizes.length; k++) {
      if (first.isNullAt(k)) {
        throw cell(name, 0, wanted.get(k), "is null, expected a number");
      }
      sizes[k] = first.get(k) instanceof Vector vector ? vector.size() : -1;
    }
    return sizes;
  }

  private static BadInputException cell(String name, long row, String column, String problem) {
    return new BadInputException(
        name + ": row " + (row + 1) + " column '" + column + "' " + problem);
  }

  /**
   * Columns of rows: those of features, then the label, then the weights.
   *
   * @param features how many columns of features there are
   * @param sizes how many numbers each has; -1 for a column that is a number itself
   */
  private record Reader(String name, List<String> columns, int features, int[] sizes)
      implements Serializable {
    Dataset<Row> select(Dataset<Row> rows) {
      return rows.select(
          columns.stream()
              .map(column -> rows.col("`" + column.replace("`", "``") + "`"))
              .toArray(Column[]::new));
    }

    /** The names of the features. */
    List<String> names() {
      List<String> names = new ArrayList<>();
      for (int k = 0; k < features; k++) {
        if (sizes[k] < 0) {
          names.add(columns.get(k));
        }
        for (int i = 0; i < sizes[k]; i++) {
          names.add(columns.get(k) + "_" + i);
        }
      }
      return names;
    }

    /** The numbers of a row, in the order of the columns. */
    double[] numbers(Row row, long number) {
      double[] numbers = new double[Arrays.stream(sizes).map(Math::abs).sum()];
      int at = 0;
      for (int k = 0; k < sizes.length; k++) {
        String column = columns.get(k);
        if (row.isNullAt(k)) {
          throw cell(name, number, column, "is null, expected a number");
        }
        double[] own =
            row.get(k) instanceof Vector vector
                ? vector.toArray()
                : new double[] {((Number) row.get(k)).doubleValue()};
        if (sizes[k] >= 0 && own.length != sizes[k]) {
          throw cell(name, number, column, "has " + own.length + " entries, expected " + sizes[k]);
        }
        for (double value : own) {
          if (!Double.isFinite(value)) {
            throw cell(name, number, column, "is " + value + ", expected a finite number");
          }
          numbers[at++] = value;
        }
      }
      return numbers;
    }
  }
}
