package org.relupath.spark.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import org.relupath.core.data.DatePart;

/**
 * Parts of dates as operators of an ONNX graph, in whole numbers: what {@link DatePart} takes from
 * days since 1970-01-01, by the proleptic Gregorian calendar.
 *
 * <p>Years are counted from March, so that the day that leap years have more is the last one; a
 * cycle of 400 years has 146097 days (H. Hinnant, chrono-compatible low-level date algorithms).
 */
final class OnnxDate {
  private static final long DAY_SECONDS = 86_400;

  /** Days from 0000-03-01 to 1970-01-01. */
  private static final long EPOCH = 719_468;

  private static final long CYCLE_DAYS = 146_097;
  private static final long CYCLE_YEARS = 400;

  private final OnnxGraph graph;
  private final String days;
  private final String day;
  private final String second;

  /**
   * Dates.
   *
   * @param days N x 1, doubles that are finite
   */
  OnnxDate(OnnxGraph graph, String days) {
    this.graph = graph;
    this.days = days;
    String seconds = graph.op("Mul", days, graph.doubles(new double[] {DAY_SECONDS}, 1));
    String nearest =
        graph.op("Floor", graph.op("Add", seconds, graph.doubles(new double[] {0.5}, 1)));
    String whole = graph.cast(nearest, DataType.INT64);
    second = graph.op("Mod", whole, number(DAY_SECONDS));
    day = over(minus(whole, second), DAY_SECONDS);
  }

  /** One part of all dates, N x 1 doubles. */
  String part(DatePart part) {
    return switch (part) {
      case DAYS -> days;
      case HOUR -> graph.op("Div", doubles(second), graph.doubles(new double[] {3600}, 1));
      // 1970-01-01 was a Thursday, the fourth day of its week.
      case WEEKDAY -> doubles(plus(graph.op("Mod", plus(day, 3), number(7)), 1));
      case YEAR, MONTH, DAY -> doubles(calendar(part));
    };
  }

  private String calendar(DatePart part) {
    String since = plus(day, EPOCH);
    String inCycle = graph.op("Mod", since, number(CYCLE_DAYS));
    String corrected =
        minus(
            graph.op("Add", minus(inCycle, over(inCycle, 1460)), over(inCycle, 36_524)),
            over(inCycle, 146_096));
    String year = over(corrected, 365);
    String before = minus(graph.op("Add", times(year, 365), over(year, 4)), over(year, 100));
    String inYear = minus(inCycle, before);
    String fromMarch = over(plus(times(inYear, 5), 2), 153);
    if (part == DatePart.DAY) {
      return plus(minus(inYear, over(plus(times(fromMarch, 153), 2), 5)), 1);
    }
    String thisYear = graph.op("Less", fromMarch, number(10));
    if (part == DatePart.MONTH) {
      return graph.op("Where", thisYear, plus(fromMarch, 3), plus(fromMarch, -9));
    }
    String cycle = over(minus(since, inCycle), CYCLE_DAYS);
    String own = graph.op("Add", year, times(cycle, CYCLE_YEARS));
    return graph.op("Where", thisYear, own, plus(own, 1));
  }

  private String number(long value) {
    return graph.wholes(new long[] {value}, 1);
  }

  private String doubles(String whole) {
    return graph.cast(whole, DataType.DOUBLE);
  }

  private String plus(String value, long more) {
    return graph.op("Add", value, number(more));
  }

  private String times(String value, long factor) {
    return graph.op("Mul", value, number(factor));
  }

  private String minus(String value, String less) {
    return graph.op("Sub", value, less);
  }

  /** The quotient of a number that is no negative one, or a multiple, rounded down. */
  private String over(String value, long divisor) {
    return graph.op("Div", value, number(divisor));
  }
}
