package org.relupath.spark.engine;

import java.util.List;

/** What went wrong on an executor, without what Spark and Parquet say around it. */
public final class TaskFailure {
  private TaskFailure() {}

  private static final List<String> AROUND = List.of("org.apache.spark.", "org.apache.parquet.");

  /** The first line of the first cause that is of neither's making. */
  public static String reason(Throwable failure) {
    Throwable own = failure;
    while (own.getCause() != null && isAround(own)) {
      own = own.getCause();
    }
    String message = own.getMessage() == null ? own.toString() : own.getMessage();
    return message.lines().findFirst().orElse(own.toString());
  }

  private static boolean isAround(Throwable failure) {
    return AROUND.stream().anyMatch(failure.getClass().getName()::startsWith);
  }
}
