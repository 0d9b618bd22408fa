package org.relupath.spark.io;

/**
 * Arguments, configuration or data that cannot be worked with: exit status 2, nothing written.
 *
 * <p>The message is one line for the user. It names the option, or the column and row, the value,
 * and what was expected.
 */
public final class BadInputException extends RuntimeException {
  /** A refusal in one line. */
  public BadInputException(String message) {
    super(message);
  }

  /** A refusal in one line, with what led to it (for the log). */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The refusal that a failure carries, such as one of a task on an executor; null without one. */
  public static BadInputException within(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadInputException refusal) {
        return refusal;
      }
    }
    return null;
  }
}
