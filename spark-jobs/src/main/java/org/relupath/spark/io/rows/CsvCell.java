package org.relupath.spark.io.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;

/** Cells of a csv as text. */
public final class CsvCell {
  private CsvCell() {}

  /** What a cell says: without quotes around it, doubled ones inside taken as one. */
  static String text(String raw) {
    if (!raw.startsWith("\"")) {
      return raw;
    }
    StringBuilder text = new StringBuilder();
    int i = 1;
    while (i < raw.length()) {
      char c = raw.charAt(i++);
      if (c != '"') {
        text.append(c);
      } else if (i < raw.length() && raw.charAt(i) == '"') {
        text.append('"');
        i++;
      } else {
        // What follows a closing quote belongs to the cell.
        return text.append(raw, i, raw.length()).toString();
      }
    }
    return text.toString();
  }

  /** The cells of a line, without blanks around them. */
  public static List<String> line(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try (TextBuffer text = new TextBuffer(new ByteArrayInputStream(bytes), 0)) {
      List<String> cells = CsvReader.header(text, ',');
      return cells == null ? List.of() : cells;
    } catch (IOException e) {
      throw new BadInputException("'" + Shown.value(line) + "' " + e.getMessage(), e);
    }
  }

  /** A cell as csv writes it: quoted where it must be. */
  public static String quote(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
