package org.relupath.spark.result.page;

import java.awt.Color;
import java.awt.Stroke;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.relupath.spark.report.Markers;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/**
 * A chart over log lambda, largest lambda at the left as the path runs, with the chosen lambda
 * marked.
 */
final class LambdaChart {
  private static final double ONE_LAMBDA = 0.5;

  private final List<PathPoint> points;
  private final XYSeriesCollection curves = new XYSeriesCollection();
  private final PointRenderer renderer;
  private final XYPlot plot;

  /**
   * An empty chart.
   *
   * @param up the vertical axis, with some room above the curves for the name of the chosen lambda
   * @param rightMargin share of the width kept free at the right end of the curves
   */
  LambdaChart(PathReport report, ScaledAxis up, double rightMargin) {
    points = report.points();
    renderer = new PointRenderer(points);
    ScaledAxis across = new ScaledAxis(Scale.LOG, range(points, rightMargin));
    across.setInverted(true);
    across.setLabel("λ, the regularization (log scale, from large to small)");
    plot = Theme.plot(across, up);
    plot.setDataset(curves);
    plot.setRenderer(renderer);
    mark(report.chosen(), across);
  }

  private static Range range(List<PathPoint> points, double rightMargin) {
    Span span = new Span();
    points.forEach(point -> span.with(point.logLambda()));
    if (points.size() == 1) {
      double only = points.get(0).logLambda();
      return new Range(only - ONE_LAMBDA, only + ONE_LAMBDA);
    }
    return span.range(rightMargin, 0.02);
  }

  private void mark(PathPoint chosen, ScaledAxis across) {
    double position = chosen.logLambda();
    String label = "chosen λ = " + Numbers.text(chosen.lambda());
    plot.addDomainMarker(Markers.across(position, label, across.getRange(), true));
  }

  /** A number of every lambda; not a number where there is none. */
  double[] values(ToDoubleFunction<PathPoint> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  /** Adds a curve with dots; of two that cross, the earlier one is in front. */
  LambdaChart curve(String name, double[] values, Color color, Stroke stroke) {
    return add(name, values, color, stroke, true);
  }

  /** Adds dots without a curve. */
  LambdaChart dots(String name, double[] values, Color color) {
    return add(name, values, color, null, true);
  }

  /** Adds a curve without dots, unless there is but one lambda. */
  LambdaChart line(String name, double[] values, Color color, Stroke stroke) {
    return add(name, values, color, stroke, points.size() == 1);
  }

  private LambdaChart add(
      String name, double[] values, Color color, Stroke stroke, boolean dotted) {
    XYSeries series = new XYSeries(name, false, true);
    for (int i = 0; i < values.length; i++) {
      series.add(points.get(i).logLambda(), Double.isFinite(values[i]) ? values[i] : Double.NaN);
    }
    int index = curves.getSeriesCount();
    curves.addSeries(series);
    renderer.style(index, color, stroke, dotted);
    return this;
  }

  /** The plot, for what else is to be drawn. */
  XYPlot plot() {
    return plot;
  }

  /** The chart. */
  JFreeChart chart(String upName, boolean legend) {
    return Theme.chart(plot, upName, legend);
  }
}
