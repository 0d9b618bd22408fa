package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.relupath.core.program.Model;
import org.relupath.spark.optimal.Measure;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/**
 * The page of a pruning: how small an optimal network can be, and what smaller ones cost.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order
 * @param model which convex program
 * @param found the pruning
 */
public record PruningPage(String title, List<KeyFigure> figures, Model model, PruningResult found) {
  /** By how much the objective may exceed the optimum in the table of widths. */
  private static final double[] ALLOWANCES = {0.001, 0.01, 0.05, 0.2};

  /** A longer table is thinned out. */
  private static final int ROWS = 600;

  /** The page, whole: one html file. */
  public String html() {
    List<PruningLine> lines = PruningLine.of(found.rows());
    Page page =
        new Page(Page.kind("Pruning of an optimal ", "", model), title)
            .verdict(claim(), sentence(), true)
            .cards("Exact pruning", cards());
    if (!lines.isEmpty()) {
      page.grid(
          "Smallest width within a share of the optimum",
          columns(),
          lines.stream().map(this::widths).toList(),
          "The fewest neurons of which the way to prune keeps the objective within the given share"
              + " above the optimum.");
      page.charts("Below the minimal network", PruningChart.of(found, lines));
    }
    page.table("Run", figures);
    if (!lines.isEmpty()) {
      networks(page, lines);
    }
    return page.html();
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

  private void networks(Page page, List<PruningLine> lines) {
    List<Measure> measures = Measure.known(found.rows().stream().map(PruningRow::metrics).toList());
    List<String> columns =
        new ArrayList<>(List.of("method", "correction", "neurons", "objective", "optimal"));
    measures.forEach(measure -> columns.add(measure.label()));
    int all = found.rows().size();
    int stride = (all + ROWS - 1) / ROWS;
    List<List<String>> rows = new ArrayList<>();
    for (PruningLine line : lines) {
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
