package org.relupath.core.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The numbers of a csv test resource, gzipped where its name ends in .gz. */
public final class CsvTable {
  private CsvTable() {}

  /** All rows of a resource; {@code header} says whether the first line holds names. */
  public static double[][] read(String resource, boolean header) {
    try (InputStream raw = CsvTable.class.getResourceAsStream(resource)) {
      InputStream plain = resource.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
      List<String> lines = reader.lines().skip(header ? 1 : 0).toList();
      return lines.stream()
          .map(line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble))
          .map(java.util.stream.DoubleStream::toArray)
          .toArray(double[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All columns but the last. */
  public static double[][] withoutLastColumn(double[][] rows) {
    return Arrays.stream(rows)
        .map(row -> Arrays.copyOf(row, row.length - 1))
        .toArray(double[][]::new);
  }

  /** The last column. */
  public static double[] lastColumn(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> row[row.length - 1]).toArray();
  }
}
