package org.relupath.spark.report;

import java.awt.Color;
import java.awt.Paint;
import java.awt.Stroke;
import java.util.function.IntPredicate;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Curves and dots over two axes of numbers; of two that cross, the earlier one is in front. */
public final class Curves {
  private final XYSeriesCollection series = new XYSeriesCollection();
  private final XYLineAndShapeRenderer renderer;
  private final XYPlot plot;

  /** An empty chart. */
  public Curves(ScaledAxis across, ScaledAxis up) {
    this(Theme.plot(across, up), 0, new XYLineAndShapeRenderer());
  }

  /** Curves in front of what a plot has already. */
  public Curves(XYPlot plot) {
    this(plot, plot.getDatasetCount(), new XYLineAndShapeRenderer());
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
  }

  /** An empty chart whose dots are full or rings by their place in a curve. */
  public Curves(ScaledAxis across, ScaledAxis up, IntPredicate full) {
    this(Theme.plot(across, up), 0, new Rings(full));
  }

  private Curves(XYPlot plot, int dataset, XYLineAndShapeRenderer renderer) {
    this.plot = plot;
    this.renderer = renderer;
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setUseFillPaint(true);
    renderer.setDefaultLegendTextFont(Theme.TEXT);
    plot.setDataset(dataset, series);
    plot.setRenderer(dataset, renderer);
  }

  /** Adds a curve; a point that is not finite is a gap. */
  public Curves line(String name, double[] x, double[] y, Color color, Stroke stroke) {
    int index = add(name, x, y, color);
    renderer.setSeriesStroke(index, stroke);
    renderer.setSeriesShapesVisible(index, x.length == 1);
    renderer.setSeriesShape(index, Dots.DISC.shape(5));
    renderer.setSeriesFillPaint(index, color);
    return this;
  }

  /** Adds a curve with a dot at every point; without a stroke, dots only. */
  public Curves dotted(
      String name, double[] x, double[] y, Color color, Stroke stroke, double size) {
    int index = add(name, x, y, color);
    renderer.setSeriesLinesVisible(index, stroke != null);
    renderer.setSeriesStroke(index, stroke == null ? Theme.THIN : stroke);
    renderer.setSeriesShape(index, Dots.DISC.shape(size));
    renderer.setSeriesFillPaint(index, color);
    renderer.setSeriesOutlineStroke(index, Theme.THIN);
    return this;
  }

  /** Adds dots, full or rings. */
  public Curves dots(String name, double[] x, double[] y, Color color, Dots dots, boolean full) {
    int index = add(name, x, y, color);
    renderer.setSeriesLinesVisible(index, false);
    renderer.setSeriesShape(index, dots.shape(x.length > 200 ? 4.5 : 7));
    renderer.setSeriesFillPaint(index, full ? color : Theme.PAPER);
    renderer.setSeriesOutlineStroke(index, Theme.THIN);
    return this;
  }

  private int add(String name, double[] x, double[] y, Color color) {
    XYSeries points = new XYSeries(name, false, true);
    for (int i = 0; i < x.length; i++) {
      points.add(x[i], Double.isFinite(y[i]) ? y[i] : Double.NaN);
    }
    series.addSeries(points);
    int index = series.getSeriesCount() - 1;
    renderer.setSeriesPaint(index, color);
    return index;
  }

  /** The plot, for what else is to be drawn. */
  public XYPlot plot() {
    return plot;
  }

  /** The chart. */
  public JFreeChart chart(String upName, boolean legend) {
    return Theme.chart(plot, upName, legend);
  }

  /** Draws rings where dots are not full. */
  private static final class Rings extends XYLineAndShapeRenderer {
    private final transient IntPredicate full;

    Rings(IntPredicate full) {
      this.full = full;
    }

    @Override
    public Paint getItemFillPaint(int series, int item) {
      return full.test(item) ? getSeriesPaint(series) : Theme.PAPER;
    }
  }
}
