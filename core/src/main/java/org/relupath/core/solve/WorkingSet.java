package org.relupath.core.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Capacity;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricing.Priced;

/**
 * The blocks that a solve works on, their weights w_b and the operators restricted to them:
 *
 * <pre>Z'u = [s_b X' D_b u]_b,   Z w = sum_b s_b D_b X w_b,   prox(z) = [(1 - t / ||q_b||)_+ q_b]_b
 * </pre>
 *
 * with q_b = Proj_{K_b}(z_b). Each cone's projection keeps its tight rows from call to call.
 */
final class WorkingSet {
  /** A block that stayed zero for this many steps leaves. */
  private static final int IDLE_STEPS = 6;

  private static final int[] NO_ROWS = {};

  private final Problem problem;
  private final int n;
  private final int d;
  private final Map<Integer, Integer> place = new HashMap<>();
  private List<Block> blocks = new ArrayList<>();
  private List<ConeProjection> cones = new ArrayList<>();
  private int[] idle = new int[0];
  private double[] weights = new double[0];
  private double[] mask = new double[0];
  private final MaskedProducts correlations;
  private double[] packed = new double[0];
  private double[] scores = new double[0];
  private double[] products = new double[0];

  WorkingSet(Problem problem, BlockWeights start) {
    this.problem = problem;
    this.n = problem.n();
    this.d = problem.d();
    this.correlations = new MaskedProducts(problem.design());
    BlockWeights nonzero = start.compact();
    reserve(nonzero.size());
    for (int i = 0; i < nonzero.size(); i++) {
      add(nonzero.blocks().get(i));
    }
    System.arraycopy(nonzero.values(), 0, weights, 0, nonzero.values().length);
    // A prediction may have left its cones; only what lies inside them may be certified.
    if (problem.model() == Model.RELU) {
      prox(nonzero.values(), 0, weights, new double[size()]);
    }
  }

  int size() {
    return blocks.size();
  }

  Block block(int i) {
    return blocks.get(i);
  }

  /** The weights, row i is w of block i. */
  double[] weights() {
    return weights;
  }

  /** The diagonal of s_b D_b of block i, n entries from i n on. */
  double[] mask() {
    return mask;
  }

  /** The projection onto block i's cone, as the last prox left it. */
  ConeProjection cone(int i) {
    return cones.get(i);
  }

  /** The non-zero blocks as they stand. */
  BlockWeights snapshot() {
    return new BlockWeights(blocks, d, Arrays.copyOf(weights, size() * d)).compact();
  }

  int activeCount() {
    int active = 0;
    for (int i = 0; i < size(); i++) {
      active += isZero(weights, i) ? 0 : 1;
    }
    return active;
  }

  private boolean isZero(double[] w, int i) {
    for (int k = i * d; k < (i + 1) * d; k++) {
      if (w[k] != 0) {
        return false;
      }
    }
    return true;
  }

