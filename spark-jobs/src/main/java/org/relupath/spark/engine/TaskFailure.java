package org.relupath.spark.engine;

import java.util.List;

/** What went wrong in Spark or on an executor, without what Spark and Parquet say around it. */
public final class TaskFailure {
  private TaskFailure() {}

  private static final List<String> AROUND = List.of("org.apache.spark.", "org.apache.parquet.");

  /** The first line of the first cause that is of neither's making. */
  public static String reason(Throwable failure) {
    Throwable own = own(failure);
    return own.getMessage() == null ? own.toString() : line(own.getMessage());
  }

  /** Type and first line of the first cause that is neither Spark's nor Parquet's making. */
  public static String of(Throwable failure) {
    Throwable own = own(failure);
    return isAround(own) ? reason(own) : line(own.toString());
  }

  private static Throwable own(Throwable failure) {
    Throwable own = failure;
    while (own.getCause() != null && isAround(own)) {
      own = own.getCause();
    }
    return own;
  }

  /** The first line, without the class and the state by which Spark numbers its errors. */
  private static String line(String message) {
    String first = message.lines().findFirst().orElse("");
    return first.replaceAll("^\\[[A-Z0-9_.]+\\] |\\.? SQLSTATE: \\w+$", "");
  }

  private static boolean isAround(Throwable failure) {
    return AROUND.stream().anyMatch(failure.getClass().getName()::startsWith);
  }
}
