package org.relupath.spark.result.page;

import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.util.List;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.relupath.spark.report.Theme;

/** Curves over lambda: a full dot where lambda was solved, a ring where it was interpolated. */
final class PointRenderer extends XYLineAndShapeRenderer {
  private static final long serialVersionUID = 1L;
  private static final int FEW = 40;
  private static final int MANY = 150;

  private final transient List<PathPoint> points;

  PointRenderer(List<PathPoint> points) {
    this.points = points;
    setDrawSeriesLineAsPath(true);
    setUseFillPaint(true);
    setDefaultLegendTextFont(Theme.TEXT);
  }

  /** How a series looks; without a stroke it is dots only. */
  void style(int series, Color color, Stroke stroke, boolean dotted) {
    setSeriesLinesVisible(series, stroke != null);
    setSeriesPaint(series, color);
    setSeriesFillPaint(series, color);
    setSeriesStroke(series, stroke == null ? Theme.THIN : stroke);
    setSeriesShape(series, dot(points.size()));
    setSeriesShapesVisible(series, dotted);
    setSeriesOutlineStroke(series, Theme.THIN);
  }

  private static Shape dot(int count) {
    double size = count <= FEW ? 5 : count <= MANY ? 3.4 : 2.2;
    return new Ellipse2D.Double(-size / 2, -size / 2, size, size);
  }

  @Override
  public Paint getItemFillPaint(int series, int item) {
    return points.get(item).solved() ? getSeriesPaint(series) : Theme.PAPER;
  }
}
