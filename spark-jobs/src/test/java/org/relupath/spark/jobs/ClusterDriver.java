package org.relupath.spark.jobs;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.relupath.spark.run.ExitStatus;

/** Runs command lines one after the other on one session, as a process of its own. */
final class ClusterDriver {
  private ClusterDriver() {}

  /**
   * Runs them.
   *
   * @param lines a command line each, its parts separated by tabs
   */
  public static void main(String[] lines) throws IOException {
    int failed = 0;
    try (SparkSession spark = SparkSession.builder().appName("cluster test").getOrCreate()) {
      for (String line : lines) {
        CommandRun run = CommandRun.of(line.split("\t"));
        System.out.println(run);
        failed += run.status() == ExitStatus.DONE ? 0 : 1;
      }
      int executors = spark.sparkContext().statusTracker().getExecutorInfos().length - 1;
      System.out.println("executors: " + executors);
    }
    System.exit(failed);
  }
}
