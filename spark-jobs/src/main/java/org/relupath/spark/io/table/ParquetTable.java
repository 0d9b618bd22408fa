package org.relupath.spark.io.table;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.relupath.spark.io.durable.ResultFolder;

/** Small result tables as parquet, their rows in the order given. */
public final class ParquetTable {
  private ParquetTable() {}

  /**
   * Writes a table into an output folder.
   *
   * @param name its name there, a folder with one parquet file
   */
  public static void write(
      SparkSession spark, ResultFolder output, String name, StructType schema, List<Row> rows)
      throws IOException {
    write(spark.createDataFrame(rows, schema), output, name);
  }

  /** Writes a table whose rows are made where they are written, on executors. */
  public static void write(
      SparkSession spark, ResultFolder output, String name, StructType schema, JavaRDD<Row> rows)
      throws IOException {
    write(spark.createDataFrame(rows, schema), output, name);
  }

  /**
   * Reads a table that such a command left.
   *
   * @param parts its files, whose names are names and no patterns
   */
  static Dataset<Row> read(SparkSession spark, String... parts) {
    return spark.read().option("__globPaths__", "false").parquet(parts);
  }

  private static void write(Dataset<Row> table, ResultFolder output, String name)
      throws IOException {
    // One partition keeps the order and makes one file.
    output.writing(() -> table.coalesce(1).write().parquet(output.path(name)));
  }
}
