package org.relupath.core.audit.critical;

import java.util.List;

/**
 * An optimal value of sub-sampled programs, or of critical networks on kinks, with the points met.
 *
 * @param objective the smallest of the points' objectives
 * @param points optima of this value with different supports, by their block ids, and networks
 */
public record CriticalValue(double objective, List<CriticalPoint> points) {
  /** Keeps the list unchangeable. */
  public CriticalValue {
    points = List.copyOf(points);
  }

  /** Whether some point is a Clarke stationary network. */
  public boolean critical() {
    return points.stream().anyMatch(point -> point.stationarity().critical());
  }
}
