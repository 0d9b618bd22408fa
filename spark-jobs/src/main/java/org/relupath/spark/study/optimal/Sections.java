package org.relupath.spark.study.optimal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.relupath.core.data.Label;
import org.relupath.spark.config.AnalysisSettings.Columns;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.study.page.Band;
import org.relupath.spark.study.page.OptimalSection;
import org.relupath.spark.study.page.PrunedChart;

/** Optimal networks of all splits as parts of a page. */
final class Sections {
  private Sections() {}

  static OptimalSection of(OptimalStudy.Experiment experiment) {
    List<CandidateMedian> candidates = experiment.candidates();
    OptimalMeasure measure = candidates.isEmpty() ? null : last(candidates);
    return new OptimalSection(
        experiment.key().dataSet() + ", " + experiment.networks(),
        sets(experiment.results()),
        measure == null ? null : words(measure),
        measure == null ? List.of() : rows(candidates, measure),
        measure == null ? null : note(candidates.get(0).median()),
        experiment.pruned().isEmpty() ? null : chart(experiment.pruned()));
  }

  private static OptimalMeasure last(List<CandidateMedian> medians) {
    return measure(medians.get(medians.size() - 1).measure());
  }

  private static OptimalMeasure measure(String label) {
    for (OptimalMeasure measure : OptimalMeasure.values()) {
      if (measure.label().equals(label)) {
        return measure;
      }
    }
    throw new IllegalArgumentException(label);
  }

  /** {@code test accuracy} for testAccuracy. */
  private static String words(OptimalMeasure measure) {
    return measure
        .label()
        .replace("Accuracy", " accuracy")
        .replace("Mse", " MSE")
        .replace("valid", "held-out");
  }

  private static List<List<String>> sets(List<OptimalUnit.Result> results) {
    List<List<String>> rows = new ArrayList<>();
    for (Columns columns : Columns.values()) {
      List<SetFigures> sets =
          results.stream()
              .flatMap(result -> result.sets().stream())
              .filter(set -> set.columns().equals(Label.of(columns)))
              .toList();
      String of = " of " + sets.size();
      rows.add(
          List.of(
              columns == Columns.ALL ? "all blocks" : "the solution",
              median(sets, set -> (double) set.activeBlocks()),
              median(sets, set -> (double) set.equicorrelated()),
              median(sets, set -> number(set.mergedDimension())),
              median(sets, set -> number(set.functionDimension())),
              sets.stream().filter(set -> set.unique().equals("true")).count() + of,
              median(sets, set -> (double) set.smallestWidth()),
              columns == Columns.ALL
                  ? sets.stream().filter(SetFigures::provenSmallest).count() + of
                  : Numbers.NONE,
              median(
                  sets,
                  set ->
                      set.testDisagreement() == null
                          ? set.validDisagreement()
                          : set.testDisagreement())));
    }
    return rows;
  }

  private static Double number(Integer figure) {
    return figure == null ? null : (Double) (double) figure;
  }

  private static String median(List<SetFigures> sets, Function<SetFigures, Double> figure) {
    double[] known =
        sets.stream().map(figure).filter(Objects::nonNull).mapToDouble(v -> v).toArray();
    if (known.length == 0) {
      return Numbers.NONE;
    }
    String median = Numbers.text(Median.of(known).median(), 3);
    return known.length == sets.size() ? median : median + " (of " + known.length + ")";
  }

  private static List<List<String>> rows(List<CandidateMedian> medians, OptimalMeasure measure) {
    Map<String, Map<String, CandidateMedian>> rules = new LinkedHashMap<>();
    medians.stream()
        .filter(median -> median.measure().equals(measure.label()))
        .forEach(
            median ->
                rules
                    .computeIfAbsent(median.candidate(), rule -> new LinkedHashMap<>())
                    .put(median.columns(), median));
    List<List<String>> rows = new ArrayList<>();
    rules.forEach(
        (rule, columns) -> {
          CandidateMedian any = columns.values().iterator().next();
          rows.add(
              List.of(
                  rule,
                  cell(columns.get(Label.of(Columns.ALL)), measure),
                  cell(columns.get(Label.of(Columns.SUPPORT)), measure),
                  any.published() == null ? Numbers.NONE : number(any.published(), measure)));
        });
    return rows;
  }

  private static String cell(CandidateMedian median, OptimalMeasure measure) {
    if (median == null) {
      return Numbers.NONE;
    }
    Median of = median.median();
    return number(of.median(), measure)
        + " ["
        + number(of.low(), measure)
        + ", "
        + number(of.high(), measure)
        + "]";
  }

  private static String number(double value, OptimalMeasure measure) {
    return measure.share() ? Numbers.percent(value) : Numbers.text(value);
  }

  private static String note(Median any) {
    return String.format(
        Locale.ROOT,
        "Medians over %d splits and seeds, all networks of a split equally good on its training rows. In"
            + " brackets an interval of order statistics that holds the median of independent draws"
            + " with probability %.2f or more; splits share rows, so it is a guide. test_mse chooses by"
            + " the test rows themselves. Spread: the largest less the smallest of all rules on one"
            + " split.",
        any.count(),
        any.coverage());
  }

  private static PrunedChart chart(List<PruningMedian> medians) {
    OptimalMeasure measure = measure(medians.get(medians.size() - 1).measure());
    Map<String, List<PruningMedian>> ways = new LinkedHashMap<>();
    medians.stream()
        .filter(median -> median.measure().equals(measure.label()))
        .forEach(
            median -> ways.computeIfAbsent(name(median), way -> new ArrayList<>()).add(median));
    List<PrunedChart.Line> lines = new ArrayList<>();
    ways.forEach(
        (name, own) ->
            lines.add(
                new PrunedChart.Line(
                    name,
                    own.stream().mapToDouble(PruningMedian::neurons).toArray(),
                    new Band(
                        own.stream().mapToDouble(one -> one.median().median()).toArray(),
                        own.stream().mapToDouble(one -> one.median().lowerQuartile()).toArray(),
                        own.stream().mapToDouble(one -> one.median().upperQuartile()).toArray()))));
    return new PrunedChart(words(measure), measure.share(), lines);
  }

  private static String name(PruningMedian median) {
    return median.correction().equals("none")
        ? median.method()
        : median.method() + ", corrected by " + median.correction();
  }
}
