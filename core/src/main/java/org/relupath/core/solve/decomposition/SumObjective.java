package org.relupath.core.solve.decomposition;

import org.relupath.core.linalg.Vectors;

/**
 * The sums p = v + z that are best for the exact objectives, over the polyhedron Q = {p : A p >= |A
 * w|} of all of them, ||w|| = 1.
 *
 * <pre>||v||^2 + ||z||^2 = (||p||^2 + ||w||^2) / 2        the point of Q nearest to 0
 * ||v|| + ||z||         = (||p + w|| + ||p - w||) / 2    nearest to (1 - 2 theta) w</pre>
 *
 * <p>The second one: with theta fixed, ||v||^2 / (1 - theta) + ||z||^2 / theta is a multiple of ||p
 * - (1 - 2 theta) w||^2 up to a constant, and where theta = ||z|| / (||v|| + ||z||) at its minimum
 * the gradients of both objectives agree, so that minimum is the one of ||v|| + ||z||. That leaves
 * one equation in theta, which has one sign change.
 */
final class SumObjective {
  /** Steps of the search for theta at most. */
  private static final int STEPS = 60;

  /** The objective is flat at the root: its error is the square of this. */
  private static final double ROOT = 1e-10;

  private final Polyhedron q;
  private final double[] w;

  SumObjective(Polyhedron q, double[] w) {
    this.q = q;
    this.w = w;
  }

  /** The p of least ||v||^2 + ||z||^2, or null if Q is empty. */
  double[] squares() {
    return q.nearest(new double[w.length]);
  }

  /**
   * The p of least ||v|| + ||z||, or null where the search does not converge.
   *
   * @param squares a point of Q, so that it is not empty
   */
  double[] norms(double[] squares) {
    double[] minus = w.clone();
    Vectors.scale(-1, minus, 0, minus.length);
    if (Polyhedron.max(q.lack(w)) <= BlockSplitter.NOTHING) {
      return w; // w in K: v = w, z = 0
    }
    if (Polyhedron.max(q.lack(minus)) <= BlockSplitter.NOTHING) {
      return minus;
    }
    double theta = 0.5;
    double[] p = squares;
    Bracket bracket = new Bracket();
    for (int step = 0; step < STEPS && p != null; step++) {
      double value = share(p) - theta;
      if (Math.abs(value) <= ROOT || bracket.width() <= ROOT) {
        return p;
      }
      theta = bracket.next(theta, value);
      p = nearest(theta);
    }
    return null;
  }

  private double[] nearest(double theta) {
    double[] center = w.clone();
    Vectors.scale(1 - 2 * theta, center, 0, center.length);
    return q.nearest(center);
  }

  /** ||z|| / (||v|| + ||z||). */
  private double share(double[] p) {
    double plus = 0;
    double minus = 0;
    for (int k = 0; k < w.length; k++) {
      plus += (p[k] + w[k]) * (p[k] + w[k]);
      minus += (p[k] - w[k]) * (p[k] - w[k]);
    }
    return Math.sqrt(minus) / (Math.sqrt(plus) + Math.sqrt(minus));
  }
}
