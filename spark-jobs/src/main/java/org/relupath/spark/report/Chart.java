package org.relupath.spark.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A chart with its heading and caption: the options that Apache ECharts draws in the reader's
 * browser, with the data in them. What all charts share (fonts, grid, tooltip, colours of the
 * theme) is added by page.js.
 */
public final class Chart {
  /** Significant digits of a coordinate: a thousandth of a pixel. */
  private static final MathContext DIGITS = new MathContext(7);

  /** Pixels that a bar is wide at most. */
  private static final int BAR = 30;

  private final String id;
  private final String heading;
  private final String caption;
  private final Size size;
  private final ObjectNode options = JsonNodeFactory.instance.objectNode();
  private final ArrayNode series;
  private ObjectNode last;

  /**
   * A chart without marks yet.
   *
   * @param id unique in its page; letters, digits and hyphens
   * @param heading plain text
   * @param caption plain text: what is drawn, and what was left out
   */
  public Chart(String id, String heading, String caption, Size size, Axis across, Axis up) {
    this.id = id;
    this.heading = heading;
    this.caption = caption;
    this.size = size;
    options.set("xAxis", across.options());
    options.set("yAxis", up.options());
    series = options.putArray("series");
  }

  /** Adds a curve of (x, y); a y that is not finite is a gap. */
  public Chart line(String name, double[] x, double[] y, Ink ink, Stroke stroke) {
    curve(name, ink, stroke).put("showSymbol", x.length == 1);
    return points(x, y, i -> true);
  }

  private ObjectNode curve(String name, Ink ink, Stroke stroke) {
    begin("line", name, ink);
    last.putObject("lineStyle").put("type", stroke.type).put("width", stroke.width);
    return last;
  }

  /** Adds a curve with a dot at every point, a ring where it is not full. */
  public Chart dotted(
      String name, double[] x, double[] y, Ink ink, Stroke stroke, IntPredicate full) {
    curve(name, ink, stroke).put("symbol", "circle");
    last.put("symbolSize", x.length <= 40 ? 7 : x.length <= 150 ? 5 : 3);
    return points(x, y, full);
  }

  /** Adds dots. */
  public Chart dots(String name, double[] x, double[] y, Ink ink, Symbol symbol) {
    begin("scatter", name, ink).put("symbol", symbol.name);
    last.put("symbolSize", x.length > 200 ? 5 : 8);
    last.withObject("/itemStyle").put("opacity", x.length > 200 ? 0.5 : 0.9);
    return points(x, y, i -> true);
  }

  /** Adds bars, one a name of the axis; a height that is not finite is none. */
  public Chart bars(String name, double[] heights, Ink ink) {
    begin("bar", name, ink)
        .put("barGap", "-100%")
        .put("barCategoryGap", "20%")
        .put("barMaxWidth", BAR);
    ArrayNode data = last.putArray("data");
    for (double height : heights) {
      number(data, height);
    }
    return this;
  }

  /** Adds bars that float from low to high, one a name of the axis. */
  public Chart ranges(String name, double[] low, double[] high, Ink ink) {
    String stack = "stack" + series.size();
    double[] height = new double[low.length];
    for (int i = 0; i < low.length; i++) {
      height[i] = high[i] - low[i];
    }
    // What is seen stands on what is not.
    for (int part = 0; part < 2; part++) {
      begin("bar", name, ink).put("stack", stack).put("silent", true).put("part", true);
      last.put("stackStrategy", "all");
      last.withObject("/itemStyle").put("opacity", part == 0 ? 0 : 0.8);
      ArrayNode data = last.putArray("data");
      for (double one : part == 0 ? low : height) {
        number(data, one);
      }
    }
    return this;
  }

  /**
   * Adds the band between two curves over x, without a line: one curve there above and back below,
   * whose areas down to the axis cancel below the band, wound the other way. ECharts stacks curves
   * over names alone, not over numbers.
   */
  public Chart band(String name, double[] x, double[] low, double[] high, Ink ink) {
    int[] known =
        IntStream.range(0, x.length)
            .filter(i -> Double.isFinite(low[i]) && Double.isFinite(high[i]))
            .toArray();
    int n = known.length;
    double[] around = new double[2 * n];
    double[] heights = new double[2 * n];
    for (int i = 0; i < n; i++) {
      around[i] = x[known[i]];
      heights[i] = high[known[i]];
      around[2 * n - 1 - i] = x[known[i]];
      heights[2 * n - 1 - i] = low[known[i]];
    }
    begin("line", name, ink).put("silent", true).put("part", true).put("showSymbol", false);
    last.putObject("lineStyle").put("width", 0);
    last.putObject("areaStyle")
        .put("opacity", 0.16)
        .put("color", ink.property())
        .put("origin", "start");
    return points(around, heights, i -> true);
  }

