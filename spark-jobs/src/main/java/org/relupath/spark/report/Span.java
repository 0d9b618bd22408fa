package org.relupath.spark.report;

import org.jfree.data.Range;

/** The smallest interval that holds some numbers. */
public final class Span {
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  /** Takes in numbers; those that are not finite are left out. */
  public Span with(double... values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return this;
  }

  /** Whether it holds no number yet. */
  boolean empty() {
    return least > most;
  }

  /**
   * A range of positive length for an axis.
   *
   * @param below share of the length added below
   * @param above share of the length added above
   */
  public Range range(double below, double above) {
    if (empty()) {
      return new Range(0, 1);
    }
    double length = most - least;
    if (!(length > 1e-9 * Math.max(Math.abs(least), Math.abs(most)))) {
      double half = least == 0 ? 0.5 : 0.5 * Math.abs(least);
      return new Range(least - half, most + half);
    }
    return new Range(least - below * length, most + above * length);
  }
}
