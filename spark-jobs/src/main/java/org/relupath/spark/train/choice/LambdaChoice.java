package org.relupath.spark.train.choice;

import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.score.Scores;
import org.relupath.spark.config.LambdaRule;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.io.BadInputException;

/**
 * Chooses the lambda of a path, or one for the paths of several outputs: of equal lambdas the
 * larger one.
 */
public final class LambdaChoice {
  private LambdaChoice() {}

  /**
   * Refuses a choice by accuracy where outputs are numbers.
   *
   * @param classes whether the label has classes
   * @throws BadInputException if it has none and the rule takes them
   */
  public static void require(LambdaSettings lambda, boolean classes, String label) {
    if (lambda.rule() == LambdaRule.ACCURACY && !classes) {
      throw new BadInputException(
          "--choose: 'accuracy', expected best, mse or each, as label '"
              + label
              + "' is a number, not a class");
    }
  }

  /**
   * Chooses.
   *
   * @param rule what is compared
   * @param outputs how each output does, on one set of rows at the same lambdas unless the rule has
   *     one lambda for each
   * @return the choice of each output
   */
  public static List<LambdaSelection> of(LambdaRule rule, List<HeldOut> outputs) {
    if (rule == LambdaRule.EACH) {
      return outputs.stream()
          .map(
              own ->
                  own.at(LambdaSelection.smallest(own.errors(), own.by()).index(), own.by(), false))
          .toList();
    }
    boolean accuracy = rule == LambdaRule.ACCURACY;
    double[] errors = accuracy ? misclassified(outputs) : mean(outputs);
    String by = by(outputs, accuracy);
    int index = LambdaSelection.smallest(errors, by).index();
    boolean joint = outputs.size() > 1;
    return outputs.stream().map(own -> own.at(index, by, joint)).toList();
  }

  private static String by(List<HeldOut> outputs, boolean accuracy) {
    String by = outputs.get(0).by();
    boolean valid = by.equals(HeldOut.VALID);
    if (accuracy) {
      return valid ? "validAccuracy" : "accuracy, " + by;
    }
    return outputs.size() == 1 ? by : valid ? "mean validMse" : "mean error, " + by;
  }

  private static double[] mean(List<HeldOut> outputs) {
    double[] sums = new double[outputs.get(0).errors().length];
    for (HeldOut own : outputs) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] += own.errors()[k] / outputs.size();
      }
    }
    return sums;
  }

  /** At each lambda the share of the rows whose class has not the largest score. */
  private static double[] misclassified(List<HeldOut> outputs) {
    int lambdas = outputs.get(0).errors().length;
    return IntStream.range(0, lambdas)
        .mapToDouble(
            k -> misclassifiedAt(outputs.stream().map(own -> own.scores().get(k)).toList()))
        .toArray();
  }

  private static double misclassifiedAt(List<Scores> outputs) {
    Scores first = outputs.get(0);
    double wrong = 0;
    for (int r = 0; r < first.rows(); r++) {
      int row = r;
      if (!outputs.stream().allMatch(own -> Double.isFinite(own.predictions()[row]))) {
        return Double.NaN;
      }
      wrong += right(outputs, r) ? 0 : first.weight(r);
    }
    return wrong / first.weight();
  }

  private static boolean right(List<Scores> outputs, int r) {
    Scores own = outputs.get(Scores.largest(outputs, r));
    return outputs.size() > 1
        ? own.targets()[r] > 0
        : (own.predictions()[r] >= 0) == (own.targets()[r] >= 0);
  }
}
