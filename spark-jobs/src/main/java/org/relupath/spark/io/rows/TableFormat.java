package org.relupath.spark.io.rows;

import java.util.Locale;

/** The file formats of observations. */
public enum TableFormat {
  /** Text with a header line, one row a line, plain or compressed. */
  CSV,
  /** A parquet file, or a folder of them. */
  PARQUET,
  /** Text without names: a label, then index:value pairs with indices from 1. */
  LIBSVM;

  /** The format that a file name's extension tells, compression left aside; null if none does. */
  static TableFormat ofName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst)$", "");
    if (plain.endsWith(".csv")) {
      return CSV;
    }
    if (plain.endsWith(".parquet")) {
      return PARQUET;
    }
    return plain.endsWith(".libsvm") || plain.endsWith(".svm") ? LIBSVM : null;
  }
}
