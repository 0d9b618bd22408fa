package org.relupath.core.program.rows;

import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.rows.planes.GatePlanes;
import org.relupath.core.program.rows.planes.PairProducts;

/**
 * One pass over rows for products X' D_a D_b X of patterns, in groups of at most four.
 *
 * @param groups gates of each group, a gate a row
 * @param pairs pairs of groups to multiply
 */
public record GramPass(List<Matrix> groups, List<Pair> pairs) implements RowQuestion<double[]> {
  /** Two groups, by their places in the list. */
  public record Pair(int one, int other) implements java.io.Serializable {}

  @Override
  public String what() {
    return "products of " + groups.size() + " groups of patterns";
  }

  @Override
  public double[] plus(double[] a, double[] b) {
    return LocalRows.plus(a, b);
  }

  @Override
  public double[] with(OtherRows others, double[] own) {
    int d = groups.get(0).columns();
    int n = others.targets().length;
    for (int i = 0; i < pairs.size(); i++) {
      Matrix one = groups.get(pairs.get(i).one());
      Matrix other = groups.get(pairs.get(i).other());
      for (int p = 0; p < PairProducts.PAIRS; p++) {
        int a = p / PairProducts.GROUP;
        int b = p % PairProducts.GROUP;
        if (a < one.rows() && b < other.rows()) {
          int from =
              others.nearest(one.values(), a * d) * d
                  + others.nearest(other.values(), b * d) * d * n;
          for (int k = 0; k < d; k++) {
            int to = (i * PairProducts.PAIRS + p) * d * d + k * d;
            Vectors.axpy(1, others.gram(), from + k * n, own, to, d);
          }
        }
      }
    }
    return own;
  }

  /**
   * Sixteen products a pair, in the order of pairs: that of gate a of the one group and b of the
   * other is d x d at (16 pair + 4 a + b) d^2.
   */
  @Override
  public Worker<double[]> worker() {
    int d = groups.get(0).columns();
    PairProducts products = new PairProducts(d);
    int size = PairProducts.PAIRS * d * d;
    return block -> {
      byte[][] bits = new byte[groups.size()][];
      for (int g = 0; g < bits.length; g++) {
        bits[g] = GatePlanes.of(block.x(), groups.get(g)).planes()[0];
      }
      double[] sums = new double[pairs.size() * size];
      for (int i = 0; i < pairs.size(); i++) {
        Pair pair = pairs.get(i);
        products.write(block.x(), bits[pair.one()], bits[pair.other()], sums, i * size);
      }
      return sums;
    };
  }
}
