package org.relupath.spark.report;

/**
 * What a mark is drawn with: a custom property of the style sheet, which is another colour in the
 * dark. The hues are Okabe and Ito's, apart for every common colour blindness.
 */
public enum Ink {
  BLUE,
  VERMILLION,
  GREEN,
  PURPLE,
  ORANGE,
  SKY,
  TEXT,
  MUTED;

  private static final Ink[] HUES = {BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY};

  /** The hue of a series by its number from 0; they begin again after six. */
  public static Ink of(int series) {
    return HUES[series % HUES.length];
  }

  /** Whether a series by its number from 0 repeats the hue of an earlier one. */
  public static boolean repeats(int series) {
    return series >= HUES.length;
  }

  /** The custom property. */
  String property() {
    return "--" + name().toLowerCase(java.util.Locale.ROOT);
  }
}
