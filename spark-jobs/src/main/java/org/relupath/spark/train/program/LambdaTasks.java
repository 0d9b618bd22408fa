package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.relupath.spark.engine.ExecutorTasks;
import org.relupath.spark.run.ProgressListener;

/** Work for every lambda of a path, a task a lambda, on the executors. */
public final class LambdaTasks {
  private final JavaSparkContext spark;
  private final ProgressListener listener;

  /** Tasks of a session. */
  public LambdaTasks(JavaSparkContext spark, ProgressListener listener) {
    this.spark = spark;
    this.listener = listener;
  }

  /**
   * What is done with one item, by something that all of them share.
   *
   * @param <T> what they share
   * @param <I> the item
   * @param <R> what comes of it
   */
  @FunctionalInterface
  public interface Each<T, I, R> extends java.io.Serializable {
    R of(T shared, I item);
  }

  /**
   * Does something for every lambda.
   *
   * @param what is done, for people
   * @param shared sent to every executor once
   * @param items one a lambda, largest lambda first
   * @param work what is done with each
   * @return what came of them, in the order of the items
   */
  public <T, I, R> List<R> map(String what, T shared, List<I> items, Each<T, I, R> work) {
    Broadcast<T> sent = spark.broadcast(shared);
    listener.start(items.size());
    try {
      // Small lambdas take longest: they start first, so that none is left over at the end.
      List<I> order = new ArrayList<>(items);
      Collections.reverse(order);
      List<R> results =
          new ArrayList<>(
              new ExecutorTasks(spark)
                  .map(
                      what + " " + items.size() + " lambdas",
                      order,
                      (item, done) -> {
                        R result = work.of(sent.value(), item);
                        done.add(1);
                        return result;
                      },
                      done -> listener.counted((int) done)));
      Collections.reverse(results);
      return results;
    } finally {
      sent.destroy();
    }
  }
}