  /** Adds a histogram: how many numbers there are in bins of equal width, as steps. */
  public Chart steps(String name, double[] middles, double[] counts, Ink ink) {
    line(name, middles, counts, ink, Stroke.THIN);
    last.put("step", "middle").put("showSymbol", false);
    last.putObject("areaStyle").put("opacity", 0.35);
    return this;
  }

  /** Moves the marks of the series that was added last to the right, so that none hides another. */
  public Chart shifted(int pixels) {
    last.putArray("symbolOffset").add(pixels).add(0);
    return this;
  }

  private ObjectNode begin(String type, String name, Ink ink) {
    last = series.addObject().put("type", type).put("name", name);
    last.putObject("itemStyle").put("color", ink.property());
    return last;
  }

  private Chart points(double[] x, double[] y, IntPredicate full) {
    ArrayNode data = last.putArray("data");
    for (int i = 0; i < x.length; i++) {
      ArrayNode point;
      if (full.test(i)) {
        point = data.addArray();
      } else {
        ObjectNode ring = data.addObject().put("symbol", "emptyCircle");
        point = ring.putArray("value");
      }
      number(point, x[i]);
      number(point, y[i]);
    }
    return this;
  }

  /** A coordinate as pages have it, so that equal ones stay equal. */
  static double rounded(double value) {
    return BigDecimal.valueOf(value).round(DIGITS).doubleValue();
  }

  private static void number(ArrayNode data, double value) {
    if (Double.isFinite(value)) {
      data.add(rounded(value));
    } else {
      data.addNull();
    }
  }

  /** Marks a place of the axis across by a dashed line and its label. */
  public Chart vertical(double x, String label) {
    mark(label).put("xAxis", rounded(x));
    return this;
  }

  /** Marks a height by a dashed line and its label. */
  public Chart horizontal(double y, String label) {
    mark(label).put("yAxis", rounded(y));
    return this;
  }

  private ObjectNode mark(String label) {
    return options.withArray("/marks").addObject().put("name", label);
  }

  /** Whether the series are named above the chart; they are where there are several. */
  public Chart legend(List<String> names) {
    ArrayNode data = options.putObject("legend").putArray("data");
    names.forEach(data::add);
    return this;
  }

  /** Follows the slider of the page: its lambda is marked, and a click on the chart moves it. */
  public Chart followsLambda() {
    options.put("lambda", true);
    return this;
  }

  /**
   * Has the series that was added last change with the slider of the page.
   *
   * @param frames its numbers at every step of the slider
   */
  public Chart frames(List<double[]> frames) {
    ArrayNode all = last.putArray("frames");
    for (double[] frame : frames) {
      ArrayNode data = all.addArray();
      for (double one : frame) {
        number(data, one);
      }
    }
    return this;
  }

  /**
   * Names the rows of a table that the points of the series that was added last are: a click on one
   * keeps its row.
   *
   * @param table id of a table of the page whose rows can be kept
   * @param rows a row for each point, from 0
   */
  public Chart keeps(String table, int[] rows) {
    options.put("table", table);
    ArrayNode numbers = last.putArray("rows");
    IntStream.of(rows).forEach(numbers::add);
    return this;
  }

  /** Draws a polytope in space in place of all else: what polytope.js reads. */
  public Chart scene(ObjectNode scene) {
    options.set("scene", scene);
    return this;
  }

  /** The options as ECharts and page.js read them. */
  public ObjectNode options() {
    return options;
  }

  /** The name of the chart in its page. */
  String id() {
    return id;
  }

  /** The place of the chart in the page. */
  String html() {
    return "<figure class=\"%s\" id=\"%s\">\n<h3>%s</h3>\n".formatted(size.style, id, heading())
        + "<p class=\"axis\">%s</p>\n".formatted(name("yAxis"))
        + "<div class=\"plot\" role=\"img\" aria-label=\"%s\"></div>\n".formatted(heading())
        + "<p class=\"axis across\">%s</p>\n".formatted(name("xAxis"))
        + "<figcaption>"
        + Html.prose(caption)
        + "</figcaption>\n</figure>\n";
  }

  private String name(String axis) {
    return Html.escape(options.path(axis).path("name").asText());
  }

  private String heading() {
    return Html.escape(heading);
  }

  /** How much of the page a chart takes. */
  public enum Size {
    WIDE("wide"),
    BAND("wide band"),
    HALF("half");

    private final String style;

    Size(String style) {
      this.style = style;
    }
  }

  /** How a curve is drawn. */
  public enum Stroke {
    CURVE("solid", 2),
    THIN("solid", 1),
    DASHED("dashed", 1.6),
    DOTTED("dotted", 1.8),
    NONE("solid", 0);

    private final String type;
    private final double width;

    Stroke(String type, double width) {
      this.type = type;
      this.width = width;
    }
  }

  /** What a dot looks like. */
  public enum Symbol {
    DISC("circle"),
    RING("emptyCircle"),
    DIAMOND("diamond"),
    SQUARE("rect");

    private final String name;

    Symbol(String name) {
      this.name = name;
    }
  }
}
