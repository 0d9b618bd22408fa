package org.relupath.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What becomes of lines that cannot be written. */
class StandardStreamTest {
  private static String failureOf(String message) {
    StandardStream stream =
        new StandardStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(message);
              }
            });
    stream.printer().println("lost");
    return stream.failure();
  }

  @Test
  void isUtf8WhateverTheLocale() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardStream stream = new StandardStream(bytes);
    stream.printer().print("größe");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("größe");
    assertThat(stream.failure()).isNull();
  }

  @Test
  void aFullDiskIsRemembered() {
    assertThat(failureOf("No space left on device")).isEqualTo("No space left on device");
  }

  @Test
  void aReaderThatLeftIsNoFailure() {
    assertThat(failureOf("Broken pipe")).isNull();
    assertThat(failureOf("Bad file descriptor")).isNull();
  }
}
