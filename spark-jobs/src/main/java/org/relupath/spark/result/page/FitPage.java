package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.HistogramChart;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Page;
import org.relupath.spark.report.ScatterChart;
import org.relupath.spark.report.Scores;

/** The page of a fit. */
public final class FitPage {
  private FitPage() {}

  /** The page of a fit. */
  public static String html(FitReport report) {
    Proof proof = new Proof(List.of(report.point()), report.tolerance(), report.global());
    List<KeyFigure> figures = new ArrayList<>(report.figures());
    figures.add(KeyFigure.of("loss", report.point().loss()));
    figures.add(KeyFigure.of("penalty", report.point().penalty()));
    figures.add(KeyFigure.of("lower bound", report.point().dualObjective()));
    figures.add(KeyFigure.of("tolerance", report.tolerance()));
    List<Figure> charts = new ArrayList<>();
    charts.add(NeuronChart.of(report));
    charts.add(scores(report, report.train(), "training rows", "training"));
    if (report.held() != null) {
      charts.add(scores(report, report.held(), "held-out rows", "held-out"));
    }
    return proof
        .on(new Page(Page.kind("Certified ", "", report.model()), report.title()))
        .cards("Network", report.point().cards())
        .table("Run", figures)
        .charts("Charts", charts)
        .html();
  }

  private static Figure scores(FitReport report, Scores scores, String rows, String id) {
    return report.labels().isEmpty()
        ? new ScatterChart(scores, rows, id).figure()
        : new HistogramChart(scores, report.labels(), rows, id).figure();
  }
}
