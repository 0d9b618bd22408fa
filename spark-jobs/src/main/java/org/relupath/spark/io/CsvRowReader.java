package org.relupath.spark.io;

import java.util.List;
import org.apache.spark.sql.Row;

/** Rows of a csv whose header was checked before. */
final class CsvRowReader implements RowReader {
  private static final long serialVersionUID = 1L;
  private final int cells;
  private final String[] names;
  private final int[] positions;

  CsvRowReader(List<String> header, Columns columns) {
    cells = header.size();
    names = columns.all().toArray(new String[0]);
    positions = columns.all().stream().mapToInt(header::indexOf).toArray();
  }

  @Override
  public int width() {
    return names.length;
  }

  @Override
  public boolean read(Row record, boolean first, double[] into) throws BadCellException {
    String line = record.getString(PAYLOAD);
    if (first || line.isBlank()) {
      return false;
    }
    List<String> row = CsvLine.cells(line);
    if (row.size() != cells) {
      throw new BadCellException("has " + row.size() + " cells, expected " + cells);
    }
    for (int k = 0; k < names.length; k++) {
      into[k] = Cell.number(names[k], row.get(positions[k]));
    }
    return true;
  }
}
