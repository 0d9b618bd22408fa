package org.relupath.spark.study.optimal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Label;
import org.relupath.spark.config.AnalysisSettings.Columns;
import org.relupath.spark.study.Published;
import org.relupath.spark.study.unit.StudyKey;

/**
 * A figure of the optimal networks of one rule, over all splits and seeds.
 *
 * @param columns blocks that they may use, see {@link SetFigures}
 * @param candidate the rule; {@link Published#SPREAD} for how far apart the networks of all rules
 *     are
 * @param measure which figure
 * @param median of it
 * @param published the median that was published elsewhere, or null
 */
record CandidateMedian(
    String dataset,
    String model,
    int gates,
    String columns,
    String candidate,
    String measure,
    Median median,
    Double published) {
  /** The medians of one experiment, candidates in the order of the first repetition. */
  static List<CandidateMedian> of(
      StudyKey key, List<OptimalUnit.Result> results, Map<String, Double> published) {
    List<CandidateMedian> medians = new ArrayList<>();
    for (Columns columns : Columns.values()) {
      String name = Label.of(columns);
      List<Map<String, CandidateFigures>> repetitions =
          results.stream().map(result -> byRule(result, name)).toList();
      Map<String, CandidateFigures> first = repetitions.get(0);
      if (first.isEmpty()) {
        continue;
      }
      CandidateFigures any = first.values().iterator().next();
      for (OptimalMeasure measure : OptimalMeasure.known(any, m -> m.of(any))) {
        for (String rule : first.keySet()) {
          double[] values =
              repetitions.stream().mapToDouble(all -> measure.of(all.get(rule))).toArray();
          medians.add(of(key, name, rule, measure, values, published));
        }
        double[] spreads =
            repetitions.stream()
                .map(all -> all.values().stream().mapToDouble(measure::of).summaryStatistics())
                .mapToDouble(range -> range.getMax() - range.getMin())
                .toArray();
        medians.add(of(key, name, Published.SPREAD, measure, spreads, published));
      }
    }
    return medians;
  }

  private static Map<String, CandidateFigures> byRule(OptimalUnit.Result result, String columns) {
    Map<String, CandidateFigures> rules = new LinkedHashMap<>();
    result.candidates().stream()
        .filter(one -> one.columns().equals(columns))
        .forEach(one -> rules.put(one.candidate(), one));
    return rules;
  }

  private static CandidateMedian of(
      StudyKey key,
      String columns,
      String rule,
      OptimalMeasure measure,
      double[] values,
      Map<String, Double> published) {
    return new CandidateMedian(
        key.dataSet(),
        Label.of(key.model()),
        key.gates(),
        columns,
        rule,
        measure.label(),
        Median.of(values),
        measure == OptimalMeasure.TEST_ACCURACY ? published.get(rule) : null);
  }
}