  /** sum_b ||w_b||. */
  double normSum() {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += Vectors.norm(weights, i * d, d);
    }
    return sum;
  }

  double maxNorm() {
    double max = 0;
    for (int i = 0; i < size(); i++) {
      max = Math.max(max, Vectors.norm(weights, i * d, d));
    }
    return max;
  }

  /** Takes over new weights and lets blocks go that have been zero for long. */
  void accept(double[] w) {
    System.arraycopy(w, 0, weights, 0, size() * d);
    int kept = 0;
    for (int i = 0; i < size(); i++) {
      idle[i] = isZero(weights, i) ? idle[i] + 1 : 0;
      kept += idle[i] < IDLE_STEPS ? 1 : 0;
    }
    if (kept < size()) {
      dropIdle();
    }
  }

  private void dropIdle() {
    List<Block> keptBlocks = new ArrayList<>();
    List<ConeProjection> keptCones = new ArrayList<>();
    place.clear();
    for (int i = 0; i < size(); i++) {
      if (idle[i] < IDLE_STEPS) {
        int to = keptBlocks.size();
        System.arraycopy(weights, i * d, weights, to * d, d);
        System.arraycopy(mask, i * n, mask, to * n, n);
        idle[to] = idle[i];
        place.put(blocks.get(i).id(), to);
        keptBlocks.add(blocks.get(i));
        keptCones.add(cones.get(i));
      }
    }
    blocks = keptBlocks;
    cones = keptCones;
  }

  /** Adds at most {@code limit} violators that are not yet here; the number added. */
  int add(List<Priced> violators, int limit) {
    int added = 0;
    for (Priced violator : violators) {
      if (added < limit && !place.containsKey(violator.block().id())) {
        reserve(size() + 1);
        add(violator.block());
        added++;
      }
    }
    return added;
  }

  private void add(Block block) {
    int i = size();
    block.signedMask(n, mask, i * n);
    Arrays.fill(weights, i * d, (i + 1) * d, 0);
    idle[i] = 0;
    place.put(block.id(), i);
    blocks.add(block);
    cones.add(problem.model() == Model.RELU ? problem.projection(block, NO_ROWS) : null);
  }

  private void reserve(int count) {
    if (count > idle.length
        || weights.length < (long) count * d
        || mask.length < (long) count * n) {
      long capacity = Math.max(count, idle.length * 3L / 2 + 8);
      idle = Arrays.copyOf(idle, Capacity.of(count, capacity));
      weights = Arrays.copyOf(weights, Capacity.of((long) count * d, capacity * d));
      mask = Arrays.copyOf(mask, Capacity.of((long) count * n, capacity * n));
    }
  }

  /** Z'u into {@code g}. */
  void correlate(double[] u, double[] g) {
    correlations.correlate(mask, size(), u, g);
  }

  /** Z w into {@code f}. */
  void fit(double[] w, double[] f) {
    Arrays.fill(f, 0);
    if (packed.length < size() * d || scores.length < size() * n) {
      packed = new double[weights.length];
      scores = new double[mask.length];
    }
    int count = 0;
    int[] at = new int[size()];
    for (int i = 0; i < size(); i++) {
      if (!isZero(w, i)) {
        System.arraycopy(w, i * d, packed, count * d, d);
        at[count++] = i;
      }
    }
    problem.design().multiply(packed, count, scores);
    for (int j = 0; j < count; j++) {
      int m = at[j] * n;
      for (int r = 0, s = j * n; r < n; r++, s++) {
        f[r] += mask[m + r] * scores[s];
      }
    }
  }

  /**
   * The proximal map of t ||.|| plus the cones.
   *
   * @param z where, size x d
   * @param t the threshold, > 0
   * @param w receives (1 - t / ||q_b||)_+ q_b
   * @param norms receives ||q_b||, or a bound of it where that is at most t
   * @return 1/2 sum_b (||q_b|| - t)_+^2
   */
  double prox(double[] z, double t, double[] w, double[] norms) {
    boolean wide = problem.unitRows() != null && problem.unitRows().isWide();
    if (wide) {
      multiply(z);
    }
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      ConeProjection cone = cones.get(i);
      double norm =
          cone == null
              ? Vectors.norm(z, i * d, d)
              : cone.project(z, i * d, t, wide ? products : null, i * n);
      norms[i] = norm;
      if (norm <= t) {
        Arrays.fill(w, i * d, (i + 1) * d, 0);
        continue;
      }
      double shrink = 1 - t / norm;
      double[] q = cone == null ? z : cone.v();
      int from = cone == null ? i * d : 0;
      for (int k = 0; k < d; k++) {
        w[i * d + k] = shrink * q[from + k];
      }
      sum += 0.5 * (norm - t) * (norm - t);
    }
    return sum;
  }

  /** a_r'z_b of all unit rows and blocks, for all cones at once. */
  private void multiply(double[] z) {
    if (products.length < size() * n) {
      products = new double[mask.length];
    }
    Blas.gemm(true, false, n, size(), d, 1, problem.unitRows().values(), d, z, d, 0, products, n);
  }
}
