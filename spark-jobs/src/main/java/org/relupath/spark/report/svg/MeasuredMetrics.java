package org.relupath.spark.report.svg;

import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/** Metrics of a {@link MeasuredFont}. */
public final class MeasuredMetrics extends FontMetrics {
  private final MeasuredFont measured;

  /** The metrics of a font. */
  public MeasuredMetrics(MeasuredFont font) {
    super(font);
    this.measured = font;
  }

  @Override
  public int getAscent() {
    return Math.round(MeasuredFont.ASCENT * measured.getSize());
  }

  @Override
  public int getDescent() {
    return Math.round(MeasuredFont.DESCENT * measured.getSize());
  }

  @Override
  public int charWidth(int character) {
    return stringWidth(Character.toString(character));
  }

  @Override
  public int charWidth(char character) {
    return stringWidth(Character.toString(character));
  }

  @Override
  public int charsWidth(char[] text, int offset, int length) {
    return stringWidth(new String(text, offset, length));
  }

  @Override
  public int stringWidth(String text) {
    return (int) Math.round(measured.width(text));
  }

  @Override
  public LineMetrics getLineMetrics(String text, Graphics context) {
    return measured.getLineMetrics(text, null);
  }

  @Override
  public Rectangle2D getStringBounds(String text, Graphics context) {
    return measured.getStringBounds(text, null);
  }
}
