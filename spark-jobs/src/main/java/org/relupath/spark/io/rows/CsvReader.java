package org.relupath.spark.io.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.NumberText;
import org.relupath.spark.io.MalformedTextException;
import org.relupath.spark.io.cells.CellReader;
import org.relupath.spark.io.cells.CellTexts;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.cells.Defects;

/**
 * Rows of a csv: cells between delimiters, commas as a rule, in double quotes where they hold
 * delimiters, quotes or line ends. A quote that does not begin a cell is a character like others.
 * Lines of blanks are no rows.
 */
final class CsvReader implements RowReader {
  private final TextBuffer text;
  private final long end;
  private final byte delimiter;
  private final int[] positions;
  private final CellReader reader;
  private final boolean[] numeric;
  private final boolean[] auto;

  /** Where cells end, from the record's first byte; one more than expected at most. */
  private int[] ends;

  private int most;
  private int cells;

  /**
   * A reader of the rows that begin before a byte.
   *
   * @param text at a record; the header line is behind it
   * @param end the first byte of the text that is another reader's
   * @param header all columns
   * @param columns the wanted ones
   * @param delimiter an ASCII character
   */
  CsvReader(TextBuffer text, long end, List<String> header, Columns columns, char delimiter) {
    this.text = text;
    this.end = end;
    this.delimiter = (byte) delimiter;
    reader = new CellReader(columns.wanted());
    numeric = new boolean[reader.width()];
    auto = new boolean[reader.width()];
    for (int k = 0; k < numeric.length; k++) {
      numeric[k] = reader.takesNumbers(k);
      auto[k] = columns.wanted().get(k).type() == CellType.AUTO;
    }
    Map<String, Integer> places = new HashMap<>();
    for (int k = 0; k < header.size(); k++) {
      places.put(header.get(k), k);
    }
    positions = columns.all().stream().mapToInt(places::get).toArray();
    most = header.size() + 1;
    ends = new int[most];
  }

  /**
   * The cells of the first record of a text, without blanks around them; null where it has none.
   *
   * @throws CharacterCodingException if they are not UTF-8
   * @throws IOException if the text cannot be read, or the record does not end
   */
  static List<String> header(TextBuffer text, char delimiter) throws IOException {
    text.skipMark();
    CsvReader reader =
        new CsvReader(
            text, Long.MAX_VALUE, List.of(), new Columns(List.<String>of(), null), delimiter);
    reader.most = Integer.MAX_VALUE;
    int length = reader.record();
    if (length < 0) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (int k = 0; k < reader.cells; k++) {
      ByteBuffer raw =
          ByteBuffer.wrap(
              text.bytes, text.start + reader.begin(k), reader.ends[k] - reader.begin(k));
      names.add(CsvCell.text(StandardCharsets.UTF_8.newDecoder().decode(raw).toString()).strip());
    }
    text.start += length;
    return names;
  }

  @Override
  public long position() {
    return text.position();
  }

  @Override
  public boolean next(double[] into, int row, CellTexts texts, Defects defects) throws IOException {
    while (text.position() < end) {
      int length;
      try {
        length = record();
      } catch (MalformedTextException e) {
        defects.end(row, e.getMessage());
        return true;
      }
      if (length < 0) {
        return false;
      }
      boolean blank = cells == 1 && isBlank(ends[0]);
      if (!blank) {
        values(into, row, texts, defects);
      }
      text.start += length;
      if (!blank) {
        return true;
      }
    }
    return false;
  }

  private void values(double[] into, int row, CellTexts texts, Defects defects) {
    if (cells != most - 1) {
      defects.row(row, "has " + cells + " cells, expected " + (most - 1));
      return;
    }
    byte[] b = text.bytes;
    for (int k = 0; k < positions.length; k++) {
      int from = text.start + begin(positions[k]);
      int to = text.start + ends[positions[k]];
      boolean quotes = to - from > 1 && b[from] == '"' && b[to - 1] == '"';
      double value =
          numeric[k]
              ? NumberText.parse(b, quotes ? from + 1 : from, quotes ? to - 1 : to)
              : Double.NaN;
      boolean plain = !Double.isNaN(value);
      if (plain && auto[k]) {
        texts.number(k);
      }
      into[k] = plain ? value : value(k, from, to, row, texts, defects);
    }
  }

  /** A cell that is more than a number, or less. */
  private double value(int k, int from, int to, int row, CellTexts texts, Defects defects) {
    try {
      ByteBuffer raw = ByteBuffer.wrap(text.bytes, from, to - from);
      String cell = CsvCell.text(StandardCharsets.UTF_8.newDecoder().decode(raw).toString());
      return reader.text(k, cell, row, texts, defects);
    } catch (CharacterCodingException e) {
      defects.undecodable(row, reader.name(k));
      return 0;
    }
  }

  private int begin(int cell) {
    return cell == 0 ? 0 : ends[cell - 1] + 1;
  }

  private boolean isBlank(int length) {
    for (int i = text.start; i < text.start + length; i++) {
      if (text.bytes[i] != ' ' && text.bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /**
   * Finds the cells of the next record.
   *
   * @return its bytes with its line end; -1 where the text is at its end
   * @throws MalformedTextException if it is too long, or a quote is not closed
   */
  private int record() throws IOException {
    cells = 0;
    if (text.start == text.limit && !text.more()) {
      return -1;
    }
    int at = 0;
    while (true) {
      at = plain(quoted(at));
      if (cells < most) {
        if (cells == ends.length) {
          ends = Arrays.copyOf(ends, 2 * cells);
        }
        ends[cells] = at;
      }
      cells++;
      int i = text.start + at;
      if (i == text.limit) {
        return at;
      }
      if (text.bytes[i] != delimiter) {
        return at + text.lineEnd(at);
      }
      at++;
    }
  }

  /** Where the quoted part of a cell ends; at once where it has none. */
  private int quoted(int from) throws IOException {
    int at = from;
    if (!has(at) || text.bytes[text.start + at] != '"') {
      return at;
    }
    for (at++; ; at++) {
      byte[] b = text.bytes;
      int i = text.start + at;
      int limit = text.limit;
      while (i < limit && b[i] != '"') {
        i++;
      }
      at = i - text.start;
      if (!has(at)) {
        throw new MalformedTextException("has a quote that is not closed");
      }
      if (text.bytes[text.start + at] == '"') {
        at++;
        if (!has(at) || text.bytes[text.start + at] != '"') {
          return at;
        }
      } else {
        // More was read, and it goes on.
        at--;
      }
    }
  }

  /** Where a cell ends: before a delimiter, a line end, or the end of the text. */
  private int plain(int from) throws IOException {
    int at = from;
    do {
      byte[] b = text.bytes;
      int i = text.start + at;
      int limit = text.limit;
      while (i < limit) {
        byte c = b[i];
        if (c == delimiter || c == '\n' || c == '\r') {
          return i - text.start;
        }
        i++;
      }
      at = i - text.start;
    } while (text.more());
    return at;
  }

  private boolean has(int at) throws IOException {
    return text.start + at < text.limit || text.more();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
