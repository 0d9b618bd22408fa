package org.relupath.core.solve.rows.gated;

import java.util.Arrays;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.planes.GatePlanes;
import org.relupath.core.program.rows.planes.PairProducts;

/**
 * H = Z'Z over a growing set of gates on sampled rows, Z = [D_b X for b in the set].
 *
 * <p>Gates are taken four at a time, see {@link PairProducts}.
 */
final class SampleGram {
  private static final int GROUP = PairProducts.GROUP;

  private final RowBlock sample;
  private final int d;
  private int[] gates = new int[0];
  private byte[][] groups = new byte[0][];
  private double[] h = new double[0];
  private final PairProducts pairs;
  private final double[] byPair;
  private final double[] floor;

  /**
   * No gates yet.
   *
   * @param sample the rows
   * @param complete whether they are all rows; else every gate's own block gets X'X / m on top, a
   *     row's worth, lest a gate that no sampled row is active in seem to have no curvature
   */
  SampleGram(RowBlock sample, boolean complete) {
    this.sample = sample;
    this.floor = LocalRows.gram(sample.x());
    Vectors.scale(complete ? 0 : 1.0 / Math.max(1, sample.rows()), floor, 0, floor.length);
    this.d = sample.x().columns();
    this.pairs = new PairProducts(d);
    this.byPair = new double[PairProducts.PAIRS * d * d];
  }

  /** The gates of the set, in the order of the blocks of H. */
  int[] gates() {
    return gates;
  }

  /** N, the order of H. */
  int order() {
    return gates.length * d;
  }

  /** H, N x N, both triangles; not to be changed. */
  double[] values() {
    return h;
  }

  /** Adds gates to the set; it then has a multiple of four, or all gates there are. */
  void add(int[] more) {
    int before = order();
    int kept = gates.length;
    gates = Arrays.copyOf(gates, kept + more.length);
    System.arraycopy(more, 0, gates, kept, more.length);
    double[] larger = new double[Math.multiplyExact(order(), order())];
    for (int j = 0; j < before; j++) {
      System.arraycopy(h, j * before, larger, j * order(), before);
    }
    h = larger;
    int known = groups.length;
    addGroups(more);
    for (int i = known; i < groups.length; i++) {
      for (int j = 0; j <= i; j++) {
        pair(i, j);
      }
    }
  }

  private void addGroups(int[] more) {
    int known = groups.length;
    groups = Arrays.copyOf(groups, known + (more.length + GROUP - 1) / GROUP);
    for (int q = known; q < groups.length; q++) {
      int from = (q - known) * GROUP;
      int to = Math.min(more.length, from + GROUP);
      GatePlanes own = sample.gates().select(Arrays.copyOfRange(more, from, to));
      groups[q] = own.planes()[0];
    }
  }

  /** The products of the gates of group i with those of group j. */
  private void pair(int i, int j) {
    pairs.write(sample.x(), groups[i], groups[j], byPair, 0);
    for (int a = GROUP * i; a < Math.min(gates.length, GROUP * (i + 1)); a++) {
      for (int b = GROUP * j; b < Math.min(gates.length, GROUP * (j + 1)); b++) {
        store(a, b, ((a - GROUP * i) * 4 + (b - GROUP * j)) * d * d);
      }
    }
  }

  private void store(int a, int b, int from) {
    int n = order();
    for (int q = 0; q < d; q++) {
      for (int p = 0; p < d; p++) {
        double value = byPair[from + p + q * d] + (a == b ? floor[p + q * d] : 0);
        h[a * d + p + (b * d + q) * n] = value;
        h[b * d + q + (a * d + p) * n] = value;
      }
    }
  }
}
