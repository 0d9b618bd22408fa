package org.relupath.spark.report.svg;

/**
 * How wide text is in a sans-serif face: the widths of Helvetica, which Arial and Liberation Sans
 * share, in thousandths of the font size.
 */
final class GlyphWidths {
  private static final int OTHER = 580;
  private static final int SQUARE = 1000;

  /** Code points 32 to 126. */
  private static final int[] ASCII = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  private GlyphWidths() {}

  /** The width of a text in a font of size 1. */
  static double of(String text) {
    return text.codePoints().map(GlyphWidths::of).sum() / 1000.0;
  }

  private static int of(int c) {
    if (c >= 32 && c - 32 < ASCII.length) {
      return ASCII[c - 32];
    }
    return c >= 0x2E80 ? SQUARE : OTHER; // ideographs and emoji are square
  }
}
