package org.relupath.spark.io.rows;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.relupath.spark.io.MalformedTextException;

/**
 * A text's bytes with the current record always whole in memory: bytes {@code start} to before
 * {@code end} of {@code bytes}. A record ends at a line feed, a carriage return, or both.
 */
final class TextBuffer implements Closeable {
  /** The longest record, in bytes: some 600,000 numbers in full precision. */
  static final int MOST = 1 << 24;

  /** What every read asks for, in bytes. */
  private static final int PIECE = 1 << 18;

  byte[] bytes = new byte[PIECE];
  int start;
  int limit;
  private final InputStream in;
  private long before;

  /**
   * A buffer at the beginning of a record.
   *
   * @param position of the first byte in the text
   */
  TextBuffer(InputStream in, long position) {
    this.in = in;
    before = position;
  }

  /** Where the current record begins in the text. */
  long position() {
    return before + start;
  }

  /** Leaves out the mark that some editors put first. */
  void skipMark() throws IOException {
    while (limit - start < 3 && more()) {
      continue;
    }
    byte[] b = bytes;
    if (limit - start >= 3
        && b[start] == (byte) 0xEF
        && b[start + 1] == (byte) 0xBB
        && b[start + 2] == (byte) 0xBF) {
      start += 3;
    }
  }

  /** Goes to the first record that begins after the current byte, which may end one. */
  void skipToRecord() throws IOException {
    while (start < limit || more()) {
      if (bytes[start] == '\n' || bytes[start] == '\r') {
        int length = lineEnd(0);
        start += length;
        return;
      }
      start++;
    }
  }

  /**
   * Reads more bytes behind those that are there. What is before the current record is given up:
   * {@code start} moves, and with it the bytes.
   *
   * @return false at the end of the text
   */
  boolean more() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      before += start;
      limit -= start;
      start = 0;
    }
    if (limit == bytes.length) {
      if (limit >= MOST) {
        throw new MalformedTextException("is longer than " + MOST + " bytes");
      }
      bytes = Arrays.copyOf(bytes, 2 * limit);
    }
    int read;
    do {
      read = in.read(bytes, limit, bytes.length - limit);
    } while (read == 0);
    limit += Math.max(read, 0);
    return read > 0;
  }

  /** How many bytes the line end is long that begins {@code at} bytes into the record. */
  int lineEnd(int at) throws IOException {
    boolean pair =
        bytes[start + at] == '\r'
            && (start + at + 1 < limit || more())
            && bytes[start + at + 1] == '\n';
    return pair ? 2 : 1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
