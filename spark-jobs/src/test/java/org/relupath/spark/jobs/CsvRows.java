package org.relupath.spark.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.relupath.spark.SharedSpark;

/** A csv with a header as Spark reads it: the text of every cell by column, empty for none. */
final class CsvRows {
  private CsvRows() {}

  static List<Map<String, String>> of(Path file) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Row row :
        SharedSpark.session()
            .read()
            .option("header", true)
            .option("escape", "\"")
            .csv(file.toString())
            .collectAsList()) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (String name : row.schema().fieldNames()) {
        Object cell = row.get(row.fieldIndex(name));
        cells.put(name, cell == null ? "" : cell.toString());
      }
      rows.add(cells);
    }
    return rows;
  }
}
