package org.relupath.spark.io;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Consecutive rows of one block of one file, as numbers. Chunks sorted by file and start are the
 * canonical order of the rows, whatever the partitions were.
 *
 * @param file the file's full path
 * @param start the block's first byte in the file
 * @param rows how many good rows it holds
 * @param values rows times width numbers
 * @param problem what is wrong with the row after the good ones, or null
 */
record Chunk(String file, long start, int rows, double[] values, String problem)
    implements Serializable {

  /** Splits the records of a partition into chunks; each ends at its first bad row. */
  static Iterator<Chunk> read(Iterator<Row> records, RowReader reader) {
    List<Chunk> chunks = new ArrayList<>();
    Builder builder = null;
    while (records.hasNext()) {
      Row record = records.next();
      String file = record.getString(0);
      long start = record.getLong(1);
      if (builder == null || !builder.continues(file, start)) {
        if (builder != null) {
          chunks.add(builder.chunk());
        }
        builder = new Builder(file, start, reader);
      }
      builder.add(record);
    }
    if (builder != null) {
      chunks.add(builder.chunk());
    }
    return chunks.iterator();
  }

  private static final class Builder {
    private final String file;
    private final long start;
    private final RowReader reader;
    private final double[] row;
    private double[] values;
    private int rows;
    private boolean first;
    private String problem;

    Builder(String file, long start, RowReader reader) {
      this.file = file;
      this.start = start;
      this.reader = reader;
      row = new double[reader.width()];
      values = new double[row.length * 64];
      first = start == 0;
    }

    boolean continues(String otherFile, long otherStart) {
      return file.equals(otherFile) && start == otherStart;
    }

    void add(Row record) {
      if (problem != null) {
        return;
      }
      try {
        if (reader.read(record, first, row)) {
          append();
        }
      } catch (BadCellException e) {
        problem = e.getMessage();
      }
      first = false;
    }

    private void append() {
      int used = rows * row.length;
      if (used + row.length > values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(values.length, 2));
      }
      System.arraycopy(row, 0, values, used, row.length);
      rows++;
    }

    Chunk chunk() {
      return new Chunk(file, start, rows, Arrays.copyOf(values, rows * row.length), problem);
    }
  }
}
