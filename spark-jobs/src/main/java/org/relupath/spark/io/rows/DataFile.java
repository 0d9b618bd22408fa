package org.relupath.spark.io.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
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
  /** First bytes that tell what a file is. */
  private record Mark(String what, int... bytes) {
    boolean begins(byte[] head) {
      for (int k = 0; k < bytes.length; k++) {
        if (k >= head.length || (head[k] & 0xFF) != bytes[k]) {
          return false;
        }
      }
      return true;
    }
  }

  private static final String GZIP = "gzip";
  private static final String BZIP2 = "bzip2";
  private static final String PARQUET = "parquet";

  private static final List<Mark> MARKS =
      List.of(
          new Mark(GZIP, 0x1F, 0x8B),
          new Mark(BZIP2, 'B', 'Z', 'h'),
          new Mark(PARQUET, 'P', 'A', 'R', '1'),
          new Mark("zip, as of a spreadsheet", 'P', 'K', 3, 4),
          new Mark("xz", 0xFD, '7', 'z', 'X', 'Z', 0),
          new Mark("zstd", 0x28, 0xB5, 0x2F, 0xFD),
          new Mark("lz4", 4, 0x22, 0x4D, 0x18),
          new Mark("snappy", 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'),
          new Mark("orc", 'O', 'R', 'C'),
          new Mark("avro", 'O', 'b', 'j', 1),
          new Mark("hdf5", 0x89, 'H', 'D', 'F'),
          new Mark("numpy", 0x93, 'N', 'U', 'M', 'P', 'Y'),
          new Mark("UTF-32", 0xFF, 0xFE, 0, 0),
          new Mark("UTF-32", 0, 0, 0xFE, 0xFF),
          new Mark("UTF-16", 0xFF, 0xFE),
          new Mark("UTF-16", 0xFE, 0xFF));

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
    return name.endsWith(".gz") ? GZIP : name.endsWith(".bz2") ? BZIP2 : null;
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
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodecByName(compression);
    return codec.createInputStream(raw);
  }

  /**
   * Refuses a file that is something else than it is taken for.
   *
   * @param format what it is taken for
   */
  void refuseOther(TableFormat format, Configuration hadoop) throws IOException {
    byte[] head;
    try (InputStream raw = openRaw(hadoop)) {
      head = raw.readNBytes(HEAD);
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
        head = plain.readNBytes(HEAD);
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

  private static boolean isText(byte[] head) {
    for (byte c : head) {
      if (c == 0) {
        return false;
      }
    }
    return true;
  }

  private static String what(byte[] head) {
    return MARKS.stream().filter(m -> m.begins(head)).map(Mark::what).findFirst().orElse(null);
  }
}
