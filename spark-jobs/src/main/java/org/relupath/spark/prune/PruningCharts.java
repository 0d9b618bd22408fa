package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.relupath.spark.optimal.Measure;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;

/**
 * Numbers of pruned networks against their width, a line a method: objectives first, then every
 * measure; corrections side by side.
 *
 * @param found the pruning
 * @param shown the networks that are drawn, those of one way to prune together
 * @param suffix of the charts' ids and of that of the table of these networks
 */
record PruningCharts(PruningResult found, List<PruningRow> shown, String suffix) {

  List<Chart> all() {
    double optimum = found.polished().objective();
    List<Chart> charts = new ArrayList<>();
    add(
        charts,
        "objective",
        "Objective",
        optimum > 0 ? "objective / optimum" : "objective",
        false,
        row -> optimum > 0 ? row.objective() / optimum : row.objective());
    for (Measure measure : Measure.known(shown.stream().map(PruningRow::metrics).toList())) {
      String label = measure.label();
      add(
          charts,
          label.replace(' ', '-'),
          label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1),
          measure.share() ? "share of rows with the right label" : "mean squared error",
          measure.share(),
          row -> measure.of(row.metrics()));
    }
    return charts;
  }

  private void add(
      List<Chart> charts,
      String id,
      String heading,
      String upName,
      boolean share,
      ToDoubleFunction<PruningRow> height) {
    double[] heights = shown.stream().mapToDouble(height).toArray();
    List<String> corrections = shown.stream().map(PruningRow::correction).distinct().toList();
    for (int i = 0; i < corrections.size(); i++) {
      Axis up = share ? Axis.percent(upName) : Axis.spread(upName, heights);
      charts.add(chart(id + "-" + i + suffix, heading, corrections.get(i), up, height));
    }
  }

  private Chart chart(
      String id, String heading, String correction, Axis up, ToDoubleFunction<PruningRow> height) {
    Chart chart =
        new Chart(
            id,
            heading + ", correction: " + correction,
            "Against the width of the network, a line a method. The dashed line is the exact minimal"
                + " network; to its left no network"
                + (found.least().provenSmallest() ? " is optimal." : " found is optimal.")
                + " A click keeps a network for comparison.",
            Chart.Size.HALF,
            Axis.count("neurons"),
            up);
    List<String> methods = shown.stream().map(PruningRow::method).distinct().toList();
    for (String method : methods) {
      int[] rows = rows(method, correction);
      if (rows.length > 0) {
        int place = methods.indexOf(method);
        chart
            .line(
                method,
                numbers(rows, PruningRow::neurons),
                numbers(rows, height),
                Ink.of(place),
                place % 2 == 1 ? Chart.Stroke.DASHED : Chart.Stroke.CURVE)
            .keeps("networks" + suffix, rows);
      }
    }
    return chart.vertical(found.minimalWidth(), "minimal: " + found.minimalWidth());
  }

  private int[] rows(String method, String correction) {
    return IntStream.range(0, shown.size())
        .filter(
            i ->
                shown.get(i).method().equals(method)
                    && shown.get(i).correction().equals(correction))
        .toArray();
  }

  private double[] numbers(int[] rows, ToDoubleFunction<PruningRow> number) {
    return IntStream.of(rows)
        .mapToDouble(i -> number.applyAsDouble(shown.get(i)))
        .toArray();
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
