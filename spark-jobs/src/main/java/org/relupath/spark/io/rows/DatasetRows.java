package org.relupath.spark.io.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.WeightedRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.SparseRows;
import org.relupath.spark.io.cells.CellReader;
import org.relupath.spark.io.cells.CellTexts;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.cells.ColumnKinds;
import org.relupath.spark.io.cells.Defects;
import org.relupath.spark.io.cells.Wanted;
import scala.Tuple2;

/**
 * The rows of a data frame, in its order: columns of numbers, texts, words and dates, and columns
 * of Spark ML vectors, dense or sparse, of which column c of size k becomes the features c_0 to
 * c_(k-1).
 */
public final class DatasetRows {
  /** Types of cells that are texts here, and read as such. */
  private static final Set<DataType> TEXTS =
      Set.of(
          DataTypes.StringType,
          DataTypes.BooleanType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType);

  private DatasetRows() {}

  /**
   * The columns that are wanted, as those of the data frame.
   *
   * @param name how messages call the rows
   */
  public static Columns columns(String name, Dataset<Row> rows, ColumnChoice choice) {
    return Columns.choose(name, List.of(rows.columns()), choice);
  }

  /**
   * Reads rows, all of whose numbers are kept.
   *
   * @param name how messages call them
   * @throws BadInputException naming the column and row of what is not what it is taken for
   */
  public static WeightedRows read(String name, Dataset<Row> rows, Columns columns) {
    return read(name, rows, columns, false);
  }

  /**
   * Reads rows.
   *
   * @param name how messages call them
   * @param sparse whether zeros are not kept where all features are vectors of mostly zeros
   * @throws BadInputException naming the column and row of what is not what it is taken for
   */
  public static WeightedRows read(String name, Dataset<Row> rows, Columns columns, boolean sparse) {
    Reader reader = reader(name, rows, columns);
    if (sparse && reader.vectorsAlone(rows)) {
      return sparse(name, rows, reader);
    }
    List<Row> read = reader.select(rows).collectAsList();
    int width = reader.columns().names().size();
    double[] x = new double[Math.multiplyExact(read.size(), width)];
    double[] y = new double[read.size()];
    double[] w = new double[columns.weights() == null ? 0 : read.size()];
    CellTexts texts = new CellTexts();
    Defects defects = new Defects();
    CellReader cells = reader.cellReader();
    for (int r = 0; r < read.size(); r++) {
      double[] numbers = reader.cells(cells, read.get(r), r, texts, defects);
      System.arraycopy(numbers, 0, x, r * width, width);
      y[r] = numbers[width];
      if (w.length > 0) {
        w[r] = numbers[width + 1];
      }
    }
    ColumnKinds kinds = new ColumnKinds(reader.columns().wanted(), width);
    kinds.add(texts, 0);
    kinds.decide(defects);
    refuse(name, defects);
    Observations table = kinds.observations(new Matrix(read.size(), width, x), y);
    return ChunkSequence.weighed(name, table, columns.weights(), w);
  }

  /** Rows whose features are vectors, with the label and the weights behind them. */
  private static WeightedRows sparse(String name, Dataset<Row> rows, Reader reader) {
    List<Row> read = reader.select(rows).collectAsList();
    Columns columns = reader.columns();
    int width = columns.names().size();
    SparseRows own = new SparseRows(width);
    double[] w = new double[columns.weights() == null ? 0 : read.size()];
    Defects defects = new Defects();
    CellReader cells = reader.cellReader();
    for (int r = 0; r < read.size(); r++) {
      double weight = reader.keep(cells, read.get(r), r, own, defects);
      if (w.length > 0) {
        w[r] = weight;
      }
    }
    refuse(name, defects);
    Design x =
        own.features(
            ChunkSequence.most(),
            () ->
                new BadInputException(
                    name
                        + ": too many numbers for one machine, expected at most "
                        + ChunkSequence.most()));
    List<RawColumn> raw = columns.names().stream().map(RawColumn::number).toList();
    Observations table = new Observations(raw, x, own.targets(true), new double[0]);
    return ChunkSequence.weighed(name, table, columns.weights(), w);
  }

  /**
   * Rows of numbers that stay on executors, as numbered blocks.
   *
   * @param blockRows rows of a block
   * @throws BadInputException naming the column and row of what is no finite number
   */
  public static RowTable blocks(String name, Dataset<Row> rows, Columns columns, int blockRows) {
    Reader reader = reader(name, rows, columns);
    JavaPairRDD<Long, double[]> numbered =
        reader
            .select(rows)
            .toJavaRDD()
            .zipWithIndex()
            .mapToPair(row -> new Tuple2<>(row._2(), reader.numbers(row._1(), row._2())));
    int parts = 4 * rows.sparkSession().sparkContext().defaultParallelism();
    return RowTable.ofRows(reader.columns(), numbered.count(), numbered, blockRows, parts);
  }

  private static void refuse(String name, Defects defects) {
    if (!defects.isEmpty()) {
      throw new BadInputException(name + ": " + defects.text());
    }
  }

