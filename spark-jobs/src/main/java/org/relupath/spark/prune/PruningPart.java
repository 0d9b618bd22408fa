package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.relupath.spark.optimal.Measure;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/**
 * What a page says of the pruning at one lambda.
 *
 * @param found the pruning
 * @param most at most about so many of its networks are shown
 * @param suffix of ids in the page
 */
record PruningPart(PruningResult found, int most, String suffix) {
  /** By how much the objective may exceed the optimum in the table of widths. */
  private static final double[] ALLOWANCES = {0.001, 0.01, 0.05, 0.2};

  /** Adds it. */
  void on(Page page) {
    List<PruningLine> lines = PruningLine.of(found.rows());
    page.verdict(claim(), sentence(), true).cards("Exact pruning", cards());
    if (lines.isEmpty()) {
      return;
    }
    List<PruningRow> shown = lines.stream().flatMap(line -> thinned(line).stream()).toList();
    PruningCharts charts = new PruningCharts(found, shown, suffix);
    page.charts("What smaller networks cost", charts.best())
        .grid(
            "Smallest width within a share of the optimum",
            columns(),
            lines.stream().map(this::widths).toList(),
            "The fewest neurons of which the way to prune keeps the objective within the given share"
                + " above the optimum.")
        .folded("Objectives by every way to choose neurons", charts.methods());
    networks(page, shown);
  }

  /** Every so many networks of a line, its first and last among them. */
  private List<PruningRow> thinned(PruningLine line) {
    int all = found.rows().size();
    int stride = (all + most - 1) / most;
    int last = line.points().size() - 1;
    return IntStream.rangeClosed(0, last)
        .filter(i -> i % stride == 0 || i == last)
        .mapToObj(line.points()::get)
        .toList();
  }

  private String claim() {
    return found.minimalWidth()
        + (found.minimalWidth() == 1 ? " neuron is enough." : " neurons are enough.");
  }

  private String sentence() {
    String change =
        found.objectiveChange() == 0
            ? "not at all"
            : "by " + Numbers.text(Math.abs(found.objectiveChange()), 3) + " of itself";
    String exact =
        found.polished().activeBlocks() == found.minimalWidth()
            ? "The optimal network had no neuron to spare: the fits of its "
                + found.polished().activeBlocks()
                + " neurons are linearly independent."
            : "Exact pruning took the optimal network from "
                + found.polished().activeBlocks()
                + " to "
                + found.minimalWidth()
                + " neurons; it changed the objective "
                + change
                + ".";
    return exact
        + (found.least().provenSmallest()
            ? " No optimal network with these activation patterns is smaller: "
            : " Whether a smaller optimal network exists is not proven: ")
        + proof()
        + ".";
  }

  /** How the smallest width is known, in words. */
  private String proof() {
    return switch (found.least().provenBy()) {
      case UNIQUE -> "there is one optimal network";
      case ENUMERATION -> "all minimal networks were enumerated";
      case BOUND -> "a linear program bounds the width from below";
      case MILP -> "branch and bound over the supports came to its end";
      case SEARCH -> "the smallest that several prunings found";
    };
  }

  private List<KeyFigure> cards() {
    return List.of(
        KeyFigure.of("λ", found.polished().lambda()),
        KeyFigure.of("optimum", found.polished().objective()),
        KeyFigure.of("neurons before", found.polished().activeBlocks()),
        KeyFigure.of("neurons after", found.minimalWidth()),
        new KeyFigure("smallest", found.least().provenSmallest() ? "proven" : "not proven"));
  }

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("method", "correction"));
    columns.add("optimal down to");
    Arrays.stream(ALLOWANCES).forEach(a -> columns.add("within " + Numbers.percent(a)));
    return columns;
  }

  private List<String> widths(PruningLine line) {
    List<String> cells = new ArrayList<>(List.of(line.method(), line.correction()));
    cells.add(
        line.points().stream()
            .filter(PruningRow::optimal)
            .mapToInt(PruningRow::neurons)
            .boxed()
            .min(Integer::compare)
            .map(Object::toString)
            .orElse(Numbers.NONE));
    DoubleStream.of(ALLOWANCES).forEach(allowance -> cells.add(width(line, allowance)));
    return cells;
  }

  private String width(PruningLine line, double allowance) {
    return line.points().stream()
        .filter(point -> point.objective() <= (1 + allowance) * found.polished().objective())
        .mapToInt(PruningRow::neurons)
        .boxed()
        .min(Integer::compare)
        .map(Object::toString)
        .orElse(Numbers.NONE);
  }

  private void networks(Page page, List<PruningRow> shown) {
    List<Measure> measures = Measure.known(shown.stream().map(PruningRow::metrics).toList());
    List<String> columns =
        new ArrayList<>(List.of("λ", "method", "correction", "neurons", "objective", "optimal"));
    measures.forEach(measure -> columns.add(measure.label()));
    int all = found.rows().size();
    String summary =
        shown.size() == all
            ? "All " + all + " networks as a table"
            : shown.size() + " of " + all + " networks as a table; pruning.csv has all";
    page.keepable(
        "networks" + suffix,
        summary,
        columns,
        shown.stream().map(row -> cells(row, measures)).toList());
  }

  private List<String> cells(PruningRow row, List<Measure> measures) {
    List<String> cells = new ArrayList<>();
    cells.add(Numbers.text(found.polished().lambda()));
    cells.add(row.method());
    cells.add(row.correction());
    cells.add(Integer.toString(row.neurons()));
    cells.add(Numbers.text(row.objective(), 7));
    cells.add(row.optimal() ? "yes" : "");
    measures.forEach(measure -> cells.add(measure.text(row.metrics())));
    return cells;
  }
}
