package org.relupath.spark.study.optimal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Label;
import org.relupath.spark.prune.PruningRow;
import org.relupath.spark.study.unit.StudyKey;

/**
 * A figure of networks that were pruned to one width, over all splits and seeds.
 *
 * @param method how neurons were chosen
 * @param correction what became of the others
 * @param neurons the width: on each split the widest network of at most so many neurons counts
 * @param measure which figure
 * @param median of it
 */
record PruningMedian(
    String dataset,
    String model,
    int gates,
    String method,
    String correction,
    int neurons,
    String measure,
    Median median) {

  /** A way to prune. */
  private record Way(String method, String correction) {}

  /** The medians of one experiment, widest first. */
  static List<PruningMedian> of(StudyKey key, List<OptimalUnit.Result> results) {
    List<Map<Way, List<PruningRow>>> repetitions =
        results.stream().map(PruningMedian::byWay).toList();
    int widest =
        results.stream()
            .flatMap(r -> r.pruned().stream())
            .mapToInt(PruningRow::neurons)
            .max()
            .orElse(-1);
    List<PruningMedian> medians = new ArrayList<>();
    for (Way way : repetitions.get(0).keySet()) {
      PruningRow any = repetitions.get(0).get(way).get(0);
      for (OptimalMeasure measure : OptimalMeasure.known(any, m -> m.of(any))) {
        for (int width = widest; width >= 0; width--) {
          int most = width;
          double[] values =
              repetitions.stream()
                  .mapToDouble(all -> measure.of(within(all.get(way), most)))
                  .toArray();
          medians.add(
              new PruningMedian(
                  key.dataSet(),
                  Label.of(key.model()),
                  key.gates(),
                  way.method,
                  way.correction,
                  width,
                  measure.label(),
                  Median.of(values)));
        }
      }
    }
    return medians;
  }

  private static Map<Way, List<PruningRow>> byWay(OptimalUnit.Result result) {
    Map<Way, List<PruningRow>> ways = new LinkedHashMap<>();
    for (PruningRow row : result.pruned()) {
      ways.computeIfAbsent(new Way(row.method(), row.correction()), way -> new ArrayList<>())
          .add(row);
    }
    return ways;
  }

  /** The widest network of at most so many neurons; rows are widest first, down to none. */
  private static PruningRow within(List<PruningRow> rows, int neurons) {
    return rows.stream().filter(row -> row.neurons() <= neurons).findFirst().orElseThrow();
  }
}
