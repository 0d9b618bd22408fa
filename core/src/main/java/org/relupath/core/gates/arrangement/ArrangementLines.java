package org.relupath.core.gates.arrangement;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Consumer;
import org.relupath.core.linalg.Vectors;

/**
 * The lines in which r - 1 independent hyperplanes of a central arrangement in R^r meet: each is
 * two extreme rays of its cells.
 *
 * <p>They are found by going through the subsets of r - 1 hyperplanes in lexicographic order. Where
 * more than r - 1 meet in one line it is found at the first of their independent subsets, which is
 * recognised by that line alone: any range of subsets can be gone through without the rest.
 *
 * <p>Which subsets are independent, and on which side of a hyperplane a line is, floating-point
 * arithmetic decides where its error is proved to be smaller than what it looks at; whole numbers
 * decide the rest.
 */
final class ArrangementLines {
  private final IntegerRows rows;
  private final double[][] normals;
  private final int rank;

  /** Rays of the hyperplanes of rows on distinct lines, of rank r >= 1. */
  ArrangementLines(IntegerRows rows) {
    this.rows = rows;
    this.normals = rows.normals();
    this.rank = rows.rank();
  }

  /**
   * A line of the arrangement.
   *
   * @param direction a unit vector z on it
   * @param error how far z may be from the true one
   * @param heights a_l'z for every hyperplane: 0 for those through the line, else of the true sign
   * @param on the numbers of the hyperplanes through it, ascending
   * @param chosen r - 1 independent ones of these; not to be kept
   * @param frame these, or null where rounding may take them for dependent; not to be kept
   */
  @SuppressWarnings("ArrayRecordComponent") // seen once, never compared
  record Line(
      double[] direction, double error, double[] heights, int[] on, int[] chosen, Frame frame) {}

  /** The number of subsets to go through. */
  long subsets() {
    return Subsets.count(normals.length, rank - 1);
  }

  /** Goes through the subsets from one place up to, and without, another. */
  void visit(long from, long to, Consumer<Line> visitor) {
    if (from >= to) {
      return;
    }
    Subsets subsets = new Subsets(normals.length, rank - 1, from);
    Frame frame = new Frame(rank);
    // So many of the chosen are known to be dependent.
    int dependent = Integer.MAX_VALUE;
    for (long subset = from; subset < to; subset++) {
      int[] chosen = subsets.chosen();
      if (dependent > chosen.length) {
        dependent = complete(frame, chosen);
        if (dependent > chosen.length) {
          Line line = line(chosen, frame);
          if (isFirst(chosen, line.on())) {
            visitor.accept(line);
          }
        }
      }
      int changed = subsets.advance();
      frame.truncate(changed);
      dependent = changed < dependent ? Integer.MAX_VALUE : dependent;
    }
  }

  /**
   * Appends the chosen normals as far as they are independent beyond doubt, and returns how many of
   * the chosen are dependent, if they are.
   */
  private int complete(Frame frame, int[] chosen) {
    while (frame.size() < chosen.length) {
      if (!frame.append(normals[chosen[frame.size()]])) {
        int size = frame.size() + 1;
        while (size <= chosen.length && rows.independent(chosen, size)) {
          size++;
        }
        return size <= chosen.length ? size : Integer.MAX_VALUE;
      }
    }
    return Integer.MAX_VALUE;
  }

  private Line line(int[] chosen, Frame frame) {
    double[] heights = new double[normals.length];
    boolean clear = frame.size() == chosen.length;
    if (clear) {
      double[] z = frame.normal();
      if (read(z, frame.error(), chosen, heights)) {
        return new Line(z, frame.error(), heights, chosen.clone(), chosen, frame);
      }
    }
    BigInteger[] exact = rows.normal(chosen);
    double[] z = IntegerRows.unit(exact);
    double error = 16 * (rank + 2) * IntegerRows.UNIT;
    int[] on = new int[normals.length];
    int count = 0;
    for (int l = 0; l < normals.length; l++) {
      double height = Vectors.dot(normals[l], z);
      heights[l] = Math.abs(height) > error ? height : rows.height(l, exact);
      if (heights[l] == 0) {
        on[count++] = l;
      }
    }
    return new Line(z, error, heights, Arrays.copyOf(on, count), chosen, clear ? frame : null);
  }

  /** Reads the heights of a line; whether all but the chosen ones are away from zero for sure. */
  private boolean read(double[] z, double error, int[] chosen, double[] heights) {
    for (int l = 0, i = 0; l < normals.length; l++) {
      if (i < chosen.length && chosen[i] == l) {
        i++;
        continue;
      }
      heights[l] = Vectors.dot(normals[l], z);
      if (!(Math.abs(heights[l]) > error)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a subset is the first independent one of the hyperplanes through its line. */
  private boolean isFirst(int[] chosen, int[] on) {
    if (on.length == chosen.length) {
      return true;
    }
    if (on[0] != chosen[0]) {
      return false;
    }
    int[] first = chosen.clone();
    int size = 0;
    for (int l : on) {
      if (size < chosen.length && l != chosen[size]) {
        first[size] = l;
        if (rows.independent(first, size + 1)) {
          return false;
        }
        first[size] = chosen[size];
      } else {
        size++;
      }
    }
    return true;
  }
}
