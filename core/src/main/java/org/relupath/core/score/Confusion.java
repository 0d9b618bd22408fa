package org.relupath.core.score;

/**
 * How many rows of either label are predicted to have which: counts, or sums of weights. Positive
 * is the larger label.
 *
 * @param truePositives positive rows that are predicted positive
 * @param falsePositives negative rows that are predicted positive
 * @param falseNegatives positive rows that are predicted negative
 * @param trueNegatives negative rows that are predicted negative
 */
public record Confusion(
    double truePositives, double falsePositives, double falseNegatives, double trueNegatives) {

  /** The confusion of rows whose targets are -1 and +1; positive are scores >= threshold. */
  public static Confusion of(Scores scores, double threshold) {
    double[] sums = new double[4];
    for (int r = 0; r < scores.rows(); r++) {
      boolean predicted = scores.predictions()[r] >= threshold;
      sums[(predicted ? 0 : 2) + (scores.positive(r) == predicted ? 0 : 1)] += scores.weight(r);
    }
    return new Confusion(sums[0], sums[1], sums[3], sums[2]);
  }

  /** 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall; 0 without any TP. */
  public double f1() {
    return truePositives == 0
        ? 0
        : 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
  }

  /** Whether all rows are predicted to have one label, though some have the other. */
  public boolean oneSided() {
    boolean allNegative = truePositives + falsePositives == 0 && falseNegatives > 0;
    boolean allPositive = falseNegatives + trueNegatives == 0 && falsePositives > 0;
    return allNegative || allPositive;
  }
}
