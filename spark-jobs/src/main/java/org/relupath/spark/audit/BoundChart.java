package org.relupath.spark.audit;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Dots;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** Where the global optimum can be: objectives of networks above it, the lower bound below. */
final class BoundChart {
  private final AuditReport report;
  private final List<Row> rows = new ArrayList<>();

  private BoundChart(AuditReport report) {
    this.report = report;
    add("audited network", report.objective(), Theme.BLUE, Dots.DISC, true);
    add("the same, balanced", report.balancedObjective(), Theme.BLUE, Dots.DISC, false);
    add(
        "optimum over its own patterns",
        report.subsampledObjective(),
        Theme.GREEN,
        Dots.SQUARE,
        true);
    if (report.improvement() != null) {
      double improved = report.improvement().objective();
      add("best network met", improved, Theme.GREEN, Dots.DIAMOND, true);
    }
    add(
        "bound for the " + report.patternSetPatterns() + " tested patterns alone",
        report.patternSetBound(),
        Theme.ORANGE,
        Dots.TRIANGLE,
        false);
    add(
        "lower bound for every network",
        report.lowerBound(),
        Theme.VERMILLION,
        Dots.TRIANGLE,
        true);
  }

  private void add(String name, double value, Color color, Dots dots, boolean full) {
    rows.add(new Row(name, value, color, dots, full));
  }

  static Figure of(AuditReport report) {
    BoundChart chart = new BoundChart(report);
    return Figure.draw(
        "bounds", "Objectives and bounds", chart.caption(), Figure.Size.BAND, chart::draw);
  }

  private String caption() {
    return "The shaded interval, from the lower bound for networks of every width and pattern to the"
        + " smallest objective met, holds the global optimum."
        + " The bound for the tested patterns limits only networks that have no other patterns: the"
        + " global optimum may be below it.";
  }

  private double least() {
    return rows.stream()
        .filter(row -> row.dots() != Dots.TRIANGLE)
        .mapToDouble(Row::value)
        .min()
        .orElse(report.objective());
  }

  private JFreeChart draw() {
    Span span = new Span();
    rows.forEach(row -> span.with(row.value()));
    // Names stand beside their marks, on the side with more room.
    Range values = span.range(0.06, 0.06);
    ScaledAxis across = new ScaledAxis(Scale.LINEAR, values);
    across.setLabel("objective");
    ScaledAxis up = new ScaledAxis(Scale.COUNT, new Range(0.4, rows.size() + 0.6));
    up.setTickLabelsVisible(false);
    Curves curves = new Curves(across, up);
    XYPlot plot = curves.plot();
    plot.setRangeGridlinesVisible(false);
    IntervalMarker optimum = new IntervalMarker(report.lowerBound(), least());
    optimum.setPaint(Theme.fade(Theme.SKY, 0.25));
    optimum.setAlpha(1);
    plot.addDomainMarker(optimum, Layer.BACKGROUND);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double y = rows.size() - i;
      curves.dots(
          row.name(),
          new double[] {row.value()},
          new double[] {y},
          row.color(),
          row.dots(),
          row.full());
      boolean left = row.value() > values.getCentralValue();
      XYTextAnnotation name =
          new XYTextAnnotation(
              row.name() + ": " + Numbers.text(row.value(), 6),
              row.value() + (left ? -0.01 : 0.01) * values.getLength(),
              y);
      name.setFont(Theme.TEXT);
      name.setPaint(Theme.INK);
      name.setTextAnchor(left ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT);
      plot.addAnnotation(name, false);
    }
    return curves.chart("", false);
  }

  /** A mark of the chart. */
  private record Row(String name, double value, Color color, Dots dots, boolean full) {}
}