  private static Reader reader(String name, Dataset<Row> rows, Columns columns) {
    refuseOthers(name, rows, columns);
    List<Wanted> wanted = columns.wanted();
    Reader narrow = new Reader(name, columns, columns, new int[wanted.size()]);
    Row first =
        narrow.select(rows).takeAsList(1).stream()
            .findFirst()
            .orElseThrow(() -> new BadInputException(name + ": none, expected at least one"));
    int[] sizes = new int[wanted.size()];
    List<String> names = new ArrayList<>();
    List<CellType> types = new ArrayList<>();
    BitSet missing = new BitSet();
    for (int k = 0; k < sizes.length; k++) {
      Wanted own = wanted.get(k);
      boolean vector = isVector(rows, own.name());
      if (vector && first.isNullAt(k)) {
        throw cell(name, 0, own.name(), "is null, expected a vector");
      }
      sizes[k] = vector ? ((Vector) first.get(k)).size() : -1;
      if (sizes[k] == 0) {
        throw cell(name, 0, own.name(), "has 0 entries, expected at least one");
      }
      for (int i = 0; i < Math.abs(sizes[k]) && k < columns.names().size(); i++) {
        missing.set(names.size(), own.missing());
        names.add(vector ? own.name() + "_" + i : own.name());
        types.add(vector ? CellType.NUMBER : own.type());
      }
    }
    int features = columns.names().size();
    types.addAll(columns.types().subList(features, sizes.length));
    Columns all = new Columns(names, columns.label(), columns.weights(), types, missing);
    return new Reader(name, columns, all, sizes);
  }

  private static boolean isVector(Dataset<Row> rows, String column) {
    return rows.schema().apply(column).dataType().equals(SQLDataTypes.VectorType());
  }

  private static void refuseOthers(String name, Dataset<Row> rows, Columns columns) {
    List<String> others = new ArrayList<>();
    for (Wanted wanted : columns.wanted()) {
      DataType type = rows.schema().apply(wanted.name()).dataType();
      boolean vector = isVector(rows, wanted.name()) && columns.names().contains(wanted.name());
      boolean text = wanted.type() != CellType.NUMBER && TEXTS.contains(type);
      if (!(type instanceof NumericType) && !vector && !text) {
        others.add("column '" + wanted.name() + "' is of type " + type.simpleString());
      }
    }
    if (!others.isEmpty()) {
      throw new BadInputException(
          "%s: %s, expected numbers (--drop leaves a column out)"
              .formatted(name, Columns.shown(others)));
    }
  }

  private static BadInputException cell(String name, long row, String column, String problem) {
    return new BadInputException(
        name + ": row " + (row + 1) + " column '" + column + "' " + problem);
  }

  /**
   * Columns of rows, the label last.
   *
   * @param own those of the data frame
   * @param columns those of the rows: of a vector each entry
   * @param sizes how many numbers each of the data frame's has; -1 for one that is no vector
   */
  private record Reader(String name, Columns own, Columns columns, int[] sizes)
      implements Serializable {
    /** Whether all features are vectors, and the label is a number and taken for one. */
    boolean vectorsAlone(Dataset<Row> rows) {
      int features = own.names().size();
      return IntStream.range(0, features).allMatch(k -> sizes[k] >= 0)
          && own.label() != null
          && rows.schema().apply(own.label()).dataType() instanceof NumericType
          && Set.of(CellType.NUMBER, CellType.AUTO).contains(own.types().get(features));
    }

    Dataset<Row> select(Dataset<Row> rows) {
      return rows.select(
          own.all().stream()
              .map(column -> rows.col("`" + column.replace("`", "``") + "`"))
              .toArray(Column[]::new));
    }

    CellReader cellReader() {
      return new CellReader(columns.wanted());
    }

    /** The cells of a row, the label last. */
    double[] cells(CellReader reader, Row row, int number, CellTexts texts, Defects defects) {
      double[] cells = new double[reader.width()];
      int at = 0;
      for (int k = 0; k < sizes.length; k++) {
        Object value = row.get(k);
        if (sizes[k] < 0) {
          cells[at] = reader.value(at, value, number, texts, defects);
          at++;
          continue;
        }
        boolean fits = isOfSize(k, (Vector) value, number, defects);
        for (double entry : fits ? ((Vector) value).toArray() : new double[sizes[k]]) {
          cells[at] = reader.number(at, entry, number, texts, defects);
          at++;
        }
      }
      return cells;
    }

    private boolean isOfSize(int k, Vector vector, int number, Defects defects) {
      boolean fits = vector != null && vector.size() == sizes[k];
      if (!fits) {
        String has = vector == null ? "is null" : "has " + vector.size() + " entries";
        defects.column(number, own.all().get(k), has + ", expected " + sizes[k] + " entries");
      }
      return fits;
    }

    /** Keeps the numbers of a row of vectors that are not 0, and its label; its weight, if any. */
    double keep(CellReader reader, Row row, int number, SparseRows kept, Defects defects) {
      CellTexts none = new CellTexts();
      int at = 0;
      int features = own.names().size();
      for (int k = 0; k < features; at += sizes[k++]) {
        if (!isOfSize(k, (Vector) row.get(k), number, defects)) {
          continue;
        }
        SparseVector vector = ((Vector) row.get(k)).toSparse();
        for (int i = 0; i < vector.indices().length; i++) {
          int column = at + vector.indices()[i];
          kept.add(column, reader.number(column, vector.values()[i], number, none, defects));
        }
      }
      kept.add(at, reader.value(at, row.get(features), number, none, defects));
      kept.endRow();
      return features + 1 < sizes.length
          ? reader.value(at + 1, row.get(features + 1), number, none, defects)
          : 1;
    }

    /** The numbers of a row that has nothing else, the label last. */
    double[] numbers(Row row, long number) {
      Defects defects = new Defects();
      double[] numbers = cells(cellReader(), row, 0, new CellTexts(), defects);
      if (!defects.isEmpty()) {
        Defects own = new Defects();
        own.append(defects, number);
        // What else could be asked for is not for rows on executors.
        throw new BadInputException(name + ": " + own.text().replaceFirst(" \\(--.*", ""));
      }
      return numbers;
    }
  }
}
