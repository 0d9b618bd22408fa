package org.relupath.core.audit.stationarity;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.linalg.Vectors;

/**
 * The direction in a neuron's W along which the objective falls fastest,
 *
 * <pre>rate = max over ||delta|| &lt;= 1 of -(linear'delta + sum_l slope_l (normal_l'delta)_+).
 * </pre>
 *
 * <p>Since -q (z)_+ = min over xi in {0, 1} of -q xi z, a choice xi of the concave kinks turns this
 * into a convex problem whose value is the length of the shortest vector p of the set
 *
 * <pre>linear + sum over concave l of xi_l slope_l normal_l + sum over convex l of [0, slope_l]
 * normal_l,
 * </pre>
 *
 * <p>with delta = -p / ||p||, and the rate is the largest over all xi. It is zero iff the network
 * is directionally stationary in this neuron, which is to say optimal for the programs over every
 * pattern that its tight rows leave open. With more than {@value #ENUMERABLE} concave kinks the
 * choices are searched, and the rate is a lower bound.
 *
 * @param rate of W alone
 * @param delta of length one, zero where the rate is
 * @param exact whether the rate is the largest, not only one that is reached
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a point, never compared as a whole
record SteepestDescent(double rate, double[] delta, boolean exact) {
  /** Concave kinks whose 2^12 choices are all tried. */
  private static final int ENUMERABLE = 12;

  /** The steepest descent from a neuron. */
  static SteepestDescent of(Slope slope) {
    if (!slope.resolved()) {
      return new SteepestDescent(0, new double[slope.linear().length], false);
    }
    return new Search(slope).best();
  }

  private static final class Search {
    private final Slope slope;
    private final List<Kink> concave = new ArrayList<>();
    private final List<Kink> convex = new ArrayList<>();
    private final double[] lower;
    private final double[] upper;
    private double[] last;

    Search(Slope slope) {
      this.slope = slope;
      for (Kink kink : slope.kinks()) {
        (kink.concave() ? concave : convex).add(kink);
      }
      this.lower = new double[convex.size()];
      this.upper = convex.stream().mapToDouble(Kink::slope).toArray();
      this.last = lower;
    }

    SteepestDescent best() {
      return concave.size() <= ENUMERABLE ? enumerate() : climb();
    }

    /** In the order of a Gray code: one kink changes from each choice to the next. */
    private SteepestDescent enumerate() {
      boolean[] xi = new boolean[concave.size()];
      double[] longest = shortest(xi);
      for (int i = 1; i < 1 << concave.size(); i++) {
        int flipped = Integer.numberOfTrailingZeros(i);
        xi[flipped] = !xi[flipped];
        longest = longer(longest, shortest(xi));
      }
      return descent(longest, true);
    }

    /**
     * From all kinks off and from all on: to the choice that the best direction itself makes, which
     * is never worse, and where that rests to the best choice that differs in one kink.
     */
    private SteepestDescent climb() {
      double[] longest = new double[slope.linear().length];
      for (boolean start : new boolean[] {false, true}) {
        boolean[] xi = new boolean[concave.size()];
        java.util.Arrays.fill(xi, start);
        longest = longer(longest, climb(xi));
      }
      return descent(longest, false);
    }

    private double[] climb(boolean[] start) {
      boolean[] xi = start;
      double[] p = shortest(xi);
      while (true) {
        double[] next = shortest(chosenBy(p));
        boolean[] better = chosenBy(p);
        for (int l = 0; l < xi.length && Vectors.norm(next) <= Vectors.norm(p); l++) {
          better = xi.clone();
          better[l] = !xi[l];
          next = shortest(better);
        }
        if (Vectors.norm(next) <= Vectors.norm(p)) {
          return p;
        }
        p = next;
        xi = better;
      }
    }

    private boolean[] chosenBy(double[] p) {
      boolean[] xi = new boolean[concave.size()];
      for (int l = 0; l < xi.length; l++) {
        xi[l] = Vectors.dot(concave.get(l).normal(), p) < 0;
      }
      return xi;
    }

    /** The shortest vector of the set of a choice. */
    private double[] shortest(boolean[] xi) {
      double[] g = slope.linear().clone();
      for (int l = 0; l < xi.length; l++) {
        Kink kink = concave.get(l);
        Vectors.axpy(xi[l] ? kink.slope() : 0, kink.normal(), 0, g, 0, g.length);
      }
      LeastSquares.Solution solution =
          LeastSquares.bounded(g, Slope.normals(convex), lower, upper, last);
      last = solution.eta();
      return solution.residual();
    }

    private static double[] longer(double[] p, double[] q) {
      return Vectors.norm(q) > Vectors.norm(p) ? q : p;
    }

    private static SteepestDescent descent(double[] p, boolean exact) {
      double rate = Vectors.norm(p);
      double[] delta = p.clone();
      Vectors.scale(rate > 0 ? -1 / rate : 0, delta, 0, delta.length);
      return new SteepestDescent(rate, delta, exact);
    }
  }
}
