package org.relupath.spark.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/**
 * One axis of a chart, as options of ECharts.
 *
 * @param options what {@code xAxis} and {@code yAxis} take, and {@code format}, which page.js reads
 */
public record Axis(ObjectNode options) {
  private static Axis of(String type, String format, String name) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("type", type).put("name", name).put("format", format);
    return new Axis(options);
  }

  /** Numbers; the axis need not begin at 0. */
  public static Axis linear(String name) {
    Axis axis = of("value", "number", name);
    axis.options.put("scale", true);
    return axis;
  }

  /** Numbers, 0 among them. */
  public static Axis fromZero(String name) {
    return of("value", "number", name);
  }

  /** Whole numbers from 0. */
  public static Axis count(String name) {
    Axis axis = of("value", "number", name);
    axis.options.put("minInterval", 1);
    return axis;
  }

  /** Shares of one, shown as percentages. */
  public static Axis percent(String name) {
    Axis axis = of("value", "percent", name);
    axis.options.put("scale", true);
    return axis;
  }

  /** Numbers above 0 on a logarithmic scale. */
  public static Axis log(String name) {
    return of("log", "number", name);
  }

  /**
   * Numbers on the scale that tells them apart: logarithmic where all are above 0 and the largest
   * is many times the smallest.
   */
  public static Axis spread(String name, double[] numbers) {
    double low = Arrays.stream(numbers).min().orElse(1);
    double high = Arrays.stream(numbers).max().orElse(1);
    return low > 0 && high > 30 * low ? log(name + " (log scale)") : linear(name);
  }

  /** Lambdas on a logarithmic scale, large ones at the left, as a path runs. */
  public static Axis lambda(String name) {
    Axis axis = log(name + " (log scale, from large to small)");
    axis.options.put("inverse", true).put("min", "dataMin").put("max", "dataMax");
    return axis;
  }

  /** Names, one a bar. */
  public static Axis names(String name, List<String> names) {
    Axis axis = of("category", "text", name);
    names.forEach(axis.options.putArray("data")::add);
    return axis;
  }

  /** From where to where it goes; on a logarithmic scale, to the powers of ten around. */
  public Axis within(double low, double high) {
    boolean log = options.get("type").asText().equals("log");
    options.put("min", log ? Math.pow(10, Math.floor(Math.log10(low))) : low);
    options.put("max", log ? Math.pow(10, Math.ceil(Math.log10(high))) : high);
    return this;
  }
}
