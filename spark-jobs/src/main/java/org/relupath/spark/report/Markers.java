package org.relupath.spark.report;

import java.awt.Color;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/** Lines across a chart that say what they mark. */
public final class Markers {
  private Markers() {}

  /**
   * A dashed line from top to bottom, its label on the side where there is more room.
   *
   * @param range of the axis
   * @param inverted whether large numbers are at the left
   */
  public static ValueMarker across(double position, String label, Range range, boolean inverted) {
    ValueMarker marker = new ValueMarker(position);
    marker.setPaint(Theme.INK);
    marker.setStroke(Theme.DASHED);
    marker.setAlpha(1);
    marker.setLabel(label);
    marker.setLabelFont(Theme.STRONG);
    marker.setLabelPaint(Theme.INK);
    marker.setLabelOffset(new RectangleInsets(3, 5, 3, 5));
    marker.setLabelBackgroundColor(Theme.fade(Theme.PAPER, 0.85));
    boolean leftHalf = inverted == position > range.getCentralValue();
    marker.setLabelAnchor(leftHalf ? RectangleAnchor.TOP_RIGHT : RectangleAnchor.TOP_LEFT);
    marker.setLabelTextAnchor(leftHalf ? TextAnchor.TOP_LEFT : TextAnchor.TOP_RIGHT);
    return marker;
  }

  /** A dotted line from left to right, its label above it. */
  public static ValueMarker level(double height, String label, Color color) {
    ValueMarker marker = new ValueMarker(height);
    marker.setPaint(color);
    marker.setStroke(Theme.DOTTED);
    marker.setAlpha(1);
    marker.setLabel(label);
    marker.setLabelFont(Theme.TEXT);
    marker.setLabelPaint(color);
    marker.setLabelBackgroundColor(Theme.fade(Theme.PAPER, 0.85));
    marker.setLabelAnchor(RectangleAnchor.TOP_LEFT);
    marker.setLabelTextAnchor(TextAnchor.BOTTOM_LEFT);
    return marker;
  }
}
