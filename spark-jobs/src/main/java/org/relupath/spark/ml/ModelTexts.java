package org.relupath.spark.ml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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

  /** All optimal networks: one row. */
  private static final String OPTIMAL_SET = "optimalSet";

  /** The network pruned: one row. */
  private static final String PRUNE = "prune";

  private static final StructType SCHEMA =
      new StructType().add("lambda", DataTypes.DoubleType).add("text", DataTypes.StringType);

  private ModelTexts() {}

  static Param<String> param(ConvexReluModel model) {
    return new Param<>(
        (Identifiable) model,
        "describe",
        "What transform gives instead of predictions, a table of lambda and text: summary, networks,"
            + " optimalSet or prune.");
  }

  /**
   * The texts that a model is asked for.
   *
   * @param rows where they have the column of features those that the model was fitted to, as all
   *     optimal networks and pruning of a model that was loaded need them
   * @throws IllegalArgumentException if there are no such texts
   */
  static Dataset<Row> of(ConvexReluModel model, Dataset<?> rows) {
    String asked = model.getOrDefault(model.describe());
    boolean given = List.of(rows.columns()).contains(model.getFeaturesCol());
    double lambda = model.path().summary().lambda();
    List<Row> texts = new ArrayList<>();
    switch (asked) {
      case SUMMARY -> texts.add(RowFactory.create(lambda, model.summaryJson()));
      case NETWORKS -> {
        double[] lambdas = model.pathLambdas();
        for (int k = 0; k < lambdas.length; k++) {
          texts.add(RowFactory.create(lambdas[k], model.networkJson(k)));
        }
      }
      case OPTIMAL_SET ->
          texts.add(
              RowFactory.create(
                  lambda, given ? model.optimalSetJson(rows) : model.optimalSetJson()));
      case PRUNE ->
          texts.add(RowFactory.create(lambda, given ? model.pruneJson(rows) : model.pruneJson()));
      default ->
          throw new IllegalArgumentException(
              "describe: '%s', expected %s, %s, %s or %s"
                  .formatted(asked, SUMMARY, NETWORKS, OPTIMAL_SET, PRUNE));
    }
    return rows.sparkSession().createDataFrame(texts, SCHEMA);
  }
}
