package org.relupath.spark.io.table;

import java.util.List;
import org.relupath.spark.io.rows.CsvCell;

/** A csv in the making: full-precision doubles, an empty cell for what was not computed. */
public final class CsvTable {
  private final StringBuilder text = new StringBuilder();
  private final int columns;

  /** A table with a header line. */
  public CsvTable(List<String> header) {
    columns = header.size();
    append(header);
  }

  /** Appends a row; null and doubles that are not finite become empty cells. */
  public CsvTable row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells, expected " + columns);
    }
    append(List.of(java.util.Arrays.stream(cells).map(CsvTable::cell).toArray(String[]::new)));
    return this;
  }

  /** The whole table. */
  public String text() {
    return text.toString();
  }

  private void append(List<String> cells) {
    text.append(String.join(",", cells.stream().map(CsvCell::quote).toList())).append('\n');
  }

  private static String cell(Object value) {
    if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
      return "";
    }
    return value instanceof Boolean flag ? (flag ? "1" : "0") : value.toString();
  }
}
