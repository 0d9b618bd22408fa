package org.relupath.spark.report;

import java.util.function.Supplier;
import org.jfree.chart.JFreeChart;
import org.slf4j.LoggerFactory;

/**
 * A chart with its heading and caption, as markup.
 *
 * @param html a figure element
 */
public record Figure(String html) {
  /**
   * Draws a chart. Where drawing fails the figure says so: numbers that took hours must not be lost
   * for want of a picture.
   *
   * @param id unique in its page; letters, digits and hyphens
   * @param heading plain text
   * @param caption plain text: what is drawn, and what was left out
   */
  public static Figure draw(
      String id, String heading, String caption, Size size, Supplier<JFreeChart> chart) {
    String picture;
    try {
      picture = Canvas.svg(chart.get(), size.width, size.height, id, heading, caption);
    } catch (RuntimeException | LinkageError | InternalError | java.awt.AWTError e) {
      LoggerFactory.getLogger(Figure.class).warn("cannot draw {}", heading, e);
      picture =
          "<p class=\"missing\">This chart could not be drawn: "
              + Html.escape(e.toString())
              + "</p>";
    }
    String html =
        (size == Size.HALF ? "<figure>" : "<figure class=\"wide\">")
            + ("\n<h3>" + Html.escape(heading) + "</h3>\n" + picture)
            + ("\n<figcaption>" + Html.prose(caption) + "</figcaption>\n</figure>\n");
    return new Figure(html);
  }

  /** How much of the page a figure takes, in pixels. */
  public enum Size {
    WIDE(1000, 400),
    BAND(1000, 280),
    HALF(484, 300);

    private final int width;
    private final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }
}
