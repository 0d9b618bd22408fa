package org.relupath.spark.result.outputs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.relupath.core.score.Scores;
import org.relupath.spark.data.BaselineScores;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.data.Part;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;

/**
 * How the chosen networks of K outputs do together, beside the simplest models.
 *
 * @param network the networks
 * @param baselines a constant and a linear regression of each output
 */
public record JointMeasurement(@JsonUnwrapped Parts network, Simplest baselines) {
  /**
   * A model of every output on the parts of the rows; null for parts that there are not.
   *
   * @param train on training rows
   * @param valid on held-out rows
   * @param test on test rows
   */
  public record Parts(JointMetrics train, JointMetrics valid, JointMetrics test) {
    private static Parts of(boolean classes, BiFunction<Integer, Part, Scores> scores, int count) {
      return new Parts(
          of(Part.TRAIN, classes, scores, count),
          of(Part.VALID, classes, scores, count),
          of(Part.TEST, classes, scores, count));
    }

    private static JointMetrics of(
        Part part, boolean classes, BiFunction<Integer, Part, Scores> scores, int count) {
      List<Scores> outputs = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        outputs.add(scores.apply(k, part));
      }
      return outputs.contains(null) ? null : JointMetrics.of(outputs, classes);
    }

    /** On a part of the rows. */
    JointMetrics of(Part part) {
      return part.of(train, valid, test);
    }

    /** On test rows, else on held-out rows; null where there are neither. */
    public JointMetrics heldOut() {
      return test == null ? valid : test;
    }
  }

  /**
   * The simplest models.
   *
   * @param constant the mean of each output's training targets: of classes the largest one
   * @param ridge each output's ridge regression; null with too many columns
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Simplest(Parts constant, Parts ridge) {}

  /** Measures the chosen networks. */
  public static JointMeasurement of(
      OutputRows rows, List<Training> trainings, List<TrainedPath> trained) {
    boolean classes = !rows.classes().isEmpty();
    int count = trainings.size();
    List<BaselineScores> simple =
        trainings.stream().map(training -> training.exporter().baselines()).toList();
    boolean linear = simple.stream().allMatch(own -> own.ridge() != null);
    return new JointMeasurement(
        Parts.of(
            classes,
            (k, part) -> trainings.get(k).exporter().scores(part, trained.get(k).best().network()),
            count),
        new Simplest(
            Parts.of(classes, (k, part) -> simple.get(k).constant().get(part.ordinal()), count),
            linear
                ? Parts.of(classes, (k, part) -> simple.get(k).ridge().get(part.ordinal()), count)
                : null));
  }
}
