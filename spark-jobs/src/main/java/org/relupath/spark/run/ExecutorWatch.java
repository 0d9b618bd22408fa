package org.relupath.spark.run;

import java.util.Locale;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a session whose tasks wait for executors: a cluster without workers, or without
 * enough free memory or cores, would let it wait for ever without a word. It says so, and ends the
 * work when the limit of time has passed.
 */
final class ExecutorWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorWatch.class);

  /** Seconds without an executor until the first word; each further one comes after twice that. */
  private static final double FIRST = 30;

  private static final long MILLISECONDS = 500;

  private final SparkContext spark;
  private final Progress progress;
  private final double limit;
  private final double first;
  private final Thread thread = new Thread(this::run, "executor-watch");

  private ExecutorWatch(SparkContext spark, Progress progress, double limit, double first) {
    this.spark = spark;
    this.progress = progress;
    this.limit = limit;
    this.first = first;
    thread.setDaemon(true);
  }

  /** Begins to look after a session, on a cluster; in one process there is nothing to wait for. */
  static ExecutorWatch over(SparkContext spark, JobContext context) {
    double limit = context.settings().solver().timeLimitSeconds().orElse(Double.POSITIVE_INFINITY);
    return over(spark, context.progress(), limit, FIRST);
  }

  static ExecutorWatch over(SparkContext spark, Progress progress, double limit, double first) {
    ExecutorWatch watch = new ExecutorWatch(spark, progress, limit, first);
    if (!spark.isLocal()) {
      watch.thread.start();
    }
    return watch;
  }

  private void run() {
    double next = first;
    long since = System.nanoTime();
    try {
      while (!spark.isStopped()) {
        Thread.sleep(MILLISECONDS);
        if (!waits()) {
          since = System.nanoTime();
          next = first;
          continue;
        }
        double seconds = (System.nanoTime() - since) / 1e9;
        if (seconds > next) {
          progress.standstill(waiting(seconds));
          next *= 2;
        }
        if (seconds > limit) {
          giveUp();
          return;
        }
      }
    } catch (InterruptedException e) {
      // The session ends.
    } catch (RuntimeException e) {
      LOG.warn("executors are looked after no more", e);
    }
  }

  /** Whether there is work and no executor; the driver counts as one that has no cores. */
  private boolean waits() {
    return spark.statusTracker().getActiveJobIds().length > 0
        && spark.statusTracker().getExecutorInfos().length <= 1;
  }

  private String waiting(double seconds) {
    return String.format(
        Locale.ROOT,
        "no executor of %s for %.0f s: are there workers with %s cores and %s of memory to spare"
            + " (--executor-cores, --executor-memory)?",
        spark.master(),
        seconds,
        spark.getConf().get("spark.executor.cores", "free"),
        spark.getConf().get("spark.executor.memory", "1g"));
  }

  private void giveUp() {
    String reason =
        String.format(
            Locale.ROOT,
            "as no executor of %s came within --time-limit %s s",
            spark.master(),
            limit);
    for (int job : spark.statusTracker().getActiveJobIds()) {
      spark.cancelJob(job, reason);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
