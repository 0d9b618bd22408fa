package org.relupath.core.data;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What becomes of a missing cell; in each case but the first, a column says where it was. */
public enum Missing {
  /** It is refused. */
  REFUSE,
  /** A number is the mean of the training rows' numbers. */
  MEAN,
  /** A number is the median of the training rows' numbers. */
  MEDIAN;

  /**
   * What stands for a missing one of finite numbers; 0 where there are none.
   *
   * @param present the numbers that are there
   * @param weights how often each of them counts
   */
  double of(double[] present, double[] weights) {
    if (present.length == 0 || this == REFUSE) {
      return 0;
    }
    return this == MEAN
        ? ColumnMoments.of(present.length, r -> present[r], r -> weights[r]).average()
        : median(present, weights);
  }

  /**
   * The number in the middle of all weight, or the mean of two where the middle is between them.
   */
  private static double median(double[] present, double[] weights) {
    List<Integer> order =
        IntStream.range(0, present.length)
            .boxed()
            .sorted(Comparator.comparingDouble(r -> present[r]))
            .toList();
    double total = 0;
    for (int r : order) {
      total += weights[r];
    }
    double below = 0;
    int at = 0;
    while (2 * (below + weights[order.get(at)]) < total) {
      below += weights[order.get(at)];
      at++;
    }
    boolean between = 2 * (below + weights[order.get(at)]) == total && at + 1 < order.size();
    double own = present[order.get(at)];
    return between ? 0.5 * own + 0.5 * present[order.get(at + 1)] : own;
  }
}
