package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.optimal.OptimalSetReport.Unique;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/** The page of an optimal set. */
public final class OptimalSetPage {
  private final OptimalSetReport report;

  private OptimalSetPage(OptimalSetReport report) {
    this.report = report;
  }

  /**
   * The page.
   *
   * @param picture null where there is none
   */
  public static String html(OptimalSetReport report, PolytopePicture picture) {
    return new OptimalSetPage(report).html(picture);
  }

  private String html(PolytopePicture picture) {
    List<Figure> charts = new ArrayList<>();
    charts.add(RangeChart.of(report));
    if (picture != null) {
      charts.addAll(PolytopeChart.of(picture));
    }
    charts.addAll(LevelChart.of(report));
    Page page =
        new Page(Page.kind("All optimal ", "s", report.model()), report.title())
            .verdict(claim(), sentence(), report.unique() != Unique.UNCERTAIN)
            .cards("Optimal set", cards())
            .table("What decides it", report.decidedBy())
            .charts("Charts", charts);
    if (!report.candidates().isEmpty()) {
      candidates(page);
    }
    return page.table("Run", report.figures()).html();
  }

  private String claim() {
    return switch (report.unique()) {
      case YES -> report.proven() ? "Unique." : "Unique, as far as the figures tell.";
      case NO -> "Not unique.";
      case UNCERTAIN -> "Uncertain.";
    };
  }

  private String sentence() {
    String because = " What decides: " + report.reason() + ".";
    return switch (report.unique()) {
      case YES ->
          "One network with these activation patterns is optimal at λ = "
              + Numbers.text(report.lambda())
              + ", up to the order of its neurons and to splitting a neuron in two along its ray."
              + because
              + (report.proven() ? "" : " The figures support this; they do not prove it.");
      case NO ->
          "At λ = "
              + Numbers.text(report.lambda())
              + " different networks are optimal: their neurons trade weight in "
              + directions(report.mergedDimension())
              + functions()
              + because;
      case UNCERTAIN ->
          "Whether one network or many are optimal at λ = "
              + Numbers.text(report.lambda())
              + " cannot be told from this solution."
              + because;
    };
  }

  private static String directions(Integer dimension) {
    if (dimension == null) {
      return "some directions.";
    }
    return dimension == 1 ? "1 direction." : dimension + " independent directions.";
  }

  private String functions() {
    if (report.functionDimension() == null) {
      return "";
    }
    return report.functionDimension() == 0
        ? " All of them compute the same function."
        : " The functions they compute differ in " + directions(report.functionDimension());
  }

  private List<KeyFigure> cards() {
    return List.of(
        KeyFigure.of("λ", report.lambda()),
        KeyFigure.of("objective, of all", report.objective()),
        dimension("dimension, of networks", report.mergedDimension()),
        dimension("dimension, of functions", report.functionDimension()),
        dimension("dimension, over blocks", report.blockDimension()),
        KeyFigure.of("neurons, solver's network", report.width()),
        KeyFigure.of(
            report.smallestProven() ? "neurons, smallest (proven)" : "neurons, smallest found",
            report.smallestWidth()));
  }

  private static KeyFigure dimension(String name, Integer value) {
    return new KeyFigure(name, value == null ? Numbers.NONE : value.toString());
  }

  private void candidates(Page page) {
    List<Measure> measures =
        Measure.known(report.candidates().stream().map(CandidateRow::metrics).toList());
    List<String> columns = new ArrayList<>(List.of("rule", "neurons", "objective", "‖w‖"));
    measures.forEach(measure -> columns.add(measure.label()));
    List<List<String>> rows = new ArrayList<>();
    for (CandidateRow candidate : report.candidates()) {
      List<String> cells = new ArrayList<>();
      cells.add(candidate.name());
      cells.add(Integer.toString(candidate.neurons()));
      cells.add(Numbers.text(candidate.objective(), 10));
      cells.add(Numbers.text(candidate.norm()));
      measures.forEach(measure -> cells.add(measure.text(candidate.metrics())));
      rows.add(cells);
    }
    page.grid(
        "Optimal networks by rule",
        columns,
        rows,
        "All have the same fit on the training rows and, up to rounding, the same objective. They"
            + " may differ in what they predict elsewhere.");
  }
}
