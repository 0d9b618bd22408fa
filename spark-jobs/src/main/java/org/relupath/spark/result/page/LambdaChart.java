package org.relupath.spark.result.page;

import java.awt.Color;
import java.awt.Stroke;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Markers;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.result.PathRow;

/**
 * A chart over log lambda, largest lambda at the left as the path runs, with the chosen lambda
 * marked; a full dot where lambda was solved, a ring where it was interpolated.
 */
final class LambdaChart {
  /** Decades on both sides of the only lambda. */
  private static final double ONE_LAMBDA = 0.5;

  /** Up to so many dots are large, and up to so many of a middle size. */
  private static final int FEW = 40;

  private static final int MANY = 150;

  private final List<PathRow> rows;
  private final Curves curves;

  /**
   * An empty chart.
   *
   * @param up the vertical axis, with some room above the curves for the name of the chosen lambda
   * @param rightMargin share of the width kept free at the right end of the curves
   */
  LambdaChart(PathPage page, ScaledAxis up, double rightMargin) {
    rows = page.rows();
    ScaledAxis across = new ScaledAxis(Scale.LOG, range(rightMargin));
    across.setInverted(true);
    across.setLabel("λ, the regularization (log scale, from large to small)");
    curves = new Curves(across, up, i -> rows.get(i).solved());
    String label = "chosen λ = " + Numbers.text(page.chosen().lambda());
    plot().addDomainMarker(Markers.across(position(page.chosen()), label, across.getRange(), true));
  }

  private Range range(double rightMargin) {
    double[] x = values(LambdaChart::position);
    return x.length == 1
        ? new Range(x[0] - ONE_LAMBDA, x[0] + ONE_LAMBDA)
        : new Span().with(x).range(rightMargin, 0.02);
  }

  /** Position of a lambda on the axis. */
  static double position(PathRow row) {
    return Math.log10(row.lambda());
  }

  /** A number of every lambda; not a number where there is none. */
  double[] values(ToDoubleFunction<PathRow> value) {
    return rows.stream().mapToDouble(value).toArray();
  }

  /** Adds a curve with dots; of two that cross, the earlier one is in front. */
  LambdaChart curve(String name, double[] values, Color color, Stroke stroke) {
    double size = rows.size() <= FEW ? 5 : rows.size() <= MANY ? 3.4 : 2.2;
    curves.dotted(name, values(LambdaChart::position), values, color, stroke, size);
    return this;
  }

  /** Adds dots without a curve. */
  LambdaChart dots(String name, double[] values, Color color) {
    return curve(name, values, color, null);
  }

  /** Adds a curve without dots, unless there is but one lambda. */
  LambdaChart line(String name, double[] values, Color color, Stroke stroke) {
    if (rows.size() == 1) {
      return curve(name, values, color, stroke);
    }
    curves.line(name, values(LambdaChart::position), values, color, stroke);
    return this;
  }

  /** The plot, for what else is to be drawn. */
  XYPlot plot() {
    return curves.plot();
  }

  /** The chart. */
  JFreeChart chart(String upName, boolean legend) {
    return curves.chart(upName, legend);
  }
}
