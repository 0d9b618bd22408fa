package org.relupath.spark.io.rows;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.Type;
import org.relupath.core.data.NumberText;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.MalformedTextException;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.cells.ParquetNumber;
import org.relupath.spark.io.cells.ParquetText;

/**
 * A file with what it says of its columns.
 *
 * @param rows how many it has, where it says so, else -1
 * @param columns its columns, in its order
 */
record SourcePart(DataFile file, long rows, List<NamedColumn> columns) {
  /** The most columns, as of libsvm. */
  private static final int MOST_COLUMNS = LibsvmReader.MOST;

  /**
   * A column.
   *
   * @param type what it holds, where that is known to be no numbers; else null
   * @param cells whether that is numbers, texts or dates
   */
  record NamedColumn(String name, String type, boolean cells) {
    /** Whether it can be read as that; null for not at all. */
    boolean fits(CellType wanted) {
      return wanted == null || (wanted == CellType.NUMBER ? type == null : cells);
    }
  }

  List<String> names() {
    return columns.stream().map(NamedColumn::name).toList();
  }

  static SourcePart parquet(DataFile file, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader = ParquetReader.open(file, 0, file.length(), hadoop)) {
      List<NamedColumn> columns = new ArrayList<>();
      for (Type type : reader.getFileMetaData().getSchema().getFields()) {
        boolean number = ParquetNumber.of(type) != null;
        columns.add(
            new NamedColumn(
                type.getName(),
                number ? null : ParquetNumber.describe(type),
                number || ParquetText.of(type) != null));
      }
      SourcePart part = new SourcePart(file, reader.getRecordCount(), columns);
      refuseTwins(file.named(), part.names());
      return part;
    }
  }

  static SourcePart csv(DataFile file, TableFormat.Text text, Configuration hadoop)
      throws IOException {
    List<String> names;
    try (TextBuffer buffer = file.openText(0, hadoop)) {
      names = CsvReader.header(buffer, text.delimiter(file.name()));
    } catch (CharacterCodingException e) {
      throw new BadInputException(
          file.named() + ": the " + (text.header() ? "header" : "first line") + " is not UTF-8", e);
    } catch (MalformedTextException e) {
      throw new BadInputException(
          file.named() + ": the " + (text.header() ? "header " : "first line ") + e.getMessage(),
          e);
    }
    if (names == null || (names.size() == 1 && names.get(0).isEmpty())) {
      throw new BadInputException(
          file.named() + ": the first line is blank, expected column names");
    }
    if (names.size() > MOST_COLUMNS) {
      throw new BadInputException(
          file.named() + ": has " + names.size() + " columns, expected at most " + MOST_COLUMNS);
    }
    if (text.header()) {
      checkNames(file.named(), names);
    } else {
      names = IntStream.rangeClosed(1, names.size()).mapToObj(k -> "x" + k).toList();
    }
    return new SourcePart(
        file, -1, names.stream().map(name -> new NamedColumn(name, null, true)).toList());
  }

  private static void checkNames(String named, List<String> names) {
    int empty = names.indexOf("");
    if (empty >= 0) {
      throw new BadInputException(named + ": column " + (empty + 1) + " has no name in the header");
    }
    refuseTwins(named, names);
    if (names.stream().noneMatch(name -> Double.isNaN(NumberText.parse(name)))) {
      throw new BadInputException(
          named
              + ": the first line is all numbers, expected a header with column names (--header false"
              + " names them x1, x2, ...)");
    }
  }

  private static void refuseTwins(String named, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int k = 0; k < names.size(); k++) {
      String name = names.get(k);
      if (!seen.add(name)) {
        throw new BadInputException(
            "%s: two columns are named '%s' (column %s and %s), expected distinct names"
                .formatted(named, name, names.indexOf(name) + 1, k + 1));
      }
    }
  }
}
