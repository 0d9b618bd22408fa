package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.rows.PatternPass;
import org.relupath.core.program.rows.RowPasses;

/**
 * The patterns gathered so far: for each its gate, X' D_b y and its cone as far as rows of it are
 * known. Equal patterns and the zero pattern are turned away.
 */
final class PatternTable {
  /** Rows nearest to a gate that bound its cone at first, for each dimension. */
  private static final int NEAR = 4;

  private final RowPasses rows;
  private final int d;
  private final int limit;
  private final List<double[]> gates = new ArrayList<>();
  private final List<double[]> targets = new ArrayList<>();
  private final List<PatternCone> cones = new ArrayList<>();
  private final Map<List<Long>, Integer> known = new HashMap<>();
  private int passes;

  /**
   * No patterns.
   *
   * @param limit how many there may be
   */
  PatternTable(RowPasses rows, int limit) {
    this.rows = rows;
    this.d = rows.columns();
    this.limit = limit;
  }

  /**
   * Adds the patterns of gates, by one pass, or several where too much would come back.
   *
   * @return the number of each gate's pattern; -1 where it is zero or there is no room
   */
  int[] add(Matrix candidates) {
    int[] numbers = new int[candidates.rows()];
    int together = (int) Math.max(1, RowPasses.MOST_NUMBERS / ((long) NEAR * d * d));
    for (int from = 0; from < candidates.rows(); from += together) {
      int[] own = IntStream.range(from, Math.min(candidates.rows(), from + together)).toArray();
      passes++;
      add(candidates.selectRows(own), from, numbers);
    }
    return numbers;
  }

  private void add(Matrix candidates, int first, int[] numbers) {
    PatternPass.Answer found = rows.ask(new PatternPass(candidates, NEAR * d));
    for (int b = 0; b < candidates.rows(); b++) {
      List<Long> key = found.digest().key(b);
      if (found.digest().active(b) > 0 && count() < limit && !known.containsKey(key)) {
        known.put(key, count());
        PatternCone cone = new PatternCone(d);
        cone.add(found.near().get(b));
        gates.add(candidates.row(b));
        targets.add(Arrays.copyOfRange(found.targets(), b * d, (b + 1) * d));
        cones.add(cone);
      }
      numbers[first + b] = known.getOrDefault(key, -1);
    }
  }

  /** Passes for new patterns so far. */
  int passes() {
    return passes;
  }

  /** P. */
  int count() {
    return gates.size();
  }

  /** How many there may be: blocks are numbered as if there were. */
  int limit() {
    return limit;
  }

  /** A gate a row, in the order in which they came. */
  Matrix gates() {
    Matrix all = Matrix.zeros(gates.size(), d);
    for (int b = 0; b < gates.size(); b++) {
      System.arraycopy(gates.get(b), 0, all.values(), b * d, d);
    }
    return all;
  }

  /** The gate of a pattern. */
  double[] gate(int pattern) {
    return gates.get(pattern);
  }

  /** X' D_b y of a pattern. */
  double[] targets(int pattern) {
    return targets.get(pattern);
  }

  /** The cone of a pattern. */
  PatternCone cone(int pattern) {
    return cones.get(pattern);
  }
}
