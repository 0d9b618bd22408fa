package org.relupath.spark.io.durable;

import java.util.List;

/** What the operating system says where a disk takes nothing more. */
public final class DiskFailure {
  private static final List<String> REASONS =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Read-only file system",
          "Permission denied",
          "Input/output error",
          "File too large");

  private DiskFailure() {}

  /** The reason among the causes of a failure; null where it is another. */
  public static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.nio.file.AccessDeniedException) {
        return "Permission denied";
      }
      String message = String.valueOf(cause.getMessage());
      for (String reason : REASONS) {
        if (message.contains(reason)) {
          return reason;
        }
      }
    }
    return null;
  }
}
