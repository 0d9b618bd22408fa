package org.relupath.spark.ml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a model says of itself, as a table of {@code lambda} and {@code text}. A client of Spark
 * Connect gets nothing else from a server: of the methods of models it may call those that Spark
 * has a list of.
 */
final class ModelTexts {
  /** The fit and its proof: one row. */
  private static final String SUMMARY = "summary";

  /** The networks of the path, largest lambda first, a row each. */
  private static final String NETWORKS = "networks";

  private static final StructType SCHEMA =
      new StructType().add("lambda", DataTypes.DoubleType).add("text", DataTypes.StringType);

  private ModelTexts() {}

  static Param<String> param(ConvexReluModel model) {
    return new Param<>(
        (Identifiable) model,
        "describe",
        "What transform gives instead of predictions, a table of lambda and text: summary or"
            + " networks.");
  }

  /**
   * The texts that a model is asked for.
   *
   * @throws IllegalArgumentException if there are no such ones
   */
  static Dataset<Row> of(ConvexReluModel model, SparkSession spark) {
    String asked = model.getOrDefault(model.describe());
    List<Row> rows = new ArrayList<>();
    switch (asked) {
      case SUMMARY ->
          rows.add(RowFactory.create(model.path().summary().lambda(), model.summaryJson()));
      case NETWORKS -> {
        double[] lambdas = model.pathLambdas();
        for (int k = 0; k < lambdas.length; k++) {
          rows.add(RowFactory.create(lambdas[k], model.networkJson(k)));
        }
      }
      default ->
          throw new IllegalArgumentException(
              "describe: '" + asked + "', expected " + SUMMARY + " or " + NETWORKS);
    }
    return spark.createDataFrame(rows, SCHEMA);
  }
}
