package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The few rows of a cone K = {w : a_r'w >= 0}, a_r = (2 D_rr - 1) x_r, that a direction w has the
 * smallest slacks a_r'w / (||x_r|| ||w||) of. Of rows with the same normal only the first is kept;
 * a zero row bounds nothing and is never there.
 */
public final class NearRows implements Serializable {
  private final int most;
  private final List<Row> rows = new ArrayList<>();

  /**
   * A row of a cone.
   *
   * @param number of the row among all rows
   * @param slack at the direction asked for
   * @param normal a_r / ||x_r||, d entries
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by slack and number
  public record Row(long number, double slack, double[] normal)
      implements Serializable, Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int bySlack = Double.compare(slack, other.slack);
      return bySlack != 0 ? bySlack : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Row row && compareTo(row) == 0;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }

    private boolean repeats(Row other) {
      return Arrays.equals(normal, other.normal);
    }
  }

  /**
   * No rows yet.
   *
   * @param most how many to keep
   */
  public NearRows(int most) {
    this.most = most;
  }

  /** The rows kept, the smallest slack first. */
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Whether a row of this slack may be among the smallest. */
  boolean wants(double slack) {
    return rows.size() < most || slack <= rows.get(rows.size() - 1).slack;
  }

  /**
   * Offers a row that is not zero.
   *
   * @param x the rows, row-major
   * @param r which of them
   * @param d columns
   * @param side 1 where the pattern is active, else -1
   * @param length ||x_r||
   */
  void offer(long number, double slack, double[] x, int r, int d, int side, double length) {
    if (wants(slack)) {
      double[] normal = new double[d];
      for (int k = 0; k < d; k++) {
        normal[k] = side * x[r * d + k] / length;
      }
      insert(new Row(number, slack, normal));
    }
  }

  private void insert(Row row) {
    int place = Collections.binarySearch(rows, row);
    int at = place < 0 ? -place - 1 : place;
    for (int i = at; i > 0 && rows.get(i - 1).slack == row.slack; i--) {
      if (rows.get(i - 1).repeats(row)) {
        return;
      }
    }
    for (int i = at; i < rows.size() && rows.get(i).slack == row.slack; i++) {
      if (rows.get(i).repeats(row)) {
        rows.set(i, row);
        return;
      }
    }
    rows.add(at, row);
    if (rows.size() > most) {
      rows.remove(most);
    }
  }

  /** Takes in the rows that another list of the same direction has kept. */
  NearRows add(NearRows other) {
    other.rows.forEach(this::insert);
    return this;
  }
}
