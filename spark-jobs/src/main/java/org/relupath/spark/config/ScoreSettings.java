package org.relupath.spark.config;

import org.relupath.core.data.NumberText;
import org.relupath.core.score.Threshold;

/**
 * What is made of the scores of a label of two values.
 *
 * @param probabilities whether held-out scores are scaled to probabilities
 * @param threshold from which score on rows have the larger label
 */
public record ScoreSettings(boolean probabilities, Threshold threshold) {
  private static final String COST = "cost:";

  /** Whether scores are anything but compared with 0. */
  public boolean asked() {
    return probabilities || !threshold.equals(Threshold.ZERO);
  }

  /** Whether it takes scores of rows that were not fitted to. */
  public boolean needHeldOut() {
    return probabilities || threshold.chosen();
  }

  /** The option to name where its label or its rows do not fit. */
  public String option() {
    return probabilities ? "--probabilities" : "--threshold";
  }

  static ScoreSettings of(Values values) {
    boolean probabilities = values.flag("probabilities");
    return new ScoreSettings(probabilities, threshold(values, probabilities));
  }

  private static Threshold threshold(Values values, boolean probability) {
    String text = values.text("threshold");
    if (text == null) {
      return Threshold.ZERO;
    }
    if (text.equals("accuracy")) {
      return Threshold.LeastCost.ACCURACY;
    }
    if (text.equals("f1")) {
      return new Threshold.LargestF1();
    }
    if (text.startsWith(COST)) {
      return cost(values, text.substring(COST.length()).split(",", -1));
    }
    double number = NumberText.parse(text);
    if (Double.isNaN(number) || (probability && !(number > 0 && number < 1))) {
      throw values.refusal(
          "threshold",
          "accuracy, f1, cost:FP,FN or "
              + (probability ? "a probability above 0 and below 1" : "a score"));
    }
    return new Threshold.At(number, probability);
  }

  private static Threshold cost(Values values, String[] costs) {
    double falsePositive = NumberText.parse(costs[0].strip());
    double falseNegative = costs.length == 2 ? NumberText.parse(costs[1].strip()) : Double.NaN;
    if (!(falsePositive > 0 && falseNegative > 0)) {
      throw values.refusal("threshold", "cost:FP,FN, two numbers above 0");
    }
    return new Threshold.LeastCost(falsePositive, falseNegative);
  }
}
