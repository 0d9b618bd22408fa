package org.relupath.spark.engine;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Work that falls into independent items, a task an item, started in the order given. What a task
 * returns depends on its item alone, so one that is run again, after a lost executor or by
 * speculation, returns the same.
 *
 * @param spark whose executors work
 */
public record ExecutorTasks(JavaSparkContext spark) {

  /**
   * Works on all items.
   *
   * @param description what the job is called in Spark's UI
   * @param items serialisable items
   * @param work what is done with each of them; adds 1 to the accumulator, which is for progress
   *     alone, for each unit of work that is done
   * @param progress receives now and then how many units of work are done; what it throws ends the
   *     work
   * @return what came of them, in the order of the items
   */
  public <T, R> List<R> map(
      String description,
      List<T> items,
      Function2<T, LongAccumulator, R> work,
      LongConsumer progress) {
    if (items.isEmpty()) {
      return List.of();
    }
    LongAccumulator done = spark.sc().longAccumulator("done");
    return SparkJob.described(
        spark,
        description,
        () ->
            await(
                spark
                    .parallelize(items, items.size())
                    .map(item -> work.call(item, done))
                    .collectAsync(),
                done,
                progress));
  }

  /**
   * Works on all items with something that all of them share, which is sent to every executor once.
   *
   * @param progress receives now and then how many items are done
   * @return what came of them, in the order of the items
   */
  public <S, T, R> List<R> map(
      String description, S shared, List<T> items, Function2<S, T, R> work, LongConsumer progress) {
    try (SparkJob job = new SparkJob(spark, description)) {
      Broadcast<S> sent = job.send(shared);
      return map(
          description,
          items,
          (item, done) -> {
            R result = work.call(sent.value(), item);
            done.add(1);
            return result;
          },
          progress);
    }
  }

  private static void report(
      JavaFutureAction<?> action, LongAccumulator done, LongConsumer progress) {
    try {
      progress.accept(done.value());
    } catch (RuntimeException e) {
      action.cancel(true);
      throw e;
    }
  }

  private static <T> T await(
      JavaFutureAction<T> action, LongAccumulator done, LongConsumer progress) {
    while (true) {
      try {
        return action.get(500, TimeUnit.MILLISECONDS);
      } catch (TimeoutException running) {
        report(action, done, progress);
      } catch (InterruptedException e) {
        action.cancel(true);
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while executors were working", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a task failed: " + TaskFailure.reason(e.getCause()), e);
      }
    }
  }
}
