package org.relupath.spark.io;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;

/**
 * Reads observations through Spark: parsed and checked on executors, gathered in canonical order.
 *
 * <p>A row number in a message counts data rows from 1: no header, no blank lines.
 */
public final class TableReader {
  private final SparkSession spark;

  /** A reader on a session. */
  public TableReader(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Chooses columns of a source, looking into it where the header is not enough.
   *
   * @param source what to read
   * @param features wanted feature names, or an empty list for every column but the label
   * @param label the label's name, or null for none
   */
  public Columns columns(Source source, List<String> features, String label) {
    if (source.format() != TableFormat.LIBSVM) {
      return Columns.choose(source.path(), available(source), features, label);
    }
    List<String> all =
        IntStream.rangeClosed(1, libsvmDimension(source)).mapToObj(k -> "x" + k).toList();
    if (all.isEmpty()) {
      throw new BadInputException(source.path() + " has no index:value in any row");
    }
    if (!features.isEmpty()) {
      throw new BadInputException("--features: a libsvm file has no column names");
    }
    return new Columns(all, label == null ? null : "label");
  }

  /**
   * The columns that a network takes, whatever else the source has; a libsvm file's by position.
   *
   * @param source what to read
   * @param inputs the network's inputs
   */
  public Columns columnsOf(Source source, List<String> inputs) {
    return source.format() == TableFormat.LIBSVM
        ? new Columns(inputs, null)
        : Columns.ofNetwork(source.path(), available(source), inputs);
  }

  /**
   * The same with a label, to measure the network by.
   *
   * @param label the label's name
   */
  public Columns columnsOf(Source source, List<String> inputs, String label) {
    if (source.format() == TableFormat.LIBSVM) {
      return new Columns(inputs, "label");
    }
    Columns columns = columnsOf(source, inputs);
    // Choosing once more refuses a label that is missing, or is one of the inputs.
    return Columns.choose(source.path(), available(source), columns.names(), label);
  }

  private List<String> available(Source source) {
    return source.format() == TableFormat.CSV
        ? source.header()
        : List.of(parquet(source).columns());
  }

  /**
   * Reads rows.
   *
   * @param source what to read
   * @param columns which columns; a libsvm file's are x1 to xd whatever they are called
   * @throws BadInputException naming row and column of the first value that is no finite number
   */
  public Observations read(Source source, Columns columns) {
    List<Chunk> chunks = new ArrayList<>(chunks(source, columns).collect());
    chunks.sort(Comparator.comparing(Chunk::file).thenComparingLong(Chunk::start));
    return gather(source, columns, chunks);
  }

  /**
   * Reads rows that stay on executors, as numbered blocks.
   *
   * @param source what to read
   * @param columns which columns
   * @param blockRows rows of a block
   * @throws BadInputException naming row and column of the first value that is no finite number
   */
  public RowTable blocks(Source source, Columns columns, int blockRows) {
    // A few partitions a core keep all cores busy to the end.
    int parts = 4 * spark.sparkContext().defaultParallelism();
    return RowTable.of(source, columns, chunks(source, columns), blockRows, parts);
  }

  private JavaRDD<Chunk> chunks(Source source, Columns columns) {
    RowReader reader = rowReader(source, columns);
    return records(source, columns).toJavaRDD().mapPartitions(rows -> Chunk.read(rows, reader));
  }

  private static RowReader rowReader(Source source, Columns columns) {
    return switch (source.format()) {
      case CSV -> new CsvRowReader(source.header(), columns);
      case PARQUET -> new ParquetRowReader(columns);
      case LIBSVM -> new LibsvmRowReader(columns.names().size(), columns.label() != null);
    };
  }

  private Dataset<Row> records(Source source, Columns columns) {
    List<Column> selected = new ArrayList<>();
    selected.add(col("_metadata.file_path"));
    selected.add(col("_metadata.file_block_start"));
    if (source.format() == TableFormat.PARQUET) {
      Dataset<Row> frame = parquet(source);
      for (String name : columns.all()) {
        selected.add(numeric(source, frame, name).cast("double"));
      }
      return frame.select(selected.toArray(new Column[0]));
    }
    selected.add(col("value"));
    return text(source).select(selected.toArray(new Column[0]));
  }

  private Dataset<Row> text(Source source) {
    return spark.read().text(source.files().toArray(new String[0]));
  }

  private Dataset<Row> parquet(Source source) {
    try {
      return spark.read().parquet(source.files().toArray(new String[0]));
    } catch (Exception e) {
      // Scala hides which of Spark's exceptions are checked.
      if (e instanceof AnalysisException
          || e instanceof org.apache.spark.SparkException
          || e instanceof RuntimeException) {
        throw new BadInputException(
            source.path() + " cannot be read as parquet: " + firstLine(e), e);
      }
      throw e;
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Column numeric(Source source, Dataset<Row> frame, String name) {
    for (StructField field : frame.schema().fields()) {
      if (field.name().equals(name) && !(field.dataType() instanceof NumericType)) {
        throw new BadInputException(
            source.path()
                + ": column '"
                + name
                + "' is of type "
                + field.dataType().simpleString()
                + ", expected numbers (--features leaves a column out)");
      }
    }
    return frame.col("`" + name.replace("`", "``") + "`");
  }

  private int libsvmDimension(Source source) {
    return text(source)
        .toJavaRDD()
        .map(row -> LibsvmRowReader.lastIndex(row.getString(0)))
        .fold(0, Math::max);
  }

  private static Observations gather(Source source, Columns columns, List<Chunk> chunks) {
    int rows = 0;
    for (Chunk chunk : chunks) {
      rows = Math.addExact(rows, chunk.rows());
      if (chunk.problem() != null) {
        throw new BadInputException(source.path() + ": row " + (rows + 1) + " " + chunk.problem());
      }
    }
    if (rows == 0) {
      throw new BadInputException(
          source.path()
              + ": no rows"
              + (source.format() == TableFormat.CSV ? " after the header line" : ""));
    }
    int d = columns.names().size();
    int width = columns.all().size();
    double[] features = new double[Math.multiplyExact(rows, d)];
    double[] targets = new double[width > d ? rows : 0];
    int row = 0;
    for (Chunk chunk : chunks) {
      for (int r = 0; r < chunk.rows(); r++, row++) {
        System.arraycopy(chunk.values(), r * width, features, row * d, d);
        if (targets.length > 0) {
          targets[row] = chunk.values()[r * width + d];
        }
      }
    }
    return new Observations(columns.names(), new Matrix(rows, d, features), targets);
  }
}
