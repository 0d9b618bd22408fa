package org.relupath.spark.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Label;

/**
 * One figure at one share of lambda_max, over all splits and seeds.
 *
 * @param dataset the data set
 * @param model relu or gated
 * @param gates how many gate vectors were drawn
 * @param index position in the grid
 * @param lambdaRatio lambda over each path's own lambda_max
 * @param measure which figure, by its column in the results
 * @param count of how many paths
 * @param mean over them
 * @param standardError of the mean over splits, the mean over seeds taken for each split first
 * @param least the smallest
 * @param lowerQuartile a quarter is below
 * @param median half is below
 * @param upperQuartile a quarter is above
 * @param most the largest
 */
public record Aggregate(
    String dataset,
    String model,
    int gates,
    int index,
    double lambdaRatio,
    String measure,
    int count,
    double mean,
    double standardError,
    double least,
    double lowerQuartile,
    double median,
    double upperQuartile,
    double most) {

  /** All figures of all keys, lambda by lambda. */
  static List<Aggregate> all(List<StudyPaths> studies) {
    List<Aggregate> all = new ArrayList<>();
    for (StudyPaths paths : studies) {
      for (int index = 0; index < paths.lambdas(); index++) {
        for (StudyMeasure measure : StudyMeasure.values()) {
          double[] values = paths.values(measure, index);
          if (values.length > 0) {
            all.add(of(paths, index, measure, values));
          }
        }
      }
    }
    return all;
  }

  private static Aggregate of(StudyPaths paths, int index, StudyMeasure measure, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Aggregate(
        paths.key().dataSet(),
        Label.of(paths.key().model()),
        paths.key().gates(),
        index,
        paths.ratio(index),
        measure.label(),
        values.length,
        mean(values),
        paths.standardError(measure, index),
        sorted[0],
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        sorted[sorted.length - 1]);
  }

  /** The mean, summed in order. */
  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /**
   * The quantile that interpolates between order statistics (type 7 of Hyndman and Fan 1996, as R
   * and numpy have it).
   */
  public static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
