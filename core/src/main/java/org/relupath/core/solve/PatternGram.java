package org.relupath.core.solve;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;

/**
 * The products X' D_a D_b X (d x d) of pairs of patterns, computed when a pair is first active
 * together and kept until the room is needed.
 *
 * <p>All pairs that a step lacks are computed at once, as one matrix product of the patterns'
 * common rows with the upper triangles of x_r x_r'. Where those triangles would need more than
 * {@link #MOST_OUTER} numbers, pair by pair.
 */
final class PatternGram {
  /** n d (d + 1) / 2 at most: 32 MB. */
  private static final int MOST_OUTER = 4_000_000;

  /** Columns kept at most: 128 MB of products, whatever n. */
  private static final int MOST_COLUMNS = 4000;

  /** Pairs in one product. */
  private static final int BATCH = 64;

  private final Matrix x;
  private final int n;
  private final int d;
  private final int capacity;
  private final int triangle;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private double[] values = new double[0];
  private boolean[] known = new boolean[0];
  private double[] masks = new double[0];
  private double[] outer;
  private double[] common = new double[0];
  private double[] products = new double[0];
  private final int[] first = new int[BATCH];
  private final int[] second = new int[BATCH];
  private int waiting;

  PatternGram(Matrix x) {
    this.x = x;
    this.n = x.rows();
    this.d = x.columns();
    this.capacity = Math.max(2, Math.min(2 * (n / d) + 2, MOST_COLUMNS / d));
    this.triangle = d * (d + 1) / 2;
  }

  /** The patterns that there is room for; no more may be active at once. */
  int capacity() {
    return capacity;
  }

  /** The products: that of slots a and b is at row a d and column b d, column-major. */
  double[] values() {
    return values;
  }

  /** The distance from one column of {@link #values} to the next. */
  int stride() {
    return capacity * d;
  }

  /** The slot of every active pattern, with the products of all pairs of them at hand. */
  int[] slots(ActiveBlocks active) {
    if (values.length == 0) {
      values = new double[capacity * d * capacity * d];
      known = new boolean[capacity * capacity];
      masks = new double[capacity * n];
      common = new double[BATCH * n];
    }
    int missing = 0;
    for (int a = 0; a < active.count(); a++) {
      missing += slots.containsKey(active.pattern(a)) ? 0 : 1;
    }
    if (slots.size() + missing > capacity) {
      slots.clear();
      Arrays.fill(known, false);
    }
    int[] slot = new int[active.count()];
    for (int a = 0; a < slot.length; a++) {
      slot[a] = slot(active, a);
    }
    for (int a : slot) {
      for (int b : slot) {
        if (a <= b && !known[a * capacity + b]) {
          request(a, b);
        }
      }
    }
    compute();
    return slot;
  }

  private int slot(ActiveBlocks active, int a) {
    Integer there = slots.get(active.pattern(a));
    if (there != null) {
      return there;
    }
    int slot = slots.size();
    slots.put(active.pattern(a), slot);
    System.arraycopy(active.mask(), a * n, masks, slot * n, n);
    return slot;
  }

  private void request(int a, int b) {
    known[a * capacity + b] = true;
    first[waiting] = a;
    second[waiting] = b;
    for (int r = 0, i = a * n, j = b * n, k = waiting * n; r < n; r++, i++, j++, k++) {
      common[k] = masks[i] * masks[j];
    }
    waiting++;
    if (waiting == BATCH) {
      compute();
    }
  }

  private void compute() {
    if (waiting == 0) {
      return;
    }
    if ((long) n * triangle <= MOST_OUTER) {
      together();
    } else {
      for (int p = 0; p < waiting; p++) {
        alone(p);
      }
    }
    waiting = 0;
  }

  private void together() {
    if (outer == null) {
      outer = outerProducts();
      products = new double[BATCH * triangle];
    }
    Blas.gemm(
        false, false, triangle, waiting, n, 1, outer, triangle, common, n, 0, products, triangle);
    for (int p = 0; p < waiting; p++) {
      for (int j = 0, t = p * triangle; j < d; j++) {
        for (int i = 0; i <= j; i++, t++) {
          store(p, i, j, products[t]);
        }
      }
    }
  }

  /** The upper triangle of x_r x_r' for every row r, column by column. */
  private double[] outerProducts() {
    double[] triangles = new double[n * triangle];
    for (int r = 0, t = 0; r < n; r++) {
      for (int j = 0; j < d; j++) {
        for (int i = 0; i <= j; i++, t++) {
          triangles[t] = x.values()[r * d + i] * x.values()[r * d + j];
        }
      }
    }
    return triangles;
  }

  private void alone(int p) {
    double[] masked = new double[n * d];
    double[] product = new double[d * d];
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < d; k++) {
        masked[r * d + k] = common[p * n + r] * x.values()[r * d + k];
      }
    }
    Blas.gemm(false, true, d, d, n, 1, masked, d, x.values(), d, 0, product, d);
    for (int j = 0; j < d; j++) {
      for (int i = 0; i <= j; i++) {
        store(p, i, j, product[i + j * d]);
      }
    }
  }

  /** Puts entry (i, j) of a symmetric product into its four places. */
  private void store(int p, int i, int j, double value) {
    int a = first[p] * d;
    int b = second[p] * d;
    int ld = stride();
    values[a + i + (b + j) * ld] = value;
    values[a + j + (b + i) * ld] = value;
    values[b + i + (a + j) * ld] = value;
    values[b + j + (a + i) * ld] = value;
  }
}
