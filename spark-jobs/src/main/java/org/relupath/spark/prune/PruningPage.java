package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.relupath.spark.optimal.Measure;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/** The page of prunings. */
public final class PruningPage {
  /** By how much the objective may exceed the optimum in the table of widths. */
  private static final double[] ALLOWANCES = {0.001, 0.01, 0.05, 0.2};

  /** A longer table is thinned out. */
  private static final int ROWS = 600;

  private final PruningReport report;

  private PruningPage(PruningReport report) {
    this.report = report;
  }

  /** The page, whole: one html file. */
  public static String html(PruningReport report) {
    return new PruningPage(report).html();
  }

  private String html() {
    Page page =
        new Page(Page.kind("Pruning of an optimal ", "", report.model()), report.title())
            .verdict(claim(), sentence(), true)
            .cards("Exact pruning", cards());
    if (!report.lines().isEmpty()) {
      page.grid(
          "Smallest width within a share of the optimum",
          columns(),
          report.lines().stream().map(PruningPage.this::widths).toList(),
          "The fewest neurons of which the way to prune keeps the objective within the given share"
              + " above the optimum.");
      page.charts("Below the minimal network", PruningChart.of(report));
    }
    page.table("Run", report.figures());
    if (!report.lines().isEmpty()) {
      networks(page);
    }
    return page.html();
  }

  private String claim() {
    return report.minimalWidth()
        + (report.minimalWidth() == 1 ? " neuron is enough." : " neurons are enough.");
  }

  private String sentence() {
    String change =
        report.objectiveChange() == 0
            ? "not at all"
            : "by " + Numbers.text(Math.abs(report.objectiveChange()), 3) + " of itself";
    String exact =
        report.width() == report.minimalWidth()
            ? "The optimal network had no neuron to spare: the fits of its "
                + report.width()
                + " neurons are linearly independent."
            : "Exact pruning took the optimal network from "
                + report.width()
                + " to "
                + report.minimalWidth()
                + " neurons; it changed the objective "
                + change
                + ".";
    return exact
        + (report.smallestProven()
            ? " No optimal network with these activation patterns is smaller: "
            : " Whether a smaller optimal network exists is not proven: ")
        + report.proof()
        + ".";
  }

  private List<KeyFigure> cards() {
    return List.of(
        KeyFigure.of("λ", report.lambda()),
        KeyFigure.of("optimum", report.optimum()),
        KeyFigure.of("neurons before", report.width()),
        KeyFigure.of("neurons after", report.minimalWidth()),
        new KeyFigure("smallest", report.smallestProven() ? "proven" : "not proven"));
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
        .filter(point -> point.objective() <= (1 + allowance) * report.optimum())
        .mapToInt(PruningRow::neurons)
        .boxed()
        .min(Integer::compare)
        .map(Object::toString)
        .orElse(Numbers.NONE);
  }

  private void networks(Page page) {
    List<Measure> measures =
        Measure.known(
            report.lines().stream()
                .flatMap(line -> line.points().stream())
                .map(PruningRow::metrics)
                .toList());
    List<String> columns =
        new ArrayList<>(List.of("method", "correction", "neurons", "objective", "optimal"));
    measures.forEach(measure -> columns.add(measure.label()));
    int all = report.lines().stream().mapToInt(line -> line.points().size()).sum();
    int stride = (all + ROWS - 1) / ROWS;
    List<List<String>> rows = new ArrayList<>();
    for (PruningLine line : report.lines()) {
      for (int i = 0; i < line.points().size(); i += stride) {
        rows.add(row(line, line.points().get(i), measures));
      }
    }
    String summary =
        stride == 1
            ? "All " + all + " networks as a table"
            : rows.size() + " of " + all + " networks as a table; pruning.csv has all";
    page.rows(summary, columns, rows, -1);
  }

  private static List<String> row(PruningLine line, PruningRow point, List<Measure> measures) {
    List<String> cells = new ArrayList<>(List.of(line.method(), line.correction()));
    cells.add(Integer.toString(point.neurons()));
    cells.add(Numbers.text(point.objective(), 7));
    cells.add(point.optimal() ? "yes" : "");
    measures.forEach(measure -> cells.add(measure.text(point.metrics())));
    return cells;
  }
}
