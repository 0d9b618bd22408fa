package org.relupath.spark.result.outputs;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.Status;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.data.Part;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;

/**
 * One lambda of the path.csv of several outputs; null for what was not computed. In units of the
 * loss scaling.
 *
 * @param index from 0, largest lambda first
 * @param status the worst of all outputs
 * @param objective the sum over outputs
 * @param dualObjective the sum over outputs, a lower bound over their patterns
 * @param relativeGap the largest of all outputs
 * @param neurons of all outputs
 * @param trainMse the mean over outputs
 * @param trainAccuracy share of training rows whose class has the largest score
 * @param validMse the mean over outputs on held-out rows
 * @param validAccuracy share of held-out rows whose class has the largest score
 */
public record JointRow(
    int index,
    double lambda,
    Status status,
    double objective,
    double dualObjective,
    double relativeGap,
    int neurons,
    Double trainMse,
    Double trainAccuracy,
    Double validMse,
    Double validAccuracy) {

  /** A row for each lambda, where all outputs have the lambdas of one grid; else none. */
  public static List<JointRow> of(
      OutputRows rows, List<Training> trainings, List<TrainedPath> trained) {
    boolean grid = trained.stream().allMatch(path -> path.solved().epsilon().isEmpty());
    List<JointRow> all = new ArrayList<>();
    for (int index = 0; grid && index < trained.get(0).networks().size(); index++) {
      int at = index;
      List<TrainedNetwork> networks =
          trained.stream().map(path -> path.networks().get(at)).toList();
      JointMetrics train = metrics(Part.TRAIN, rows, trainings, networks);
      JointMetrics valid = metrics(Part.VALID, rows, trainings, networks);
      all.add(
          new JointRow(
              index,
              networks.get(0).certificate().lambda(),
              Shortfall.worst(networks.stream().map(own -> own.certificate().status()).toList()),
              networks.stream().mapToDouble(own -> own.certificate().objective()).sum(),
              networks.stream().mapToDouble(own -> own.certificate().dualObjective()).sum(),
              networks.stream()
                  .mapToDouble(own -> own.certificate().relativeGap())
                  .max()
                  .orElseThrow(),
              networks.stream().mapToInt(own -> own.network().width()).sum(),
              train.mse(),
              train.accuracy(),
              valid == null ? null : (Double) valid.mse(),
              valid == null ? null : valid.accuracy()));
    }
    return all;
  }

  private static JointMetrics metrics(
      Part part, OutputRows rows, List<Training> trainings, List<TrainedNetwork> networks) {
    List<Scores> scores = new ArrayList<>();
    for (int k = 0; k < networks.size(); k++) {
      scores.add(trainings.get(k).exporter().scores(part, networks.get(k).network()));
    }
    return scores.contains(null) ? null : JointMetrics.of(scores, !rows.classes().isEmpty());
  }
}
