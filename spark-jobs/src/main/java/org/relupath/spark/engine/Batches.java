package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Items of work put into tasks: the longest first, so that none is left over at the end, and many
 * short ones into one task, so that starting tasks takes a small part of the time. It depends on
 * the items alone, never on the cluster.
 */
public final class Batches {
  /** A task that works for this many seconds hides what it takes to start it, some 20 ms. */
  private static final double WORTHWHILE = 1;

  private Batches() {}

  /**
   * Puts items into tasks.
   *
   * @param items in any order; equal ones stay in theirs
   * @param seconds a guess at how long an item takes
   * @return tasks in the order in which they should start, each a list that can be serialised
   */
  public static <T> List<ArrayList<T>> of(List<T> items, ToDoubleFunction<T> seconds) {
    List<T> longestFirst = new ArrayList<>(items);
    longestFirst.sort(Comparator.comparingDouble(seconds).reversed());
    List<ArrayList<T>> tasks = new ArrayList<>();
    double room = 0;
    for (T item : longestFirst) {
      double own = seconds.applyAsDouble(item);
      if (own > room) {
        tasks.add(new ArrayList<>());
        room = WORTHWHILE;
      }
      tasks.get(tasks.size() - 1).add(item);
      room -= own;
    }
    return tasks;
  }
}
