package org.relupath.spark.report;

import java.awt.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** A chart of flat bars over an axis of numbers. */
public final class Bars {
  private final XYIntervalSeriesCollection series = new XYIntervalSeriesCollection();
  private final XYBarRenderer renderer = new XYBarRenderer();

  /** A chart without bars yet. */
  public Bars() {
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setUseYInterval(true);
    renderer.setDefaultLegendTextFont(Theme.TEXT);
    renderer.setLegendBar(new java.awt.geom.Rectangle2D.Double(-5, -5, 10, 10));
  }

  /** Starts a series; its bars follow. */
  public Bars series(String name, Color color) {
    int index = series.getSeriesCount();
    series.addSeries(new XYIntervalSeries(name, false, true));
    renderer.setSeriesPaint(index, color);
    return this;
  }

  /** Adds a bar to the series that was started last: from left to right, from 0 to height. */
  public Bars bar(double left, double right, double height) {
    return add(left, right, height, Math.min(0, height), Math.max(0, height));
  }

  /** Adds a bar to the series that was started last: from left to right, from low to high. */
  public Bars between(double left, double right, double low, double high) {
    return add(left, right, high, low, high);
  }

  private Bars add(double left, double right, double value, double low, double high) {
    series
        .getSeries(series.getSeriesCount() - 1)
        .add((left + right) / 2, left, right, value, low, high);
    return this;
  }

  /** The chart. */
  public JFreeChart chart(ScaledAxis across, ScaledAxis up, String upName) {
    XYPlot plot = Theme.plot(across, up);
    plot.setDataset(series);
    plot.setRenderer(renderer);
    plot.setRangeZeroBaselineVisible(true);
    plot.setRangeZeroBaselinePaint(Theme.LINE);
    return Theme.chart(plot, upName, series.getSeriesCount() > 1);
  }
}
