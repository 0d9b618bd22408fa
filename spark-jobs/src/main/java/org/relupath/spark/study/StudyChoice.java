package org.relupath.spark.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.relupath.core.data.Label;
import org.relupath.spark.train.choice.LambdaSelection;

/**
 * The lambda of one key that a rule chooses, and how networks do there, on average.
 *
 * @param dataset the data set
 * @param model relu or gated
 * @param gates how many gate vectors were drawn
 * @param rule which rule
 * @param index position in the grid
 * @param lambdaRatio share of lambda_max
 * @param validMse mean squared error on held-out rows; null where there are none
 * @param standardError of that mean, over splits
 * @param validAccuracy share of held-out rows with the right label, or null
 * @param neurons width of the networks
 * @param chosen whether the study's network of this data set and model is made with it
 */
public record StudyChoice(
    String dataset,
    String model,
    int gates,
    String rule,
    int index,
    double lambdaRatio,
    Double validMse,
    Double standardError,
    Double validAccuracy,
    double neurons,
    boolean chosen) {

  /** Ways to choose among the lambdas of a grid by their mean held-out error. */
  public enum Rule {
    /** The smallest error; of equal ones the larger lambda. */
    BEST,
    /** The largest lambda whose error is within one standard error of the smallest. */
    ONE_STANDARD_ERROR;

    /** What it chose for one key among the choices of all rules. */
    public StudyChoice of(List<StudyChoice> choices, int key) {
      return choices.get(key * values().length + ordinal());
    }

    /** The position of the lambda that it chooses. */
    int index(StudyPaths paths) {
      if (!paths.choosing()) {
        return 0;
      }
      double[] errors = new double[paths.lambdas()];
      for (int k = 0; k < errors.length; k++) {
        errors[k] = Aggregate.mean(paths.values(StudyMeasure.VALID_MSE, k));
      }
      int best = LambdaSelection.smallest(errors, paths.key().toString()).index();
      if (this == BEST) {
        return best;
      }
      double bar = errors[best] + paths.standardError(StudyMeasure.VALID_MSE, best);
      int first = 0;
      while (!(errors[first] <= bar)) {
        first++;
      }
      return first;
    }
  }

  /**
   * What every rule chooses for every key; marked are, for each data set and model, the gate count
   * of smallest error and in it the lambda of the study's rule.
   */
  public static List<StudyChoice> all(List<StudyPaths> studies, Rule rule) {
    List<StudyChoice> choices = new ArrayList<>();
    for (StudyPaths paths : studies) {
      boolean best = bestOfItsModel(paths, studies);
      for (Rule one : Rule.values()) {
        choices.add(of(paths, one, best && one == rule));
      }
    }
    return choices;
  }

  private static boolean bestOfItsModel(StudyPaths own, List<StudyPaths> studies) {
    StudyPaths best =
        studies.stream()
            .filter(paths -> paths.key().dataSet().equals(own.key().dataSet()))
            .filter(paths -> paths.key().model() == own.key().model())
            .min(
                Comparator.comparingDouble(
                    paths -> paths.choosing() ? error(paths, Rule.BEST.index(paths)) : 0))
            .orElseThrow();
    return best.key().equals(own.key());
  }

  private static double error(StudyPaths paths, int index) {
    return Aggregate.mean(paths.values(StudyMeasure.VALID_MSE, index));
  }

  private static StudyChoice of(StudyPaths paths, Rule rule, boolean chosen) {
    int index = rule.index(paths);
    double[] accuracies = paths.values(StudyMeasure.VALID_ACCURACY, index);
    return new StudyChoice(
        paths.key().dataSet(),
        Label.of(paths.key().model()),
        paths.key().gates(),
        Label.of(rule),
        index,
        paths.ratio(index),
        paths.choosing() ? (Double) error(paths, index) : null,
        paths.choosing() ? (Double) paths.standardError(StudyMeasure.VALID_MSE, index) : null,
        accuracies.length == 0 ? null : Aggregate.mean(accuracies),
        Aggregate.mean(paths.values(StudyMeasure.NEURONS, index)),
        chosen);
  }
}
