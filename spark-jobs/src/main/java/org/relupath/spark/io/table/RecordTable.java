package org.relupath.spark.io.table;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Label;
import org.relupath.spark.io.durable.ResultFolder;

/**
 * Records of one type as a table: a column for each component, by its name. Components are numbers,
 * truth values, texts and constants of enums, as {@link Label} has them, null what was not
 * computed; or records, whose components are columns in their place.
 *
 * @param type the records' type
 * @param rows the records, in the order of the table
 */
public record RecordTable<T extends Record>(Class<T> type, List<T> rows) {

  private static final Map<Class<?>, DataType> TYPES =
      Map.of(
          int.class, DataTypes.IntegerType,
          Integer.class, DataTypes.IntegerType,
          long.class, DataTypes.LongType,
          Long.class, DataTypes.LongType,
          boolean.class, DataTypes.BooleanType,
          Boolean.class, DataTypes.BooleanType,
          double.class, DataTypes.DoubleType,
          Double.class, DataTypes.DoubleType,
          String.class, DataTypes.StringType);

  public RecordTable {
    rows = List.copyOf(rows);
  }

  /** Writes NAME.csv and NAME.parquet. */
  public void write(SparkSession spark, ResultFolder output, String name) throws IOException {
    output.write(name + ".csv", csv());
    writeParquet(spark, output, name);
  }

  /** Writes NAME.parquet alone. */
  public void writeParquet(SparkSession spark, ResultFolder output, String name)
      throws IOException {
    List<Row> records = rows.stream().map(row -> RowFactory.create(cells(row))).toList();
    ParquetTable.write(spark, output, name + ".parquet", schema(type), records);
  }

  /** The text of a csv. */
  public String csv() {
    CsvTable table = new CsvTable(columns(type));
    rows.forEach(row -> table.row(cells(row)));
    return table.text();
  }

  /** The names of the columns. */
  public static List<String> columns(Class<? extends Record> type) {
    return List.of(schema(type).fieldNames());
  }

  /** The values of a record, in the order of its components. */
  public static Object[] cells(Record row) {
    return Arrays.stream(row.getClass().getRecordComponents())
        .flatMap(component -> cells(component, value(component, row)))
        .toArray();
  }

  /** The one cell of a component, or those of a record; empty ones where that is null. */
  private static Stream<Object> cells(RecordComponent component, Object value) {
    if (!component.getType().isRecord()) {
      return Stream.of(new Object[] {value});
    }
    return value == null
        ? Collections.<Object>nCopies(
            columns(component.getType().asSubclass(Record.class)).size(), null)
            .stream()
        : Stream.of(cells((Record) value));
  }

  private static Object value(RecordComponent component, Record row) {
    try {
      component.getAccessor().setAccessible(true);
      Object value = component.getAccessor().invoke(row);
      return value instanceof Enum<?> constant ? Label.of(constant) : value;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  /** The columns of a type of records; those that cannot be null are said to be so. */
  public static StructType schema(Class<? extends Record> type) {
    StructType schema = new StructType();
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> of = component.getType();
      if (of.isRecord()) {
        for (StructField field : schema(of.asSubclass(Record.class)).fields()) {
          schema = schema.add(field);
        }
      } else {
        schema = schema.add(component.getName(), sqlType(of), !of.isPrimitive());
      }
    }
    return schema;
  }

  private static DataType sqlType(Class<?> type) {
    DataType known = type.isEnum() ? DataTypes.StringType : TYPES.get(type);
    if (known != null) {
      return known;
    }
    throw new IllegalArgumentException(type + " is no type of a column");
  }
}
