package org.relupath.spark.prune;

import java.util.Objects;
import org.relupath.spark.optimal.Measures;

/**
 * A network on the way down.
 *
 * @param neurons its width
 * @param objective its objective
 * @param optimal whether that is the optimum still
 * @param measures what it does on rows
 */
public record PrunedPoint(int neurons, double objective, boolean optimal, Measures measures) {

  /** Refuses null and negative widths. */
  public PrunedPoint {
    Objects.requireNonNull(measures, "measures");
    if (neurons < 0) {
      throw new IllegalArgumentException("neurons is " + neurons + ", expected >= 0");
    }
  }
}
