package org.relupath.spark.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.spark.SharedSpark;

/** Data frames of vectors {@code features}, half zeros, a {@code label} and whole weights. */
final class MlRows {
  static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType);

  private MlRows() {}

  /** Vectors of d numbers; labels of two neurons and noise. */
  static List<Row> numbers(int n, int d, long seed) {
    return rows(n, d, 0, seed);
  }

  /** Labels are classes 0 to K-1: where the first d numbers are largest. */
  static List<Row> classes(int n, int d, int k, long seed) {
    return rows(n, d, k, seed);
  }

  private static List<Row> rows(int n, int d, int k, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      double[] x = new double[d];
      for (int i = 0; i < d; i++) {
        x[i] = random.nextBoolean() ? 0 : random.nextGaussian();
      }
      double number = Math.max(0, x[0] - x[1]) - Math.max(0, x[1]) + 0.1 * random.nextGaussian();
      double label = k == 0 ? number : Math.floorMod(Math.round(2 * number), k);
      rows.add(RowFactory.create(Vectors.dense(x), label, (double) (1 + random.nextInt(3))));
    }
    return rows;
  }

  static Dataset<Row> frame(List<Row> rows) {
    return SharedSpark.session().createDataFrame(rows, SCHEMA).coalesce(1);
  }

  /** These rows with sparse vectors. */
  static List<Row> sparse(List<Row> rows) {
    return rows.stream()
        .map(row -> RowFactory.create(row.<Vector>getAs(0).toSparse(), row.get(1), row.get(2)))
        .toList();
  }

  /** Each row as often as its weight says. */
  static List<Row> repeated(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> Arrays.stream(new Row[(int) row.getDouble(2)]).map(none -> row))
        .toList();
  }
}
