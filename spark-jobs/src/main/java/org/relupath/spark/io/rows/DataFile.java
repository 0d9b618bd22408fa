package org.relupath.spark.io.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.InputPath;

/**
 * One file of observations, by its exact name.
 *
 * @param named how messages call it
 * @param path its full path
 * @param length in bytes
 */
record DataFile(String named, String path, long length) implements Serializable {
  /** First bytes that tell what a file is, a character each. */
  private record Mark(String what, String bytes) {}

  private static final String GZIP = "gzip";
  private static final String BZIP2 = "bzip2";
  private static final String ZSTD = "zstd";
  private static final String PARQUET = "parquet";

  private static final List<Mark> MARKS =
      List.of(
          new Mark(GZIP, "\u001F\u008B"),
          new Mark(BZIP2, "BZh"),
          new Mark(PARQUET, "PAR1"),
          new Mark("zip, as of a spreadsheet", "PK\u0003\u0004"),
          new Mark("xz", "\u00FD7zXZ\0"),
          new Mark(ZSTD, "(\u00B5/\u00FD"),
          new Mark("lz4", "\u0004\"M\u0018"),
          new Mark("snappy", "\u00FF\u0006\0\0sNaPpY"),
          new Mark("orc", "ORC"),
          new Mark("avro", "Obj\u0001"),
          new Mark("hdf5", "\u0089HDF"),
          new Mark("numpy", "\u0093NUMPY"),
          new Mark("UTF-32", "\u00FF\u00FE\0\0"),
          new Mark("UTF-32", "\0\0\u00FE\u00FF"),
          new Mark("UTF-16", "\u00FF\u00FE"),
          new Mark("UTF-16", "\u00FE\u00FF"));

  /** How much of a file is looked at to tell what it is, in bytes. */
  private static final int HEAD = 4096;

  /** A file that is there. */
  static DataFile of(String named, FileStatus file) {
    return new DataFile(named, file.getPath().toString(), file.getLen());
  }

  String name() {
    return new Path(path).getName();
  }

  /** What its name says it is compressed by; null for nothing. */
  private String compression() {
    String name = name().toLowerCase(Locale.ROOT);
    return name.endsWith(".gz")
        ? GZIP
        : name.endsWith(".bz2") ? BZIP2 : name.endsWith(".zst") ? ZSTD : null;
  }

  /** Whether a reader can begin anywhere in it. */
  boolean isSplittable() {
    return compression() == null;
  }

  /** Its bytes as they are. */
  FSDataInputStream openRaw(Configuration hadoop) throws IOException {
    Path file = new Path(path);
    return InputPath.fileSystem(file, hadoop).open(file);
  }

  /** Its text from the first record that begins at a byte or after it. */
  TextBuffer openText(long start, Configuration hadoop) throws IOException {
    FSDataInputStream raw = openRaw(hadoop);
    try {
      if (start == 0) {
        TextBuffer text = new TextBuffer(plain(raw, hadoop), 0);
        text.skipMark();
        return text;
      }
      raw.seek(start - 1);
      TextBuffer text = new TextBuffer(raw, start - 1);
      text.skipToRecord();
      return text;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private InputStream plain(InputStream raw, Configuration hadoop) throws IOException {
    String compression = compression();
    if (compression == null) {
      return raw;
    }
    if (compression.equals(ZSTD)) {
      // That of Hadoop needs a library of the system; this one brings its own.
      ZstandardCodec codec = new ZstandardCodec();
      codec.setConf(hadoop);
      return codec.createInputStream(raw);
    }
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodecByName(compression);
    return codec.createInputStream(raw);
  }

  /**
   * Refuses a file that is something else than it is taken for.
   *
   * @param format what it is taken for
   */
  void refuseOther(TableFormat format, Configuration hadoop) throws IOException {
    String head;
    try (InputStream raw = openRaw(hadoop)) {
      head = head(raw);
    }
    String expected = format == TableFormat.PARQUET ? PARQUET : compression();
    String found = what(head);
    if (found == null ? expected != null : !found.equals(expected)) {
      throw new BadInputException(
          "%s: is %s, expected %s%s"
              .formatted(
                  named,
                  found == null ? "no " + expected + " file" : found,
                  expected == null ? "text in UTF-8" : found == null ? "one" : expected,
                  found == null && isText(head) ? ": it begins as text does" : ""));
    }
    if (format != TableFormat.PARQUET && expected != null) {
      try (InputStream raw = openRaw(hadoop);
          InputStream plain = plain(raw, hadoop)) {
        head = head(plain);
      }
      String inside = what(head);
      if (inside != null) {
        throw new BadInputException(named + ": holds " + inside + ", expected text in UTF-8");
      }
    }
    if (format != TableFormat.PARQUET && !isText(head)) {
      throw new BadInputException(
          named + ": holds bytes of 0, as UTF-16 and files that are no text do, expected UTF-8");
    }
  }

  /** The first bytes, a character each. */
  private static String head(InputStream in) throws IOException {
    return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
  }

  private static boolean isText(String head) {
    return head.indexOf('\0') < 0;
  }

  private static String what(String head) {
    return MARKS.stream()
        .filter(mark -> head.startsWith(mark.bytes))
        .map(Mark::what)
        .findFirst()
        .orElse(null);
  }
}
