package org.relupath.spark.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.relupath.spark.report.svg.MeasuredFont;

/** Colours, fonts and frames that all charts share. */
public final class Theme {
  public static final Color INK = new Color(0x1F2933);
  public static final Color MUTED = new Color(0x52606D);
  static final Color LINE = new Color(0xB8C2CC);
  static final Color GRID = new Color(0xE7EBEF);
  public static final Color PAPER = Color.WHITE;

  // Okabe and Ito's colours, apart for every common colour blindness.
  public static final Color BLUE = new Color(0x0072B2);
  public static final Color VERMILLION = new Color(0xD55E00);
  public static final Color GREEN = new Color(0x009E73);
  public static final Color PURPLE = new Color(0xB5659A);
  public static final Color ORANGE = new Color(0xE69F00);
  public static final Color SKY = new Color(0x56B4E9);

  public static final Font TEXT = new MeasuredFont(Font.PLAIN, 12);
  static final Font STRONG = new MeasuredFont(Font.BOLD, 12);

  public static final Stroke CURVE = round(1.9f);
  public static final Stroke THIN = round(1.1f);
  public static final Stroke DASHED =
      new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 3}, 0);
  public static final Stroke DOTTED =
      new BasicStroke(
          1.7f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {2, 2.5f}, 0);

  /** How a legend shows a line. */
  public static final Shape DASH = new Rectangle2D.Double(-8, -1.25, 16, 2.5);

  private Theme() {}

  private static Stroke round(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  /** The colour with another opacity, from 0 to 1. */
  public static Color fade(Color color, double opacity) {
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
  }

  /** Two axes, horizontal grid lines, no frame. */
  public static XYPlot plot(ScaledAxis across, ScaledAxis up) {
    XYPlot plot = new XYPlot(null, across, up, null);
    plot.setBackgroundPaint(PAPER);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setNoDataMessageFont(TEXT);
    plot.setInsets(new RectangleInsets(2, 0, 0, 6));
    up.setAxisLineVisible(false);
    up.setTickMarksVisible(false);
    return plot;
  }

  /**
   * The plot under the name of its vertical axis, which reads better level than turned.
   *
   * @param legend whether the series are named below that
   */
  public static JFreeChart chart(XYPlot plot, String upName, boolean legend) {
    JFreeChart chart = new JFreeChart(null, STRONG, plot, false);
    chart.setBackgroundPaint(PAPER);
    chart.setPadding(new RectangleInsets(2, 2, 2, 2));
    if (legend) {
      LegendTitle names = new LegendTitle(plot);
      names.setPosition(RectangleEdge.TOP);
      names.setHorizontalAlignment(HorizontalAlignment.LEFT);
      names.setItemFont(TEXT);
      names.setItemPaint(INK);
      names.setFrame(BlockBorder.NONE);
      names.setBackgroundPaint(PAPER);
      names.setMargin(0, 0, 2, 0);
      names.setItemLabelPadding(new RectangleInsets(2, 4, 2, 12));
      chart.addSubtitle(names);
    }
    TextTitle name = new TextTitle(upName, TEXT);
    name.setPaint(MUTED);
    name.setHorizontalAlignment(HorizontalAlignment.LEFT);
    name.setMargin(0, 2, 6, 0);
    chart.addSubtitle(0, name);
    return chart;
  }
}
