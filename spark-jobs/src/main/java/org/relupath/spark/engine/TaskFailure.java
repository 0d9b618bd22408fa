package org.relupath.spark.engine;

/** What went wrong on an executor, without what Spark says around it. */
public final class TaskFailure {
  private TaskFailure() {}

  /** The first line of the first cause that is not Spark's own. */
  public static String reason(Throwable failure) {
    Throwable own = failure;
    while (own.getCause() != null && own.getClass().getName().startsWith("org.apache.spark.")) {
      own = own.getCause();
    }
    String message = own.getMessage() == null ? own.toString() : own.getMessage();
    return message.lines().findFirst().orElse(own.toString());
  }
}
