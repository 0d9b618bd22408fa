package org.relupath.spark.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.StoredNetwork;

/**
 * A model in a folder: Spark's {@code metadata}, which has the Params, and {@code data}, a parquet
 * table of
 *
 * <pre>version  index  lambda  network</pre>
 *
 * a row a network, the model's own last, each as network.json has it; and a row of index -1 with
 * the summary in place of the network.
 */
final class ModelFile {
  /** The newest version; it and every older one is read. */
  static final int VERSION = 1;

  private static final String EXPECTED = ", expected a model of version 1 to " + VERSION;

  /** The index of the row that has the summary. */
  private static final int SUMMARY = -1;

  private static final StructType SCHEMA =
      new StructType()
          .add("version", DataTypes.IntegerType)
          .add("index", DataTypes.IntegerType)
          .add("lambda", DataTypes.DoubleType)
          .add("network", DataTypes.StringType);

  private ModelFile() {}

  /** Writes a model into a folder. */
  static MLWriter writer(Params model, FittedPath path) {
    return new MLWriter() {
      @Override
      public void saveImpl(String folder) {
        DefaultParamsWriter$.MODULE$.saveMetadata(model, folder, sparkSession());
        write(sparkSession(), folder, path);
      }
    };
  }

  /**
   * Reads models of a type from folders.
   *
   * @param made makes one of an identifier and what it holds
   */
  static <T extends Params> MLReader<T> reader(
      Class<T> type, BiFunction<String, FittedPath, T> made) {
    return new MLReader<>() {
      @Override
      public T load(String folder) {
        DefaultParamsReader.Metadata metadata =
            DefaultParamsReader$.MODULE$.loadMetadata(folder, sparkSession(), type.getName());
        T model = made.apply(metadata.uid(), read(sparkSession(), folder));
        metadata.getAndSetParams(model, scala.Option.empty());
        return model;
      }
    };
  }

  private static void write(SparkSession spark, String folder, FittedPath path) {
    List<Row> rows = new ArrayList<>();
    rows.add(RowFactory.create(VERSION, SUMMARY, path.summary().lambda(), path.summary().json()));
    for (int k = 0; k < path.networks().size(); k++) {
      rows.add(RowFactory.create(VERSION, k, path.lambdas()[k], path.networkJson(k)));
    }
    spark.createDataFrame(rows, SCHEMA).coalesce(1).write().parquet(folder + "/data");
  }

  /**
   * Reads the networks and the summary of a model.
   *
   * @throws IllegalArgumentException if the folder has a newer version, or none of ours
   */
  private static FittedPath read(SparkSession spark, String folder) {
    Dataset<Row> data = spark.read().parquet(folder + "/data");
    requireKnown(folder, data);
    List<Row> rows = data.select("index", "lambda", "network").orderBy("index").collectAsList();
    if (rows.isEmpty() || rows.get(0).getInt(0) != SUMMARY) {
      throw new IllegalArgumentException(folder + ": has no summary" + EXPECTED);
    }
    if (rows.size() < 2) {
      throw new IllegalArgumentException(folder + ": has no networks" + EXPECTED);
    }
    ConvexReluSummary summary = ConvexReluSummary.read(rows.get(0).getString(2));
    List<StoredNetwork> networks =
        rows.stream().skip(1).map(row -> NetworkFile.readStored(row.getString(2))).toList();
    double[] lambdas = rows.stream().skip(1).mapToDouble(row -> row.getDouble(1)).toArray();
    return FittedPath.of(lambdas, networks, summary);
  }

  /** A newer version may have other columns: the version is read before them. */
  private static void requireKnown(String folder, Dataset<Row> data) {
    boolean told = List.of(data.columns()).contains("version");
    for (Row row : told ? data.select("version").distinct().collectAsList() : List.<Row>of()) {
      int version = row.getInt(0);
      if (version < 1 || version > VERSION) {
        throw new IllegalArgumentException(folder + ": version is " + version + EXPECTED);
      }
    }
    if (!told) {
      throw new IllegalArgumentException(folder + ": has no version" + EXPECTED);
    }
  }
}
