package org.relupath.spark.io.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.durable.RunFiles;

/**
 * A parquet table that an earlier run left, with the columns that it must have.
 *
 * @param files the run's folder
 * @param name of the table in it
 * @param rows the table, these columns only
 */
public record StoredTable(RunFiles files, String name, Dataset<Row> rows) {

  /**
   * Looks at the columns of a table.
   *
   * @param columns those wanted, with their types
   * @throws BadInputException if it is not what the run wrote, cannot be read, or has others
   */
  public static StoredTable open(
      SparkSession spark, RunFiles files, String name, StructType columns) {
    String[] parts = files.table(name);
    return reading(
        files,
        name,
        () -> {
          if (parts.length == 0) {
            throw new IllegalArgumentException("has no rows");
          }
          Dataset<Row> rows = ParquetTable.read(spark, parts);
          List<org.apache.spark.sql.Column> wanted = new ArrayList<>();
          for (StructField column : columns.fields()) {
            require(rows.schema(), column);
            wanted.add(functions.col("`" + column.name() + "`"));
          }
          return new StoredTable(
              files, name, rows.select(wanted.toArray(new org.apache.spark.sql.Column[0])));
        });
  }

  private static void require(StructType schema, StructField column) {
    String name = column.name();
    if (!List.of(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException("lacks column " + name);
    }
    String own = schema.apply(name).dataType().simpleString();
    String wanted = column.dataType().simpleString();
    if (!own.equals(wanted)) {
      throw new IllegalArgumentException(
          "has column " + name + " of " + own + ", expected " + wanted);
    }
  }

  /**
   * Reads the rows.
   *
   * @param condition which rows, in SQL; null for all
   * @param read reads one row, or refuses it with an IllegalArgumentException
   */
  public <T> List<T> each(String condition, Function<StoredRow, T> read) {
    return reading(
        files,
        name,
        () -> {
          Dataset<Row> asked = condition == null ? rows : rows.where(condition);
          List<T> all = new ArrayList<>();
          asked.toLocalIterator().forEachRemaining(row -> all.add(read.apply(new StoredRow(row))));
          return all;
        });
  }

  private static <T> T reading(RunFiles files, String name, Supplier<T> reading) {
    return files.checked(
        name,
        () -> {
          try {
            return reading.get();
          } catch (IllegalArgumentException | BadInputException e) {
            throw e;
          } catch (Exception e) {
            // Spark hides what it throws from the compiler; torn files make it throw many things.
            throw new IllegalArgumentException("cannot be read: " + cause(e), e);
          }
        });
  }

  private static String cause(Throwable failure) {
    Throwable own = failure;
    while (own.getCause() != null && own.getCause() != own) {
      own = own.getCause();
    }
    return String.valueOf(own.getMessage()).lines().findFirst().orElse("torn");
  }
}
