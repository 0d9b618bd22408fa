package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Block;
import org.relupath.core.program.rows.GramPass;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.rows.planes.PairProducts;

/**
 * The products X' D_a D_b X of patterns, exact over all rows, which make up H = Z'Z: those of
 * patterns that were wanted together are summed up by a pass when first wanted and then kept, as
 * long as there is room.
 */
final class PatternProducts {
  private final RowPasses rows;
  private final PatternTable table;
  private final int d;
  private final int capacity;

  /** Patterns in groups as they came, so that a new one is multiplied with whole groups. */
  private List<int[]> groups = new ArrayList<>();

  private Map<Long, double[]> products = new HashMap<>();

  private int passes;

  /**
   * None yet.
   *
   * @param capacity patterns whose products are kept at most
   */
  PatternProducts(RowPasses rows, PatternTable table, int capacity) {
    this.rows = rows;
    this.table = table;
    this.d = rows.columns();
    this.capacity = capacity;
  }

  /** Passes for products so far. */
  int passes() {
    return passes;
  }

  /**
   * Sums up whatever products of these patterns are missing.
   *
   * @param exhausted whether a limit has been hit: there is no further pass then
   * @return whether all are there; else those that were missing still are
   */
  boolean need(Set<Integer> patterns, BooleanSupplier exhausted) {
    int[] missing = missing(patterns);
    int held = groups.stream().mapToInt(group -> group.length).sum();
    if (missing.length > 0 && held + missing.length > capacity) {
      groups = new ArrayList<>();
      products = new HashMap<>();
      missing = missing(patterns);
    }
    int known = groups.size();
    List<GramPass.Pair> pairs = new ArrayList<>();
    for (int from = 0; from < missing.length; from += PairProducts.GROUP) {
      int to = Math.min(missing.length, from + PairProducts.GROUP);
      groups.add(Arrays.copyOfRange(missing, from, to));
      for (int other = 0; other < groups.size(); other++) {
        pairs.add(new GramPass.Pair(groups.size() - 1, other));
      }
    }
    int together = (int) Math.max(1, RowPasses.MOST_NUMBERS / (PairProducts.PAIRS * (long) d * d));
    for (int from = 0; from < pairs.size(); from += together) {
      if (exhausted.getAsBoolean()) {
        forget(missing, known);
        return false;
      }
      sum(pairs.subList(from, Math.min(pairs.size(), from + together)));
    }
    return true;
  }

  /** Patterns count as missing, and groups from {@code known} on as not there. */
  private void forget(int[] patterns, int known) {
    groups.subList(known, groups.size()).clear();
    for (int pattern : patterns) {
      products.remove(key(pattern, pattern));
    }
  }

  private int[] missing(Set<Integer> patterns) {
    return patterns.stream()
        .filter(p -> !products.containsKey(key(p, p)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void sum(List<GramPass.Pair> pairs) {
    List<Matrix> gates = groups.stream().map(group -> table.gates().selectRows(group)).toList();
    passes++;
    double[] sums = rows.ask(new GramPass(gates, List.copyOf(pairs)));
    for (int i = 0; i < pairs.size(); i++) {
      int[] one = groups.get(pairs.get(i).one());
      int[] other = groups.get(pairs.get(i).other());
      for (int a = 0; a < one.length; a++) {
        for (int b = 0; b < other.length; b++) {
          int at = (i * PairProducts.PAIRS + a * PairProducts.GROUP + b) * d * d;
          products.put(key(one[a], other[b]), Arrays.copyOfRange(sums, at, at + d * d));
        }
      }
    }
  }

  /** The products are symmetric, and the same for both orders of the patterns. */
  private static long key(int a, int b) {
    return (long) Math.max(a, b) << 32 | Math.min(a, b);
  }

  /** H of some blocks whose products are there: s_a s_b X' D_a D_b X, N x N. */
  double[] gram(List<Block> blocks) {
    int n = blocks.size() * d;
    double[] h = new double[Math.multiplyExact(n, n)];
    for (int b = 0; b < blocks.size(); b++) {
      for (int a = 0; a < blocks.size(); a++) {
        double[] product = products.get(key(blocks.get(a).pattern(), blocks.get(b).pattern()));
        double sign = blocks.get(a).sign() * blocks.get(b).sign();
        for (int j = 0; j < d; j++) {
          int to = a * d + (b * d + j) * n;
          for (int i = 0; i < d; i++) {
            h[to + i] = sign * product[j * d + i];
          }
        }
      }
    }
    return h;
  }
}
