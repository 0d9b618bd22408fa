package org.relupath.spark.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/** An axis of fixed range whose ticks its {@link Scale} places and labels. */
public final class ScaledAxis extends NumberAxis {
  private static final int PIXELS_ACROSS = 85;
  private static final int PIXELS_UP = 48;

  private final Scale scale;

  /** An axis over a range of positions of a scale. */
  public ScaledAxis(Scale scale, Range range) {
    this.scale = scale;
    setRange(scale.legible(range));
    setTickLabelFont(Theme.TEXT);
    setTickLabelPaint(Theme.MUTED);
    setLabelFont(Theme.TEXT);
    setLabelPaint(Theme.MUTED);
    setAxisLinePaint(Theme.LINE);
    setTickMarkPaint(Theme.LINE);
    setTickLabelInsets(new RectangleInsets(3, 4, 3, 5));
    setLabelInsets(new RectangleInsets(4, 0, 0, 0));
  }

  @Override
  @SuppressWarnings("rawtypes") // as the library declares it
  public List refreshTicks(Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
    boolean across = RectangleEdge.isTopOrBottom(edge);
    double pixels = across ? area.getWidth() / PIXELS_ACROSS : area.getHeight() / PIXELS_UP;
    int wanted = Math.max(2, (int) pixels);
    TextAnchor anchor = across ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    return scale.ticks(getLowerBound(), getUpperBound(), wanted).stream()
        .map(tick -> new NumberTick(tick.position(), tick.label(), anchor, TextAnchor.CENTER, 0))
        .toList();
  }
}
