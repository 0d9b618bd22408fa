package org.relupath.spark.train.ladder;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Training ladders by what they were trained on: the last one used, and of the others before it as
 * long as memory lasts. What executors hold for those that are let go of is cleaned by Spark. Safe
 * for use by several threads, of which one opens a ladder and others that ask for it wait.
 */
public final class LadderCache {
  /** Trainings that are kept at most: a fold for each of a few threads, and all rows after them. */
  private static final int MOST = 4;

  /** Longest not used first. */
  private final Map<String, SoftReference<Place>> places = new LinkedHashMap<>(MOST, 0.75f, true);

  private final AtomicInteger solves = new AtomicInteger();

  /** Keeps the last one, whatever memory there is. */
  private Place last;

  /** Where a training's ladders are, or will be. */
  private static final class Place {
    private TrainingLadders ladders;

    synchronized TrainingLadders ladders(Supplier<TrainingLadders> open) {
      if (ladders == null) {
        ladders = open.get();
      }
      return ladders;
    }
  }

  /**
   * The ladders of a training.
   *
   * @param key says what it was trained on
   * @param open prepares them where there are none
   */
  public TrainingLadders ladders(String key, Supplier<TrainingLadders> open) {
    return place(key).ladders(open);
  }

  private synchronized Place place(String key) {
    SoftReference<Place> known = places.get(key);
    last = known == null ? null : known.get();
    if (last == null) {
      last = new Place();
      places.put(key, new SoftReference<>(last));
    }
    if (places.size() > MOST) {
      places.remove(places.keySet().iterator().next());
    }
    return last;
  }

  /** Trainings that are kept. */
  public synchronized int size() {
    return (int) places.values().stream().filter(one -> one.get() != null).count();
  }

  /** Counts the lambdas that were solved, rungs and fits, of every output. */
  public AtomicInteger solves() {
    return solves;
  }
}
