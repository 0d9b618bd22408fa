package org.relupath.spark.io.rows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.relupath.core.data.NumberText;
import org.relupath.core.data.SparseMatrixBuilder;
import org.relupath.spark.io.MalformedTextException;
import org.relupath.spark.io.Shown;
import org.relupath.spark.io.cells.CellTexts;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.cells.Defects;

/**
 * Rows of a libsvm file: a label, then index:value with indices from 1, ascending; the rest is 0.
 * What follows a # is a comment; lines without anything else are no rows.
 */
final class LibsvmReader implements RowReader {
  /** The largest index: X is dense, and a million columns are beyond any solve. */
  static final int MOST = 1_000_000;

  private final TextBuffer text;
  private final long end;
  private final int dimension;
  private final boolean labelled;
  private boolean blankLine;
  private boolean labelMissing;
  private double[] row = new double[0];
  private int[] written = new int[64];
  private int count;

  /**
   * A reader of the rows that begin before a byte.
   *
   * @param text at a record
   * @param end the first byte of the text that is another reader's
   * @param dimension d
   * @param labelled whether labels are wanted; where they are not, rows may come without
   */
  LibsvmReader(TextBuffer text, long end, int dimension, boolean labelled) {
    this.text = text;
    this.end = end;
    this.dimension = dimension;
    this.labelled = labelled;
  }

  @Override
  public long position() {
    return text.position();
  }

  @Override
  public boolean next(double[] into, int row, CellTexts texts, Defects defects) throws IOException {
    while (isThereMore()) {
      int length;
      try {
        length = lineLength();
      } catch (MalformedTextException e) {
        defects.end(row, e.getMessage());
        return true;
      }
      boolean content = numbers(length, into, row, defects);
      // Without labels, a row of zeros is a blank line: which are rows cannot be known.
      blankLine |= length == 0;
      boolean doubtful = blankLine && labelMissing;
      if (doubtful) {
        defects.row(row, "has no label beside a blank line, expected a label in every row");
      }
      advance(length);
      if (content || doubtful) {
        return true;
      }
    }
    return false;
  }

  /** The largest last index of the lines that are left, at most {@link #MOST}; 0 without any. */
  int lastIndex() throws IOException {
    int most = 0;
    while (isThereMore()) {
      int length = lineLength();
      int to = contentEnd(length);
      int from = to;
      while (from > text.start && !isBlank(text.bytes[from - 1])) {
        from--;
      }
      int colon = colon(from, to);
      most = Math.max(most, colon < 0 ? 0 : index(from, colon));
      advance(length);
    }
    return Math.min(most, MOST);
  }

  private boolean isThereMore() throws IOException {
    return text.position() < end && (text.start < text.limit || text.more());
  }

  /** The current line's bytes without its end. */
  private int lineLength() throws IOException {
    int at = 0;
    do {
      for (int i = text.start + at; i < text.limit; i++, at++) {
        if (text.bytes[i] == '\n' || text.bytes[i] == '\r') {
          return at;
        }
      }
    } while (text.more());
    return at;
  }

  private void advance(int length) throws IOException {
    text.start += length;
    if (text.start < text.limit || text.more()) {
      int lineEnd = text.lineEnd(0);
      text.start += lineEnd;
    }
  }

  /** Where the current line's content ends: before a comment and blanks. */
  private int contentEnd(int length) {
    int to = text.start;
    while (to < text.start + length && text.bytes[to] != '#') {
      to++;
    }
    while (to > text.start && isBlank(text.bytes[to - 1])) {
      to--;
    }
    return to;
  }

  /** Reads the current line; false where it has no content. */
  private boolean numbers(int length, double[] into, long row, Defects defects) {
    byte[] b = text.bytes;
    int to = contentEnd(length);
    clear(into);
    int previous = 0;
    boolean first = true;
    int i = text.start;
    while (i < to) {
      if (isBlank(b[i])) {
        i++;
        continue;
      }
      int stop = i;
      while (stop < to && !isBlank(b[stop])) {
        stop++;
      }
      int colon = colon(i, stop);
      if (first && (labelled || colon < 0)) {
        if (labelled) {
          into[dimension] = number("label", i, stop, row, defects);
        }
      } else {
        labelMissing |= first;
        int index = colon < 0 ? -1 : index(i, colon);
        if (index <= previous || index > dimension) {
          String word = Shown.value(text(i, stop));
          defects.row(
              row,
              index < 0
                  ? "has '" + word + "', expected index:value"
                  : "has '%s', expected an index above %d and at most %d"
                      .formatted(word, previous, dimension));
          return true;
        }
        into[index - 1] = number("x" + index, colon + 1, stop, row, defects);
        written(index - 1);
        previous = index;
      }
      first = false;
      i = stop;
    }
    return !first;
  }

  /** Makes all numbers 0: in the row before those that were written, and no others. */
  private void clear(double[] into) {
    if (into == row) {
      for (int i = 0; i < count; i++) {
        row[written[i]] = 0;
      }
    } else {
      Arrays.fill(into, 0.0);
      row = into;
    }
    if (labelled) {
      row[dimension] = 0;
    }
    count = 0;
  }

  private void written(int column) {
    if (count == written.length) {
      written = Arrays.copyOf(written, 2 * count);
    }
    written[count++] = column;
  }

  @Override
  public int keep(double[] row, SparseMatrixBuilder kept) {
    int others = 0;
    for (int i = 0; i <= count; i++) {
      int column = i < count ? written[i] : dimension;
      if (column < row.length && row[column] != 0) {
        kept.add(column, row[column]);
        others++;
      }
    }
    return others;
  }

  private double number(String column, int from, int to, long row, Defects defects) {
    double value = NumberText.parse(text.bytes, from, to);
    if (Double.isNaN(value) && !defects.has(column)) {
      defects.cell(row, column, text(from, to), CellType.NUMBER);
    }
    return value;
  }

  private int colon(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.bytes[i] == ':') {
        return i;
      }
    }
    return -1;
  }

  /** The index in front of a colon, just above {@link #MOST} where it is larger; -1 for none. */
  private int index(int from, int colon) {
    int index = 0;
    for (int i = from; i < colon; i++) {
      int digit = text.bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      index = Math.min(10 * index + digit, MOST + 1);
    }
    return from == colon ? -1 : index;
  }

  private String text(int from, int to) {
    return new String(text.bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
