package org.relupath.core.data;

import java.util.Arrays;

/** What becomes of a missing cell; in each case but the first, a column says where it was. */
public enum Missing {
  /** It is refused. */
  REFUSE,
  /** A number is the mean of the training rows' numbers. */
  MEAN,
  /** A number is the median of the training rows' numbers. */
  MEDIAN;

  /** What stands for a missing one of finite numbers; 0 where there are none. */
  double of(double[] present) {
    if (present.length == 0 || this == REFUSE) {
      return 0;
    }
    if (this == MEAN) {
      return ColumnMoments.of(present.length, r -> present[r]).average();
    }
    double[] sorted = present.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * sorted[half - 1] + 0.5 * sorted[half];
  }
}
