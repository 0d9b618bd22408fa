package org.relupath.core.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Targets and predictions of some rows.
 *
 * @param targets n numbers, two-valued labels as -1 and +1; not to be changed
 * @param predictions n raw scores of the network; not to be changed
 * @param weights n weights above 0 of the rows, or an empty array where each counts once
 */
@SuppressWarnings("ArrayRecordComponent") // as many as rows, never compared as a whole
public record Scores(double[] targets, double[] predictions, double[] weights) {

  /** Checks the lengths. */
  public Scores {
    requireLength("predictions", predictions, targets.length);
    if (weights.length != 0) {
      requireLength("weights", weights, targets.length);
    }
  }

  /** Rows that each count once. */
  public Scores(double[] targets, double[] predictions) {
    this(targets, predictions, new double[0]);
  }

  private static void requireLength(String name, double[] values, int expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " entries, expected " + expected);
    }
  }

  /** The rows of all parts, one after the other: with weights in all of them, or in none. */
  public static Scores joined(List<Scores> parts) {
    return new Scores(
        joined(parts, Scores::targets),
        joined(parts, Scores::predictions),
        joined(parts, Scores::weights));
  }

  private static double[] joined(List<Scores> parts, Function<Scores, double[]> values) {
    return parts.stream().flatMapToDouble(part -> Arrays.stream(values.apply(part))).toArray();
  }

  /**
   * Which of several outputs has the largest score of a row, the first of equal ones.
   *
   * @param outputs with scores of the same rows
   * @param r the row
   */
  public static int largest(List<Scores> outputs, int r) {
    int best = 0;
    for (int k = 1; k < outputs.size(); k++) {
      double score = outputs.get(k).predictions[r];
      best = score > outputs.get(best).predictions[r] ? k : best;
    }
    return best;
  }

  /** n, the number of rows. */
  public int rows() {
    return targets.length;
  }

  /** How often row r counts. */
  public double weight(int r) {
    return weights.length == 0 ? 1 : weights[r];
  }

  /** These rows, each counted so many times as often. */
  Scores weighed(double factor) {
    return factor == 1
        ? this
        : new Scores(targets, predictions, Arrays.stream(weights).map(w -> factor * w).toArray());
  }

  /** The sum of the weights. */
  public double weight() {
    return weights.length == 0 ? targets.length : Arrays.stream(weights).sum();
  }

  /** Whether row r has the larger one of two labels. */
  boolean positive(int r) {
    return targets[r] > 0;
  }

  /** The weighted mean of the targets. */
  public double meanTarget() {
    double sum = 0;
    for (int r = 0; r < rows(); r++) {
      sum += weight(r) * targets[r];
    }
    return sum / weight();
  }

  /** The weighted mean of (target - prediction)^2. */
  public double meanSquaredError() {
    double sum = 0;
    for (int r = 0; r < rows(); r++) {
      double error = targets[r] - predictions[r];
      sum += weight(r) * error * error;
    }
    return sum / weight();
  }

  /**
   * The share of the targets' variance that is explained, 1 - mse / variance; null where the
   * targets are all equal.
   *
   * @param mse the mean squared error of the predictions
   */
  public Double r2(double mse) {
    double[] constant = new double[rows()];
    Arrays.fill(constant, meanTarget());
    double variance = new Scores(targets, constant, weights).meanSquaredError();
    return variance > 0 ? (Double) (1 - mse / variance) : null;
  }

  /** Row numbers by prediction, smallest first, equal ones in their order. */
  int[] order() {
    return IntStream.range(0, rows())
        .boxed()
        .sorted(Comparator.comparingDouble(r -> predictions[r]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The area under the receiver operating characteristic: the share of pairs of a positive and a
   * negative row in which the positive one has the larger score, a tie counting half; a pair counts
   * as often as the product of its weights. Exact, by ranks. Null where all rows are of one class,
   * or a score is not a number.
   */
  public Double auc() {
    int[] order = order();
    double positives = 0;
    double negatives = 0;
    double ordered = 0;
    for (int i = 0; i < order.length; ) {
      double score = predictions[order[i]];
      if (Double.isNaN(score)) {
        return null;
      }
      double tiedPositives = 0;
      double tiedNegatives = 0;
      for (; i < order.length && predictions[order[i]] == score; i++) {
        double weight = weight(order[i]);
        tiedPositives += positive(order[i]) ? weight : 0;
        tiedNegatives += positive(order[i]) ? 0 : weight;
      }
      ordered += tiedPositives * (negatives + tiedNegatives / 2);
      positives += tiedPositives;
      negatives += tiedNegatives;
    }
    return positives > 0 && negatives > 0 ? (Double) (ordered / positives / negatives) : null;
  }
}
