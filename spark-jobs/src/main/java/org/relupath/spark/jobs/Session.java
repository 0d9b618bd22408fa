package org.relupath.spark.jobs;

import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a run: the one that exists, or one started here. Master and memory are
 * spark-submit's business; only a session started here is stopped.
 */
public final class Session implements AutoCloseable {
  private final SparkSession spark;
  private final boolean ours;

  private Session(SparkSession spark, boolean ours) {
    this.spark = spark;
    this.ours = ours;
  }

  /** Finds or starts a session. */
  public static Session open(String command) {
    boolean exists =
        SparkSession.getActiveSession().isDefined() || SparkSession.getDefaultSession().isDefined();
    SparkSession spark = SparkSession.builder().appName("relupath " + command).getOrCreate();
    return new Session(spark, !exists);
  }

  /** The session. */
  public SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    if (ours) {
      spark.stop();
    }
  }
}
