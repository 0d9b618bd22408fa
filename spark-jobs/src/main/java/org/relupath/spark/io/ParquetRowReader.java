package org.relupath.spark.io;

import org.apache.spark.sql.Row;

/** Rows of a parquet file, its wanted columns already selected and cast to double. */
final class ParquetRowReader implements RowReader {
  private static final long serialVersionUID = 1L;
  private final String[] names;

  ParquetRowReader(Columns columns) {
    names = columns.all().toArray(new String[0]);
  }

  @Override
  public int width() {
    return names.length;
  }

  @Override
  public boolean read(Row record, boolean first, double[] into) throws BadCellException {
    for (int k = 0; k < names.length; k++) {
      if (record.isNullAt(PAYLOAD + k)) {
        throw new BadCellException(names[k], "is null, expected a number");
      }
      into[k] = Cell.finite(names[k], record.getDouble(PAYLOAD + k));
    }
    return true;
  }
}
