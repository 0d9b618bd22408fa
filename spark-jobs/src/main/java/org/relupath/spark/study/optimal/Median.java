package org.relupath.spark.study.optimal;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.relupath.spark.study.Aggregate;

/**
 * The middle of some numbers, and how sure it is.
 *
 * @param count of numbers
 * @param median half are below
 * @param lowerQuartile a quarter is below
 * @param upperQuartile a quarter is above
 * @param low the interval's lower end: an order statistic
 * @param high the interval's upper end
 * @param coverage how probable it is that the interval holds the median of the distribution that
 *     the numbers are independent draws of, at least: .95 where there are six or more
 */
record Median(
    int count,
    double median,
    double lowerQuartile,
    double upperQuartile,
    double low,
    double high,
    double coverage) {
  private static final double COVERAGE = 0.95;

  /** The median of at least one number. */
  static Median of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    // The median lies between order statistics k and n + 1 - k with probability 1 - 2 P(B < k),
    // B binomial with n and 1/2 (David and Nagaraja 2003, section 7.1).
    BinomialDistribution below = new BinomialDistribution(null, n, 0.5);
    int k = 1;
    while (k + 1 <= n - k && 1 - 2 * below.cumulativeProbability(k) >= COVERAGE) {
      k++;
    }
    return new Median(
        n,
        Aggregate.quantile(sorted, 0.5),
        Aggregate.quantile(sorted, 0.25),
        Aggregate.quantile(sorted, 0.75),
        sorted[k - 1],
        sorted[n - k],
        Math.max(0, 1 - 2 * below.cumulativeProbability(k - 1)));
  }
}
