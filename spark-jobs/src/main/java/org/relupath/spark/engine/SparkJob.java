package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A job of Spark: closing it takes back its description and what was sent out for it. */
public final class SparkJob implements AutoCloseable {
  private final JavaSparkContext spark;
  private final List<Broadcast<?>> sent = new ArrayList<>();

  /** A job under a description that Spark's UI shows. */
  public SparkJob(JavaSparkContext spark, String description) {
    this.spark = spark;
    spark.setJobDescription(description);
  }

  /** Does a job for which nothing is sent out. */
  public static <T> T described(JavaSparkContext spark, String description, Supplier<T> job) {
    try {
      spark.setJobDescription(description);
      return job.get();
    } finally {
      spark.setJobDescription(null);
    }
  }

  /** Sends something to all executors, until the job is closed. */
  public <T> Broadcast<T> send(T value) {
    Broadcast<T> broadcast = spark.broadcast(value);
    sent.add(broadcast);
    return broadcast;
  }

  @Override
  public void close() {
    spark.setJobDescription(null);
    sent.forEach(Broadcast::destroy);
  }
}
