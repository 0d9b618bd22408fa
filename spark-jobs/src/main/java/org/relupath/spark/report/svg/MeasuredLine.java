package org.relupath.spark.report.svg;

import java.awt.Font;
import java.awt.font.LineMetrics;

/** Heights of a line of text in a {@link MeasuredFont}. */
final class MeasuredLine extends LineMetrics {
  private final int characters;
  private final float size;

  MeasuredLine(int characters, float size) {
    this.characters = characters;
    this.size = size;
  }

  @Override
  public int getNumChars() {
    return characters;
  }

  @Override
  public float getAscent() {
    return MeasuredFont.ASCENT * size;
  }

  @Override
  public float getDescent() {
    return MeasuredFont.DESCENT * size;
  }

  @Override
  public float getLeading() {
    return 0;
  }

  @Override
  public float getHeight() {
    return getAscent() + getDescent();
  }

  @Override
  public int getBaselineIndex() {
    return Font.ROMAN_BASELINE;
  }

  @Override
  public float[] getBaselineOffsets() {
    return new float[3];
  }

  @Override
  public float getStrikethroughOffset() {
    return -0.3f * size;
  }

  @Override
  public float getStrikethroughThickness() {
    return 0.05f * size;
  }

  @Override
  public float getUnderlineOffset() {
    return 0.1f * size;
  }

  @Override
  public float getUnderlineThickness() {
    return 0.05f * size;
  }
}
