package org.relupath.spark.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output or error, in UTF-8 whatever the locale, which remembers that it failed. */
public final class StandardStream extends OutputStream {
  private final OutputStream stream;
  private String failure;

  StandardStream(OutputStream stream) {
    this.stream = stream;
  }

  /** One of the process. */
  public static StandardStream of(FileDescriptor descriptor) {
    return new StandardStream(new FileOutputStream(descriptor));
  }

  /** For printing. */
  public PrintStream printer() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  /** What was wrong when lines that somebody waits for could not be written, or null. */
  public synchronized String failure() {
    return failure;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    try {
      stream.write(bytes, from, length);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      // A reader that left, or a stream that was closed from the start, asks for no more.
      if (!message.contains("Broken pipe") && !message.contains("Bad file descriptor")) {
        failure = message;
      }
      throw e;
    }
  }
}
