package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Work that goes on at once, each part on a thread of the driver: what the parts ask executors for
 * runs there side by side.
 */
public final class SideBySide {
  private SideBySide() {}

  /** How many parts are worth doing at once: the cores of this machine, or of all executors. */
  public static int cores(JavaSparkContext spark) {
    return Math.max(Runtime.getRuntime().availableProcessors(), spark.defaultParallelism());
  }

  /**
   * Does all parts. When one fails, parts that have not begun are left, and those that have are
   * waited for.
   *
   * @param most of them that are done at once
   * @return what they return, in their order
   * @throws RuntimeException that of the first one to fail
   */
  public static <T> List<T> all(List<Callable<T>> parts, int most) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(most, parts.size()),
            work -> {
              Thread thread = new Thread(work, "relupath-output");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletionService<T> ends = new ExecutorCompletionService<>(pool);
      List<Future<T>> begun = parts.stream().map(ends::submit).toList();
      for (int done = 0; done < begun.size(); done++) {
        ends.take().get();
      }
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
      await(pool);
    }
  }

  /** What a part works with may be closed once no thread works any more. */
  private static void await(ExecutorService pool) {
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
