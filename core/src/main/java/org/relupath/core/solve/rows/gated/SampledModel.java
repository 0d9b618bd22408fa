package org.relupath.core.solve.rows.gated;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowPass;
import org.relupath.core.program.rows.RowSums;
import org.relupath.core.program.rows.RowWeights;

/**
 * The objective as a driver sees it that has only a sample of the rows: around an evaluated point
 * (w_k, c_k) it is, up to a constant,
 *
 * <pre>-c_k'(w - w_k) + 1/2 (w - w_k)'H(w - w_k) + lambda sum_b ||w_b||,   H about Z'Z,</pre>
 *
 * exact but for H. Weights live on a working set of gates that only grows.
 */
final class SampledModel {
  /** Order of H at most: it and its correction then take 1 GB. */
  private static final int MOST_DIMENSIONS = 8000;

  /** The working set grows by four gates, the group that {@link SampleGram} works in. */
  private static final int GROUP = 4;

  private final RowBlock sample;
  private final int d;
  private final int gateCount;
  private final SampleGram gram;
  private final BlockSecants secants;
  private final Set<Integer> members = new LinkedHashSet<>();
  private QuadraticLasso quadratic;
  private double[] h;
  private int newtonSteps;

  /**
   * A model without gates.
   *
   * @param drawn sampled rows, scaled so that their Z'Z is an estimate of that of all rows
   * @param complete whether they are all rows
   * @param zero the evaluation at w = 0
   * @param secants points kept for correcting H
   */
  SampledModel(RowBlock drawn, boolean complete, Evaluation zero, int secants) {
    this.sample = new RowBlock(0, drawn.x(), new double[drawn.rows()], drawn.gates());
    this.d = drawn.x().columns();
    this.gateCount = drawn.gates().gates();
    this.gram = new SampleGram(sample, complete);
    this.secants = new BlockSecants(zero, secants);
  }

  /** Takes in an exact evaluation: H is made exact on its difference from zero. */
  void learn(Evaluation point) {
    secants.add(point);
    forget();
  }

  /** The number of gates in the working set. */
  int size() {
    return members.size();
  }

  /** Newton systems solved so far. */
  int newtonSteps() {
    return newtonSteps + (quadratic == null ? 0 : quadratic.newtonSteps());
  }

  /**
   * Gates outside the working set with ||c_b|| above lambda, largest first.
   *
   * @param c P x d
   */
  List<Integer> violators(double[] c, double lambda, int most) {
    Map<Integer, Double> norms = new HashMap<>();
    for (int b = 0; b < gateCount; b++) {
      double norm = Vectors.norm(c, b * d, d);
      if (norm > lambda && !members.contains(b)) {
        norms.put(b, norm);
      }
    }
    return norms.keySet().stream()
        .sorted(Comparator.comparingDouble((Integer b) -> -norms.get(b)).thenComparing(b -> b))
        .limit(most)
        .toList();
  }

  /** Adds gates to the working set as far as there is room, and others to fill up a group. */
  void grow(Set<Integer> wanted) {
    Set<Integer> more = new LinkedHashSet<>();
    int room = Math.max(GROUP, MOST_DIMENSIONS / d / GROUP * GROUP) - members.size();
    wanted.stream().filter(b -> !members.contains(b)).limit(Math.max(0, room)).forEach(more::add);
    for (int b = 0; b < gateCount && more.size() % GROUP != 0; b++) {
      if (!members.contains(b)) {
        more.add(b);
      }
    }
    if (!more.isEmpty()) {
      gram.add(more.stream().mapToInt(Integer::intValue).toArray());
      members.addAll(more);
      forget();
    }
  }

  private void forget() {
    newtonSteps = newtonSteps();
    quadratic = null;
  }

  /** The minimiser of the model around an evaluated point. */
  BlockWeights solve(Evaluation anchor, double lambda, BlockWeights start, double tolerance) {
    if (quadratic == null) {
      h = secants.correct(gram.values(), gram.gates());
      quadratic = new QuadraticLasso(h, gram.order(), d);
    }
    int n = gram.order();
    int[] gates = gram.gates();
    double[] b = new double[n];
    for (int i = 0; i < gates.length; i++) {
      System.arraycopy(anchor.correlations(), gates[i] * d, b, i * d, d);
    }
    Blas.gemv(false, n, n, 1, h, n, dense(anchor.weights()), 1, b);
    double[] w = quadratic.solve(b, lambda, dense(start), tolerance);
    return RowWeights.of(gates, d, w).compact();
  }

  private double[] dense(BlockWeights weights) {
    double[] w = new double[gram.order()];
    int[] places = new int[gateCount];
    int[] gates = gram.gates();
    for (int i = 0; i < gates.length; i++) {
      places[gates[i]] = i;
    }
    for (int i = 0; i < weights.size(); i++) {
      int place = places[weights.blocks().get(i).pattern()];
      System.arraycopy(weights.values(), i * d, w, place * d, d);
    }
    return w;
  }

  /** The model's c_b of every gate (P x d) at weights, one by one, from their distance to zero. */
  List<double[]> prices(Evaluation zero, List<BlockWeights> weights) {
    RowSums moved = new RowPass(weights, d, 0).of(sample);
    double[][] prices = new double[weights.size()][];
    for (int l = 0; l < prices.length; l++) {
      // With targets of zero, u is minus the fit.
      prices[l] = moved.correlations(l);
      Vectors.axpy(1, zero.correlations(), 0, prices[l], 0, prices[l].length);
    }
    return Arrays.asList(prices);
  }
}
