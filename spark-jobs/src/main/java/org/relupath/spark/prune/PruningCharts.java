package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.relupath.spark.optimal.Measure;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;

/**
 * Numbers of pruned networks against their width: objectives first, then every measure.
 *
 * @param found the pruning
 * @param shown the networks that are drawn, those of one way to prune together
 * @param suffix of the charts' ids and of that of the table of these networks
 */
record PruningCharts(PruningResult found, List<PruningRow> shown, String suffix) {

  /** The best way to choose neurons at every width, a line a correction; a chart a number. */
  List<Chart> best() {
    List<Chart> charts = new ArrayList<>();
    List<Measure> measures = Measure.known(shown.stream().map(PruningRow::metrics).toList());
    // Halves come in pairs below the first chart.
    Chart.Size size = measures.size() % 2 == 0 ? Chart.Size.WIDE : Chart.Size.HALF;
    charts.add(
        best(
            "objective",
            "Objective",
            "Against the width of the network: of all ways to choose neurons that of the least objective,"
                + " a line for what becomes of the others. "
                + minimal(),
            size,
            objectiveName(),
            false,
            this::objective));
    for (Measure measure : measures) {
      String label = measure.label();
      charts.add(
          best(
              label.replace(' ', '-'),
              label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1),
              "Of the networks of the first chart.",
              Chart.Size.HALF,
              measure.share() ? "share of rows with the right label" : "mean squared error",
              measure.share(),
              row -> measure.of(row.metrics())));
    }
    return charts;
  }

  private Chart best(
      String id,
      String heading,
      String caption,
      Chart.Size size,
      String upName,
      boolean share,
      ToDoubleFunction<PruningRow> height) {
    Chart chart =
        new Chart(
            id + suffix,
            heading,
            caption,
            size,
            Axis.count("neurons"),
            axis(upName, share, height));
    List<String> corrections = shown.stream().map(PruningRow::correction).distinct().toList();
    for (int i = 0; i < corrections.size(); i++) {
      String correction = corrections.get(i);
      Map<Integer, Integer> least = new TreeMap<>();
      for (int row : rows(own -> own.correction().equals(correction))) {
        least.merge(
            shown.get(row).neurons(),
            row,
            (a, b) -> shown.get(b).objective() < shown.get(a).objective() ? b : a);
      }
      int[] rows = least.values().stream().mapToInt(row -> row).toArray();
      add(chart, correction.equals("none") ? "no correction" : correction, rows, height, i);
    }
    return chart.vertical(found.minimalWidth(), "minimal: " + found.minimalWidth());
  }

  /** Objectives by every way to choose neurons, a line each; a chart a correction. */
  List<Chart> methods() {
    List<String> methods = shown.stream().map(PruningRow::method).distinct().toList();
    List<Chart> charts = new ArrayList<>();
    for (String correction : shown.stream().map(PruningRow::correction).distinct().toList()) {
      Chart chart =
          new Chart(
              "methods-" + charts.size() + suffix,
              "Objective, correction: " + correction,
              "Against the width of the network, a line a way to choose neurons. " + minimal(),
              Chart.Size.HALF,
              Axis.count("neurons"),
              axis(objectiveName(), false, this::objective));
      for (int i = 0; i < methods.size(); i++) {
        String method = methods.get(i);
        int[] rows =
            rows(own -> own.method().equals(method) && own.correction().equals(correction));
        if (rows.length > 0) {
          add(chart, method, rows, this::objective, i);
        }
      }
      charts.add(chart.vertical(found.minimalWidth(), "minimal: " + found.minimalWidth()));
    }
    return charts;
  }

  private void add(
      Chart chart, String name, int[] rows, ToDoubleFunction<PruningRow> height, int place) {
    chart
        .line(
            name,
            numbers(rows, PruningRow::neurons),
            numbers(rows, height),
            Ink.of(place),
            place % 2 == 1 ? Chart.Stroke.DASHED : Chart.Stroke.CURVE)
        .keeps("networks" + suffix, rows);
  }

  private String minimal() {
    return "The dashed line is the exact minimal network; to its left no network"
        + (found.least().provenSmallest() ? " is optimal." : " found is optimal.")
        + " A click keeps a network for comparison.";
  }

  private double objective(PruningRow row) {
    double optimum = found.polished().objective();
    return optimum > 0 ? row.objective() / optimum : row.objective();
  }

  private String objectiveName() {
    return found.polished().objective() > 0 ? "objective / optimum" : "objective";
  }

  private Axis axis(String name, boolean share, ToDoubleFunction<PruningRow> height) {
    return share
        ? Axis.percent(name)
        : Axis.spread(name, shown.stream().mapToDouble(height).toArray());
  }

  private int[] rows(Predicate<PruningRow> of) {
    return IntStream.range(0, shown.size()).filter(i -> of.test(shown.get(i))).toArray();
  }

  private double[] numbers(int[] rows, ToDoubleFunction<PruningRow> number) {
    return IntStream.of(rows).mapToDouble(i -> number.applyAsDouble(shown.get(i))).toArray();
  }

  /** Widths along a path: a step of the page's slider a lambda. */
  static Chart path(List<PruningResult> results) {
    double[] lambdas = results.stream().mapToDouble(r -> r.polished().lambda()).toArray();
    return new Chart(
            "widths",
            "Neurons along the path",
            "Of the network as it was solved for, of the minimal network after exact pruning, and the"
                + " proven least that an optimal network has, where one is known. Discs: proven"
                + " smallest.",
            Chart.Size.WIDE,
            Axis.lambda("λ"),
            Axis.count("neurons"))
        .line(
            "before pruning",
            lambdas,
            results.stream().mapToDouble(r -> r.polished().activeBlocks()).toArray(),
            Ink.MUTED,
            Chart.Stroke.DASHED)
        .dotted(
            "after exact pruning",
            lambdas,
            results.stream().mapToDouble(PruningResult::minimalWidth).toArray(),
            Ink.BLUE,
            Chart.Stroke.CURVE,
            k -> results.get(k).least().provenSmallest())
        .line(
            "proven lower bound",
            lambdas,
            results.stream()
                .map(r -> r.least().smallestWidthBound())
                .mapToDouble(bound -> bound == null ? Double.NaN : bound)
                .toArray(),
            Ink.VERMILLION,
            Chart.Stroke.DOTTED)
        .followsLambda();
  }
}
