package org.relupath.spark.io.rows;

import java.util.Locale;

/** The file formats of observations. */
public enum TableFormat {
  /** Text with cells between delimiters, one row a line, plain or compressed. */
  CSV,
  /** A parquet file, or a folder of them. */
  PARQUET,
  /** Text without names: a label, then index:value pairs with indices from 1. */
  LIBSVM;

  /**
   * How a csv is written.
   *
   * @param delimiter between cells, an ASCII character; null for the one of the file's extension
   * @param header whether the first line names the columns; else they are x1, x2, ...
   */
  public record Text(Character delimiter, boolean header) {
    /** With a header, and commas or, in a .tsv, tabs. */
    public static final Text DEFAULT = new Text(null, true);

    /** The character between the cells of a file. */
    char delimiter(String name) {
      return delimiter != null ? delimiter : plain(name).endsWith(".tsv") ? '\t' : ',';
    }
  }

  /** A name in lower case without the extension that tells its compression. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst)$", "");
  }

  /** The format that a file name's extension tells, compression left aside; null if none does. */
  static TableFormat ofName(String name) {
    String plain = plain(name);
    if (plain.endsWith(".csv") || plain.endsWith(".tsv")) {
      return CSV;
    }
    if (plain.endsWith(".parquet")) {
      return PARQUET;
    }
    return plain.endsWith(".libsvm") || plain.endsWith(".svm") ? LIBSVM : null;
  }
}
