package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.spark.SharedSpark;

/** Data frames of rows x of zeros and normal numbers, and y of two neurons and noise. */
final class TrainingRows {
  private TrainingRows() {}

  private static double[][] numbers(int n, int d) {
    Random random = new Random(3);
    double[][] rows = new double[n][d + 1];
    for (double[] row : rows) {
      for (int k = 0; k < d; k++) {
        row[k] = random.nextDouble() < 0.2 ? 0 : random.nextGaussian();
      }
      row[d] = Math.max(0, row[0] - row[1]) - Math.max(0, row[1]) + 0.1 * random.nextGaussian();
    }
    return rows;
  }

  /** Columns x0, x1, ... and y. */
  static Dataset<Row> of(int n, int d) {
    StructType schema = new StructType();
    for (int k = 0; k < d; k++) {
      schema = schema.add("x" + k, DataTypes.DoubleType);
    }
    List<Row> rows = new ArrayList<>();
    for (double[] numbers : numbers(n, d)) {
      rows.add(RowFactory.create((Object[]) boxed(numbers)));
    }
    return SharedSpark.session().createDataFrame(rows, schema.add("y", DataTypes.DoubleType));
  }

  private static Double[] boxed(double[] numbers) {
    return java.util.Arrays.stream(numbers).boxed().toArray(Double[]::new);
  }

  /** A column of vectors called features, every other one sparse, and y. */
  static Dataset<Row> vectors(int n, int d) {
    StructType schema =
        new StructType().add("features", SQLDataTypes.VectorType()).add("y", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (double[] numbers : numbers(n, d)) {
      org.apache.spark.ml.linalg.Vector own = Vectors.dense(java.util.Arrays.copyOf(numbers, d));
      rows.add(RowFactory.create(rows.size() % 2 == 0 ? own : own.toSparse(), numbers[d]));
    }
    return SharedSpark.session().createDataFrame(rows, schema);
  }
}
