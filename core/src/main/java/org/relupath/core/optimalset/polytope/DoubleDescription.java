package org.relupath.core.optimalset.polytope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Svd;
import org.relupath.core.linalg.Vectors;

/**
 * The vertices of {z : 1 + N z >= 0} by the double description method (Motzkin and others 1953;
 * Fukuda and Prodon 1996) on the cone {(s, z) : x = s 1 + N z >= 0}, whose extreme rays they are.
 *
 * <p>A ray is kept as its values x of all inequalities. It starts with the simplicial cone of k + 1
 * independent inequalities; each further one x_b >= 0 keeps the rays with x_b >= 0 and adds, for
 * every adjacent pair of rays on either side, where their plane meets x_b = 0. Two rays are
 * adjacent if no third one has all the zeros they share, which also holds at degenerate vertices.
 * The next inequality is always the one that separates the fewest pairs.
 */
final class DoubleDescription {
  /** Relative to a ray's largest value, what counts as zero. */
  private static final double ZERO = 1e-9;

  /** Values in between are close decisions. */
  private static final double SURELY_ZERO = 1e-11;

  private static final double SURELY_POSITIVE = 1e-7;

  /** Subset tests, about a nanosecond each, before giving up. */
  private static final long TESTS = 1_000_000_000L;

  private record Ray(double[] x, BitSet zeros) {}

  private final int s;
  private final int k;
  private final int maxRays;
  private final BitSet done = new BitSet();
  private List<Ray> rays = new ArrayList<>();
  private long tests;
  private boolean clear = true;

  private DoubleDescription(int s, int k, int maxRays) {
    this.s = s;
    this.k = k;
    this.maxRays = maxRays;
  }

  /**
   * The sets of zeros of all vertices.
   *
   * @param zeros for each vertex the inequalities that hold with equality
   * @param clear whether no decision was close
   */
  record Outcome(List<BitSet> zeros, boolean clear) {}

  /**
   * Enumerates.
   *
   * @param s number of inequalities
   * @param basis N, s x k, column-major, of rank k; the polyhedron must be bounded
   * @param maxRays where more rays than this are needed on the way, it gives up
   * @return null if it gave up
   */
  static Outcome of(int s, double[] basis, int maxRays) {
    int k = basis.length / s;
    DoubleDescription method = new DoubleDescription(s, k, maxRays);
    double[] cone = new double[s * (k + 1)];
    Arrays.fill(cone, 0, s, 1);
    System.arraycopy(basis, 0, cone, s, s * k);
    method.start(cone);
    while (method.done.cardinality() < s) {
      if (!method.cut(method.next())) {
        return null;
      }
    }
    return new Outcome(method.rays.stream().map(Ray::zeros).toList(), method.clear);
  }

  /** The cone of k + 1 independent inequalities I: the columns of cone times cone_I^-1. */
  private void start(double[] cone) {
    int d = k + 1;
    int[] chosen = independent(cone, d);
    double[] square = new double[d * d];
    for (int i = 0; i < d; i++) {
      done.set(chosen[i]);
      for (int j = 0; j < d; j++) {
        square[i + j * d] = cone[chosen[i] + j * s];
      }
    }
    Svd inverse = new Dense(d, d, square).svd();
    for (int i = 0; i < d; i++) {
      double[] unit = new double[d];
      unit[i] = 1;
      double[] x = new Dense(s, d, cone).times(inverse.solve(unit, 0));
      for (int j = 0; j < d; j++) {
        x[chosen[j]] = i == j ? 1 : 0;
      }
      rays.add(ray(x, new BitSet()));
    }
  }

