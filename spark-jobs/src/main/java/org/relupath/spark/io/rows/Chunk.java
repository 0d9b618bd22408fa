package org.relupath.spark.io.rows;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.data.SparseMatrixBuilder;
import org.relupath.spark.io.InputPath;
import org.relupath.spark.io.cells.CellTexts;
import org.relupath.spark.io.cells.Defects;

/**
 * Consecutive rows of one file, as numbers. Chunks sorted by file and first row are the canonical
 * order of the rows, whatever ranges they were read by.
 *
 * @param file the file's place among the source's
 * @param from where its first row begins: a byte, or a row of a parquet file; -1 where a range has
 *     none
 * @param to where the row after its last begins; -1 where that is unknown
 * @param rows how many it has
 * @param values rows times width numbers; empty where they were not kept, or are sparse
 * @param sparse the rows where zeros are not kept, else null
 * @param texts cells of its rows that are texts
 * @param defects what is wrong with its rows, counted from its first
 */
record Chunk(
    int file,
    long from,
    long to,
    int rows,
    double[] values,
    SparseMatrix sparse,
    CellTexts texts,
    Defects defects)
    implements Serializable {
  /** Numbers of a chunk at most, unless a row is longer. */
  private static final int SIZE = 1 << 18;

  /** This chunk without its numbers. */
  Chunk header() {
    return new Chunk(file, from, to, rows, new double[0], null, texts, defects);
  }

  /** Whether the numbers of all rows, each so many, are here. */
  boolean isWhole(int width) {
    return sparse == null ? values.length >= (long) rows * width : sparse.rows() == rows;
  }

  /** The room that the numbers take that are here, in numbers of 8 bytes. */
  long size() {
    return sparse == null ? values.length : sparseSize(sparse.size(), sparse.rows());
  }

  /** Of each number its column, and of each row where it begins, take half as much again. */
  private static long sparseSize(long numbers, long rows) {
    return numbers + (numbers + rows + 2) / 2;
  }

  /** What tells a chunk that has rows from others. */
  String key() {
    return file + " " + from;
  }

  /**
   * Reads ranges.
   *
   * @param layout what their rows are
   * @param most numbers of 8 bytes to keep of them at most; beyond that, rows are only counted
   */
  static Iterator<Chunk> read(
      Iterator<FileRange> ranges, Source.Layout layout, long most, Configuration hadoop) {
    return new Reading(ranges, layout, most, hadoop);
  }

  private static final class Reading implements Iterator<Chunk> {
    private final Iterator<FileRange> ranges;
    private final Source.Layout layout;
    private final long most;
    private final Configuration hadoop;
    private final double[] row;
    private final int capacity;
    private FileRange range;
    private RowReader reader;
    private long kept;

    Reading(Iterator<FileRange> ranges, Source.Layout layout, long most, Configuration hadoop) {
      this.ranges = ranges;
      this.layout = layout;
      this.most = most;
      this.hadoop = hadoop;
      row = new double[layout.columns().all().size()];
      capacity = Math.max(SIZE / row.length, 1);
    }

    @Override
    public boolean hasNext() {
      return reader != null || ranges.hasNext();
    }

    @Override
    public Chunk next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        return chunk();
      } catch (IOException | RuntimeException e) {
        throw InputPath.onExecutor(range.file().named(), e);
      }
    }

    private Chunk chunk() throws IOException {
      boolean begins = reader == null;
      if (begins) {
        range = ranges.next();
        reader = range.open(layout, hadoop);
      }
      long from = begins && range.start() == 0 && reader.position() > 0 ? 0 : reader.position();
      Defects defects = new Defects();
      CellTexts texts = new CellTexts();
      Numbers numbers = layout.sparse() ? new SparseNumbers() : new DenseNumbers();
      int rows = 0;
      boolean more = true;
      while (!numbers.isFull(rows)
          && !defects.isLast()
          && (more = reader.next(row, rows, texts, defects))) {
        if (kept < most && defects.isEmpty()) {
          kept += numbers.add(rows);
        }
        rows++;
      }
      long to = defects.isLast() ? -1 : reader.position();
      if (!more || defects.isLast()) {
        reader.close();
        reader = null;
      }
      return numbers.chunk(from, to, rows, texts, defects);
    }

    /** The numbers of a chunk's rows so far. */
    private interface Numbers {
      boolean isFull(int rows);

      /** Adds the row that was read, which has so many before it; the room that it takes. */
      long add(int before);

      Chunk chunk(long from, long to, int rows, CellTexts texts, Defects defects);
    }

    private final class DenseNumbers implements Numbers {
      private double[] values = new double[0];

      @Override
      public boolean isFull(int rows) {
        return rows >= capacity;
      }

      @Override
      public long add(int before) {
        int used = before * row.length;
        if (used + row.length > values.length) {
          int longer = Math.max(row.length, Math.min(2 * used, capacity * row.length));
          values = Arrays.copyOf(values, Math.max(longer, used + row.length));
        }
        System.arraycopy(row, 0, values, used, row.length);
        return row.length;
      }

      @Override
      public Chunk chunk(long from, long to, int rows, CellTexts texts, Defects defects) {
        boolean whole = defects.isEmpty() && (long) rows * row.length <= values.length;
        double[] own = whole ? Arrays.copyOf(values, rows * row.length) : new double[0];
        return new Chunk(range.number(), from, to, rows, own, null, texts, defects);
      }
    }

    private final class SparseNumbers implements Numbers {
      private final SparseMatrixBuilder builder = new SparseMatrixBuilder(row.length);
      private long size;

      @Override
      public boolean isFull(int rows) {
        return size + rows >= SIZE;
      }

      @Override
      public long add(int before) {
        int own = reader.keep(row, builder);
        builder.endRow();
        size += own;
        return sparseSize(own, 1);
      }

      @Override
      public Chunk chunk(long from, long to, int rows, CellTexts texts, Defects defects) {
        SparseMatrix own = builder.build();
        return new Chunk(range.number(), from, to, rows, new double[0], own, texts, defects);
      }
    }
  }
}
