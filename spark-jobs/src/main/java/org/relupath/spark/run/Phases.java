package org.relupath.spark.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** Wall seconds by phase of a run. */
public final class Phases {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();

  /** Ends a phase that began where the last one ended. */
  public void end(String phase) {
    long now = System.nanoTime();
    seconds.merge(phase, (now - last) / 1e9, Double::sum);
    last = now;
  }

  /** These phases, of which the next begins now. */
  Phases goingOn() {
    Phases next = new Phases();
    next.seconds.putAll(seconds);
    return next;
  }

  /** Seconds by phase, in the order of the phases. */
  public Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
