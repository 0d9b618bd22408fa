package org.relupath.spark.io;

import java.io.IOException;

/** A record of a text that cannot be read, in words for the text's owner. */
final class MalformedTextException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedTextException(String problem) {
    super(problem);
  }
}
