package org.relupath.spark.train.ladder;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Training ladders by what they were trained on: the last one, and others as long as memory lasts.
 * What executors hold for those that are let go of is cleaned by Spark. Safe for use by several
 * threads, of which one opens a ladder and others that ask for it wait.
 */
public final class LadderCache {
  private final Map<String, SoftReference<Place>> places = new HashMap<>();
  private final AtomicInteger solves = new AtomicInteger();

  /** Keeps the last one, whatever memory there is. */
  private final AtomicReference<Place> last = new AtomicReference<>();

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
    places.values().removeIf(one -> one.get() == null);
    SoftReference<Place> known = places.get(key);
    Place place = known == null ? null : known.get();
    if (place == null) {
      place = new Place();
      places.put(key, new SoftReference<>(place));
    }
    last.set(place);
    return place;
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
