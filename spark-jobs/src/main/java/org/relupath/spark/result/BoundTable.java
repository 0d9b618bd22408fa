package org.relupath.spark.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.path.GapBound;
import org.relupath.spark.io.table.RecordTable;

/**
 * bound.csv: how far from optimal the networks interpolated between neighbours of a path can be. A
 * row an interval: with t = (lambda - L) / (lambda - nextLambda), the gap at L is at most
 *
 * <pre>
 * (1 - t)^2 gap + 2 t (1 - t) middle + t^2 nextGap &lt;= certifiedGap,   in units of ||y||^2/2.
 * </pre>
 */
public final class BoundTable {
  /** Ends of neighbouring intervals nearer than this, relatively, are the same. */
  private static final double SAME = 1e-12;

  private static final List<String> COLUMNS = RecordTable.columns(Interval.class);

  private BoundTable() {}

  /** A line of the file. */
  private record Interval(
      int index,
      double lambda,
      double nextLambda,
      double gap,
      double middle,
      double nextGap,
      double certifiedGap) {
    static Interval of(int index, GapBound bound) {
      return new Interval(
          index,
          bound.upper(),
          bound.lower(),
          bound.atUpper(),
          bound.mixed(),
          bound.atLower(),
          bound.max());
    }
  }

  /** The text of the file, of bounds with lambdas in the units of the loss scaling. */
  public static String text(List<GapBound> bounds) {
    List<Interval> rows =
        IntStream.range(0, bounds.size()).mapToObj(k -> Interval.of(k, bounds.get(k))).toList();
    return new RecordTable<>(Interval.class, rows).csv();
  }

  /**
   * The bounds of such a text, lambdas in the units of the loss scaling.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static List<GapBound> read(String text) {
    String[] lines = text.split("\n");
    if (!lines[0].equals(String.join(",", COLUMNS))) {
      throw new IllegalArgumentException("begins '" + lines[0] + "', expected a header");
    }
    List<GapBound> bounds = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      double[] numbers = numbers(lines[i], i);
      double above = i == 1 ? numbers[1] : bounds.get(i - 2).lower();
      if (Math.abs(numbers[1] - above) > SAME * above
          || !(numbers[2] > 0)
          || numbers[2] > numbers[1]) {
        throw new IllegalArgumentException(
            "row "
                + i
                + " goes from "
                + numbers[1]
                + " to "
                + numbers[2]
                + ", expected lambdas above 0, each interval below the one before");
      }
      bounds.add(new GapBound(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]));
    }
    return bounds;
  }

  private static double[] numbers(String line, int row) {
    String[] cells = line.split(",", -1);
    if (cells.length != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "row " + row + " has " + cells.length + " cells, expected " + COLUMNS.size());
    }
    double[] numbers = new double[cells.length];
    for (int k = 0; k < cells.length; k++) {
      try {
        numbers[k] = Double.parseDouble(cells[k]);
      } catch (NumberFormatException e) {
        numbers[k] = Double.NaN;
      }
      if (!Double.isFinite(numbers[k])) {
        throw new IllegalArgumentException(
            "row " + row + " has " + COLUMNS.get(k) + " '" + cells[k] + "', expected a number");
      }
    }
    return numbers;
  }
}
