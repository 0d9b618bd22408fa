package org.relupath.core.data;

import java.util.HashMap;
import java.util.Map;
import org.relupath.core.linalg.TwofoldSum;

/** What the rows of a class count for in a fit, beside their own weights; never in a metric. */
public enum ClassWeights {
  /** 1, whatever the class. */
  NONE,

  /**
   * W / (K W_c) for the K labels among the rows, where W is the weight of all rows and W_c that of
   * the rows with label c: every class weighs W / K together.
   */
  BALANCED;

  /**
   * Rows with the weights of their classes multiplied into their own.
   *
   * @param rows labelled, such as those of a fold: its own classes count
   */
  public Observations weigh(Observations rows) {
    if (this == NONE) {
      return rows;
    }
    Map<Double, TwofoldSum> sums = new HashMap<>();
    for (int r = 0; r < rows.rows(); r++) {
      sums.computeIfAbsent(label(rows, r), c -> new TwofoldSum()).add(rows.weight(r));
    }
    double share = rows.totalWeight() / sums.size();
    double[] weights = new double[rows.rows()];
    for (int r = 0; r < weights.length; r++) {
      weights[r] = rows.weight(r) * (share / sums.get(label(rows, r)).value());
    }
    return rows.withWeights(weights);
  }

  /** Adding zero turns -0.0 into 0.0, which is the same label. */
  private static Double label(Observations rows, int r) {
    return rows.targets()[r] + 0.0;
  }
}
