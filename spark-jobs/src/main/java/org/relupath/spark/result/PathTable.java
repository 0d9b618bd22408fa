package org.relupath.spark.result;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.table.CsvTable;
import org.relupath.spark.io.table.ParquetTable;
import org.relupath.spark.io.table.RecordTable;

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
    ParquetTable.write(spark, output, "path.parquet", RecordTable.schema(PathRow.class), records);
  }
}
