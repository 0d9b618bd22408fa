package org.relupath.spark.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGUtils;
import org.relupath.spark.report.svg.ForwardedGraphics2D;
import org.relupath.spark.report.svg.MeasuredFont;
import org.relupath.spark.report.svg.MeasuredMetrics;

/**
 * An SVG surface whose output depends on nothing but what is drawn on it: no random ids, no fonts
 * of the machine.
 */
final class Canvas extends ForwardedGraphics2D {
  private static final int DECIMALS = 2;
  private static final Pattern TEXT = Pattern.compile("<text ");

  private final SVGGraphics2D target;

  private final List<Double> textWidths;

  private Canvas(SVGGraphics2D target, List<Double> textWidths) {
    super(target);
    this.target = target;
    this.textWidths = textWidths;
    setFont(Theme.TEXT);
  }

  private static SVGGraphics2D surface(int width, int height, String id) {
    SVGGraphics2D surface = new SVGGraphics2D(width, height);
    surface.setDefsKeyPrefix(id + "-");
    surface.setFontFunction(family -> "inherit");
    surface.setGeomDoubleConverter(SVGUtils.createDoubleConverter(DECIMALS));
    surface.setTransformDoubleConverter(SVGUtils.createDoubleConverter(DECIMALS));
    return surface;
  }

  /**
   * A chart as an SVG element, named and described for readers who do not see it.
   *
   * @param id unique in its page; letters, digits and hyphens
   * @param title as plain text
   * @param description as plain text
   */
  static String svg(
      JFreeChart chart, int width, int height, String id, String title, String description) {
    SVGGraphics2D surface = surface(width, height, id);
    Canvas canvas = new Canvas(surface, new ArrayList<>());
    chart.draw(canvas, new Rectangle2D.Double(0, 0, width, height));
    String element = canvas.fitted(surface.getSVGElement());
    String names = id + "-title " + id + "-desc";
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 "
        + (width + " " + height + "\" aria-labelledby=\"" + names + "\">")
        + ("<title id=\"" + id + "-title\">" + Html.escape(title) + "</title>")
        + ("<desc id=\"" + id + "-desc\">" + Html.escape(description) + "</desc>")
        + element.substring(element.indexOf('>') + 1);
  }

  /** Writes its measured width beside every text, so that other faces do not overflow. */
  private String fitted(String element) {
    Iterator<Double> widths = textWidths.iterator();
    return TEXT.matcher(element)
        .replaceAll(
            text ->
                widths.hasNext()
                    ? "<text textLength='"
                        + BigDecimal.valueOf(widths.next()).setScale(1, RoundingMode.HALF_UP)
                        + "' lengthAdjust='spacingAndGlyphs' "
                    : "<text ");
  }

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (!text.isEmpty()) {
      textWidths.add(MeasuredFont.like(getFont()).width(text));
      target.drawString(text, x, y);
    }
  }

  @Override
  public void setFont(Font font) {
    if (font != null) {
      target.setFont(MeasuredFont.like(font));
    }
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return new MeasuredMetrics(MeasuredFont.like(font));
  }

  @Override
  public Graphics create() {
    return new Canvas((SVGGraphics2D) target.create(), textWidths);
  }
}
