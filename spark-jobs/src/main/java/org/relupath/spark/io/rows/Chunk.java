package org.relupath.spark.io.rows;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
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
 * @param values rows times width numbers; empty where they were not kept
 * @param texts cells of its rows that are texts
 * @param defects what is wrong with its rows, counted from its first
 */
record Chunk(
    int file, long from, long to, int rows, double[] values, CellTexts texts, Defects defects)
    implements Serializable {
  /** Numbers of a chunk at most, unless a row is longer. */
  private static final int SIZE = 1 << 18;

  /** This chunk without its numbers. */
  Chunk header() {
    return new Chunk(file, from, to, rows, new double[0], texts, defects);
  }

  /** What tells a chunk that has rows from others. */
  String key() {
    return file + " " + from;
  }

  /**
   * Reads ranges.
   *
   * @param layout what their rows are
   * @param most numbers to keep of them at most; beyond that, rows are only counted
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
      double[] values = new double[0];
      int rows = 0;
      boolean more = true;
      while (rows < capacity
          && !defects.isLast()
          && (more = reader.next(row, rows, texts, defects))) {
        if (kept < most && defects.isEmpty()) {
          int used = rows * row.length;
          if (used + row.length > values.length) {
            int longer = Math.max(row.length, Math.min(2 * used, capacity * row.length));
            values = Arrays.copyOf(values, Math.max(longer, used + row.length));
          }
          System.arraycopy(row, 0, values, used, row.length);
          kept += row.length;
        }
        rows++;
      }
      long to = defects.isLast() ? -1 : reader.position();
      if (!more || defects.isLast()) {
        reader.close();
        reader = null;
      }
      boolean whole = defects.isEmpty() && (long) rows * row.length <= values.length;
      return new Chunk(
          range.number(),
          from,
          to,
          rows,
          whole ? Arrays.copyOf(values, rows * row.length) : new double[0],
          texts,
          defects);
    }
  }
}
