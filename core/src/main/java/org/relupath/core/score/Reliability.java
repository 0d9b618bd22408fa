package org.relupath.core.score;

import java.util.ArrayList;
import java.util.List;

/**
 * How far probabilities are from shares, on rows in bins by probability.
 *
 * @param bins smallest probability first; of about as many rows each, at most {@link #BINS}
 * @param error the mean of |mean probability - share of positive rows| over the bins, weighed by
 *     their rows (the expected calibration error)
 */
public record Reliability(List<Bin> bins, double error) {
  /** Bins that rows are cut into; more are noise on hundreds of rows. */
  static final int BINS = 10;

  /**
   * Rows of neighbouring probabilities.
   *
   * @param weight how many rows, or the sum of their weights
   * @param probability their mean
   * @param positives the share of rows that have the larger label
   */
  public record Bin(double weight, double probability, double positives) {}

  /** The reliability on some rows; rows of one score are in one bin. */
  public static Reliability of(Scores scores, PlattScaling scaling) {
    int[] order = scores.order();
    int n = order.length;
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    int from = 0;
    for (int b = 1; b <= BINS && from < n; b++) {
      int to = Math.max(from + 1, (int) ((long) n * b / BINS));
      while (to < n && scores.predictions()[order[to]] == scores.predictions()[order[to - 1]]) {
        to++;
      }
      Bin bin = bin(scores, scaling, order, from, to);
      bins.add(bin);
      error += bin.weight() * Math.abs(bin.probability() - bin.positives());
      from = to;
    }
    return new Reliability(List.copyOf(bins), error / scores.weight());
  }

  private static Bin bin(Scores scores, PlattScaling scaling, int[] order, int from, int to) {
    double weight = 0;
    double probability = 0;
    double positives = 0;
    for (int i = from; i < to; i++) {
      double own = scores.weight(order[i]);
      weight += own;
      probability += own * scaling.probability(scores.predictions()[order[i]]);
      positives += scores.positive(order[i]) ? own : 0;
    }
    return new Bin(weight, probability / weight, positives / weight);
  }
}
