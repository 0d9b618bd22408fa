package org.relupath.core.optimalset.polytope;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Svd;

/**
 * The vertices of a polytope in its affine coordinates: all of them by {@link DoubleDescription}
 * where that stays small, and else those that maximise random linear functionals.
 *
 * <p>Every vertex is computed anew from its zeros Z: N_Z must have rank k, which is that the fits
 * of the support are independent, and z = -N_Z^+ 1 must leave every other coordinate positive.
 */
final class VertexEnumeration {
  /** Of the random objectives. */
  private static final long SEED = 1;

  /** Random objectives for every vertex that is wanted. */
  private static final int TRIES = 4;

  /** Rays of the double description at once, for every vertex that is wanted. */
  private static final int RAYS = 20;

  /** Rays that are always allowed: a moment's work. */
  private static final int LEAST_RAYS = 2000;

  /** Relative to the largest singular value of N_Z, what counts as zero. */
  private static final double SINGULAR = 1e-9;

  /** A coordinate at or below this, with a sum of one, is zero. */
  private static final double ZERO = 1e-9;

  private final AffineCoordinates affine;
  private final int limit;
  private final Comparator<int[]> order = Arrays::compare;
  private final TreeMap<int[], double[]> found = new TreeMap<>(order);

  VertexEnumeration(AffineCoordinates affine, int limit) {
    this.affine = affine;
    this.limit = limit;
  }

  /** What the enumeration found: x by support, and whether it is everything. */
  record Outcome(TreeMap<int[], double[]> found, boolean complete) {}

  /** All vertices, or at most {@code limit} of them. */
  Outcome run() {
    int s = affine.origin().length;
    if (affine.dimension() == 0) {
      int[] all = new int[s];
      Arrays.setAll(all, b -> b);
      found.put(all, affine.origin());
      return new Outcome(found, true);
    }
    long rays = Math.max(LEAST_RAYS, (long) RAYS * limit);
    DoubleDescription.Outcome all =
        DoubleDescription.of(s, affine.basis(), (int) Math.min(rays, Integer.MAX_VALUE));
    if (all == null) {
      search();
      return new Outcome(found, false);
    }
    boolean complete = all.clear();
    for (BitSet zeros : all.zeros()) {
      complete &= add(zeros);
    }
    complete &= found.size() == all.zeros().size() && found.size() <= limit;
    while (found.size() > limit) {
      found.pollLastEntry();
    }
    return new Outcome(found, complete);
  }

  /** Maximisers of random functionals, which are vertices with probability one. */
  private void search() {
    SplittableRandom random = new SplittableRandom(Seeds.derive(SEED, "vertices", 0));
    for (int i = 0; i < TRIES * limit && found.size() < limit; i++) {
      double[] objective = new double[affine.dimension()];
      for (int j = 0; j < objective.length; j++) {
        objective[j] = Seeds.gaussian(random);
      }
      FeasibleAscent ascent =
          new FeasibleAscent(affine.inequalities(), new double[affine.dimension()]);
      BitSet zeros = new BitSet();
      for (int b : ascent.maximise(objective).active()) {
        zeros.set(b);
      }
      add(zeros);
    }
  }

  /** Adds the vertex with these zeros, if it is one. */
  private boolean add(BitSet zeros) {
    int k = affine.dimension();
    int count = zeros.cardinality();
    if (count < k) {
      return false;
    }
    Svd normals = rows(zeros).svd();
    if (normals.rank(SINGULAR) < k) {
      return false;
    }
    double[] bounds = new double[count];
    int[] at = zeros.stream().toArray();
    for (int i = 0; i < count; i++) {
      bounds[i] = -affine.origin()[at[i]];
    }
    double[] z = normals.solve(bounds, SINGULAR);
    double[] x = affine.at(z);
    int width = 0;
    int[] support = new int[x.length];
    for (int b = 0; b < x.length; b++) {
      if (zeros.get(b) == x[b] > ZERO) {
        return false;
      }
      x[b] = zeros.get(b) ? 0 : x[b];
      if (x[b] > 0) {
        support[width++] = b;
      }
    }
    found.put(Arrays.copyOf(support, width), x);
    return true;
  }

  private Dense rows(BitSet zeros) {
    int s = affine.origin().length;
    int count = zeros.cardinality();
    double[] rows = new double[count * affine.dimension()];
    int i = 0;
    for (int b = zeros.nextSetBit(0); b >= 0; b = zeros.nextSetBit(b + 1)) {
      for (int j = 0; j < affine.dimension(); j++) {
        rows[i + j * count] = affine.basis()[b + j * s];
      }
      i++;
    }
    return new Dense(count, affine.dimension(), rows);
  }
}
