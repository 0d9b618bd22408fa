package org.relupath.spark.jobs;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.path.GapBound;
import org.relupath.spark.io.CsvTable;

/**
 * bound.csv: how far from optimal the networks interpolated between neighbours of a path can be. A
 * row an interval: with t = (lambda - L) / (lambda - nextLambda), the gap at L is at most
 *
 * <pre>
 * (1 - t)^2 gap + 2 t (1 - t) middle + t^2 nextGap &lt;= certifiedGap,   in units of ||y||^2/2.
 * </pre>
 */
final class BoundTable {
  private static final List<String> COLUMNS =
      List.of("index", "lambda", "nextLambda", "gap", "middle", "nextGap", "certifiedGap");

  private BoundTable() {}

  /** The text of the file. */
  static String text(List<GapBound> bounds, double unit) {
    CsvTable table = new CsvTable(COLUMNS);
    for (int k = 0; k < bounds.size(); k++) {
      GapBound bound = bounds.get(k).inUnits(unit, 1);
      table.row(
          k,
          bound.upper(),
          bound.lower(),
          bound.atUpper(),
          bound.mixed(),
          bound.atLower(),
          bound.max());
    }
    return table.text();
  }

  /**
   * The bounds of such a text, lambdas in the units of the loss scaling.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static List<GapBound> read(String text) {
    String[] lines = text.split("\n");
    if (!lines[0].equals(String.join(",", COLUMNS))) {
      throw new IllegalArgumentException("the first line is '" + lines[0] + "'");
    }
    List<GapBound> bounds = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] cells = lines[i].split(",", -1);
      double[] numbers = new double[COLUMNS.size()];
      for (int k = 0; k < numbers.length; k++) {
        numbers[k] = Double.parseDouble(cells[k]);
      }
      bounds.add(new GapBound(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]));
    }
    return bounds;
  }
}
