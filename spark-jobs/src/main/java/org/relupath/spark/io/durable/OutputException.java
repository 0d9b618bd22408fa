package org.relupath.spark.io.durable;

import java.io.IOException;

/** A result that could not be put where it was to go; the message names the folder and says why. */
public final class OutputException extends IOException {
  OutputException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message alone: it is for the user. */
  @Override
  public String toString() {
    return getMessage();
  }
}
