package org.relupath.core.program.rows;

import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.rows.planes.PairProducts;

/** X' D_i D_j X for the patterns D_i of some directions, all pairs of them, as a pass brings it. */
public final class DirectionProducts {
  private final Matrix directions;
  private final int m;
  private final int d;

  /**
   * Of directions, a direction a row.
   *
   * @param directions m x d
   */
  public DirectionProducts(Matrix directions) {
    this.directions = directions;
    this.m = directions.rows();
    this.d = directions.columns();
  }

  private int groups() {
    return (m + PairProducts.GROUP - 1) / PairProducts.GROUP;
  }

  /** How many numbers a pass for products brings back. */
  public long numbers() {
    return groups() * (groups() + 1L) / 2 * PairProducts.PAIRS * d * d;
  }

  /** Adds the products to what a {@link GramPass} is to be asked. */
  public void ask(List<Matrix> groups, List<GramPass.Pair> pairs) {
    int first = groups.size();
    for (int g = 0; g < groups(); g++) {
      int from = g * PairProducts.GROUP;
      int to = Math.min(m, from + PairProducts.GROUP);
      double[] own = Arrays.copyOfRange(directions.values(), from * d, to * d);
      groups.add(new Matrix(to - from, d, own));
      for (int other = 0; other <= g; other++) {
        pairs.add(new GramPass.Pair(first + g, first + other));
      }
    }
  }

  /**
   * The products that were asked for as one matrix, md x md.
   *
   * @param from where they are in the pass's answer, of {@link #numbers} entries
   */
  public double[] matrix(double[] sums, int from) {
    double[] gram = new double[m * d * m * d];
    int at = from;
    for (int g = 0; g < groups(); g++) {
      for (int other = 0; other <= g; other++) {
        for (int p = 0; p < PairProducts.PAIRS; p++, at += d * d) {
          int i = g * PairProducts.GROUP + p / PairProducts.GROUP;
          int j = other * PairProducts.GROUP + p % PairProducts.GROUP;
          if (i < m && j < m) {
            put(sums, at, gram, i, j);
          }
        }
      }
    }
    return gram;
  }

  /** X'D_i D_j X is symmetric. */
  private void put(double[] sums, int at, double[] gram, int i, int j) {
    for (int k = 0; k < d; k++) {
      System.arraycopy(sums, at + k * d, gram, i * d + (j * d + k) * m * d, d);
      System.arraycopy(sums, at + k * d, gram, j * d + (i * d + k) * m * d, d);
    }
  }
}
