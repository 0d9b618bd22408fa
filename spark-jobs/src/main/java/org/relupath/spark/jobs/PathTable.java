package org.relupath.spark.jobs;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.spark.io.CsvTable;
import org.relupath.spark.io.OutputDirectory;
import org.relupath.spark.io.ParquetTable;

/**
 * path.csv and path.parquet: a row a lambda.
 *
 * @param rows largest lambda first
 */
public record PathTable(List<PathRow> rows) {

  /** Copies the rows. */
  public PathTable {
    rows = List.copyOf(rows);
  }

  /** Writes both files. */
  public void write(SparkSession spark, OutputDirectory output) throws IOException {
    CsvTable table = new CsvTable(PathRow.COLUMNS);
    rows.forEach(row -> table.row(row.cells()));
    output.write("path.csv", table.text());
    List<Row> records = rows.stream().map(row -> RowFactory.create(row.cells())).toList();
    ParquetTable.write(spark, output, "path.parquet", schema(), records);
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (RecordComponent component : PathRow.class.getRecordComponents()) {
      Class<?> type = component.getType();
      schema = schema.add(component.getName(), sqlType(type), !type.isPrimitive());
    }
    return schema;
  }

  private static DataType sqlType(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return DataTypes.IntegerType;
    }
    if (type == boolean.class || type == Boolean.class) {
      return DataTypes.BooleanType;
    }
    return type == String.class ? DataTypes.StringType : DataTypes.DoubleType;
  }
}