  /** Rows chosen by pivoted Gram-Schmidt, the longest remainder first. */
  private int[] independent(double[] cone, int d) {
    double[] rows = new double[s * d];
    for (int b = 0; b < s; b++) {
      for (int j = 0; j < d; j++) {
        rows[b * d + j] = cone[b + j * s];
      }
      Vectors.scale(1 / Vectors.norm(rows, b * d, d), rows, b * d, d);
    }
    int[] chosen = new int[d];
    for (int i = 0; i < d; i++) {
      int best = 0;
      for (int b = 1; b < s; b++) {
        best = Vectors.norm(rows, b * d, d) > Vectors.norm(rows, best * d, d) ? b : best;
      }
      chosen[i] = best;
      double[] unit = Arrays.copyOfRange(rows, best * d, (best + 1) * d);
      Vectors.scale(1 / Vectors.norm(unit), unit, 0, d);
      for (int b = 0; b < s; b++) {
        Vectors.axpy(-Vectors.dot(rows, b * d, unit, 0, d), unit, 0, rows, b * d, d);
      }
    }
    return chosen;
  }

  /** Scales x and reads its zeros among the inequalities done, beyond those known. */
  private Ray ray(double[] x, BitSet known) {
    double largest = 0;
    for (double value : x) {
      largest = Math.max(largest, Math.abs(value));
    }
    Vectors.scale(1 / largest, x, 0, s);
    for (int b = 0; b < s; b++) {
      double size = Math.abs(x[b]);
      if (known.get(b) || size <= ZERO) {
        clear &= known.get(b) || size <= SURELY_ZERO;
        x[b] = 0;
      } else {
        clear &= size >= SURELY_POSITIVE;
      }
    }
    BitSet zeros = new BitSet(s);
    for (int b = done.nextSetBit(0); b >= 0; b = done.nextSetBit(b + 1)) {
      zeros.set(b, x[b] == 0);
    }
    return new Ray(x, zeros);
  }

  private int next() {
    int best = -1;
    long fewest = Long.MAX_VALUE;
    for (int b = done.nextClearBit(0); b < s; b = done.nextClearBit(b + 1)) {
      long positive = 0;
      long negative = 0;
      for (Ray ray : rays) {
        positive += ray.x[b] > 0 ? 1 : 0;
        negative += ray.x[b] < 0 ? 1 : 0;
      }
      if (positive * negative < fewest) {
        fewest = positive * negative;
        best = b;
      }
    }
    return best;
  }

  /** Takes in x_b >= 0; false where that needs too many rays or tests. */
  private boolean cut(int b) {
    done.set(b);
    List<Ray> kept = new ArrayList<>();
    List<Ray> positive = new ArrayList<>();
    List<Ray> negative = new ArrayList<>();
    for (Ray ray : rays) {
      ray.zeros.set(b, ray.x[b] == 0);
      (ray.x[b] < 0 ? negative : kept).add(ray);
      if (ray.x[b] > 0) {
        positive.add(ray);
      }
    }
    for (Ray p : positive) {
      for (Ray q : negative) {
        BitSet common = (BitSet) p.zeros.clone();
        common.and(q.zeros);
        tests++;
        if (common.cardinality() >= k - 1 && onlyTwo(common)) {
          kept.add(between(p, q, b, common));
        }
        if (kept.size() > maxRays || tests > TESTS) {
          return false;
        }
      }
    }
    rays = kept;
    return true;
  }

  /** Whether two rays that share these zeros are the only ones that have them. */
  private boolean onlyTwo(BitSet common) {
    int holders = 0;
    for (Ray ray : rays) {
      tests++;
      if (contains(ray.zeros, common) && ++holders > 2) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(BitSet all, BitSet some) {
    for (int b = some.nextSetBit(0); b >= 0; b = some.nextSetBit(b + 1)) {
      if (!all.get(b)) {
        return false;
      }
    }
    return true;
  }

  private Ray between(Ray p, Ray q, int b, BitSet common) {
    double[] x = p.x.clone();
    Vectors.scale(-q.x[b], x, 0, s);
    Vectors.axpy(p.x[b], q.x, 0, x, 0, s);
    BitSet known = (BitSet) common.clone();
    known.set(b);
    return ray(x, known);
  }
}
