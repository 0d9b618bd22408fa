package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.relupath.spark.engine.ExecutorTasks;
import org.relupath.spark.run.ProgressListener;

/**
 * Work for every lambda of a path, a task a lambda, on the executors.
 *
 * @param spark whose executors work
 * @param listener receives how far it is
 */
public record LambdaTasks(JavaSparkContext spark, ProgressListener listener) {

  /**
   * Does something for every lambda.
   *
   * @param what is done, for people
   * @param shared sent to every executor once
   * @param items one a lambda, largest lambda first
   * @param work what is done with each
   * @return what came of them, in the order of the items
   */
  public <T, I, R> List<R> map(String what, T shared, List<I> items, Function2<T, I, R> work) {
    listener.start(items.size());
    // Small lambdas take longest: they start first, so that none is left over at the end.
    List<I> order = new ArrayList<>(items);
    Collections.reverse(order);
    String description = what + " " + items.size() + " lambdas";
    List<R> results =
        new ArrayList<>(
            new ExecutorTasks(spark)
                .map(description, shared, order, work, done -> listener.counted((int) done)));
    Collections.reverse(results);
    return results;
  }
}
