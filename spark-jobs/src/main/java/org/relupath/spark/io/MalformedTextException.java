package org.relupath.spark.io;

import java.io.IOException;

/** A record of a text that cannot be read, in words for the text's owner. */
public final class MalformedTextException extends IOException {
  public MalformedTextException(String problem) {
    super(problem);
  }
}
