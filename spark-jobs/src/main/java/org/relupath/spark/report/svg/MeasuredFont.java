package org.relupath.spark.report.svg;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/**
 * A font that measures text with {@link GlyphWidths} instead of asking the machine.
 *
 * <p>AWT measures with the fonts that it finds and fails where it finds none, as on a server with
 * only a JDK. A browser draws the text anyway, with fonts of its own, and fits it to the width that
 * is written beside it; so the layout is the same on every machine.
 */
public final class MeasuredFont extends Font {
  static final float ASCENT = 0.93f;
  static final float DESCENT = 0.24f;

  /** A font of an AWT style and a size in pixels. */
  public MeasuredFont(int style, int size) {
    super(SANS_SERIF, style, size);
  }

  /** The given font's style and size, measured. */
  public static MeasuredFont like(Font font) {
    return font instanceof MeasuredFont measured
        ? measured
        : new MeasuredFont(font.getStyle(), font.getSize());
  }

  /** Width of a text in this font. */
  public double width(String text) {
    return getSize() * GlyphWidths.of(text) * (isBold() ? 1.07 : 1);
  }

  @Override
  public String getFamily() {
    return SANS_SERIF;
  }

  @Override
  public Font deriveFont(float size) {
    return new MeasuredFont(getStyle(), Math.round(size));
  }

  @Override
  public LineMetrics getLineMetrics(String text, FontRenderContext context) {
    return new MeasuredLine(text.length(), getSize());
  }

  @Override
  public Rectangle2D getStringBounds(String text, FontRenderContext context) {
    return new Rectangle2D.Double(
        0, -ASCENT * getSize(), width(text), (ASCENT + DESCENT) * getSize());
  }
}
