package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Work that goes on at once, each part on a thread of the driver: what the parts ask executors for
 * runs there side by side.
 */
public final class SideBySide {
  private SideBySide() {}

  /**
   * Does all parts: as many at once as this machine has cores, or the executors together.
   *
   * @return what they return, in their order
   * @throws RuntimeException that of the first part that fails; the others are interrupted
   */
  public static <T> List<T> all(JavaSparkContext spark, List<Callable<T>> parts) {
    int cores = Math.max(Runtime.getRuntime().availableProcessors(), spark.defaultParallelism());
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(cores, parts.size()),
            work -> {
              Thread thread = new Thread(work, "relupath-output");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> begun = parts.stream().map(pool::submit).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> one : begun) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while outputs were worked on", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
