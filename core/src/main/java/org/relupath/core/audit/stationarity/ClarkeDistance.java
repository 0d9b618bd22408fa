package org.relupath.core.audit.stationarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;

/**
 * How far zero is from Clarke's subdifferential of the objective in one neuron (W, a): the convex
 * hull of the gradients in the cells of X's arrangement that W is in the closure of,
 *
 * <pre>(linear + sum_l 1[normal_l'g > 0] slope_l normal_l, output),   g inside a local cell.
 * </pre>
 *
 * <p>The gradients of one neuron do not depend on the cells of the others, so the subdifferential
 * of a network is the product of those of its neurons.
 *
 * <p>The chain rule has xi_l in [0, 1] in the place of the 0 and 1: a larger set, as not every
 * choice of sides has a cell where normals are linearly dependent. The two are equal iff the spans
 * of the convex and of the concave kinks' normals meet in zero alone (Tian and So, "Testing
 * Stationarity Concepts for ReLU Networks", 2023). Elsewhere the local cells are listed, if there
 * are at most {@value #MOST_CELLS}, and their hull's shortest vector is found; else the chain
 * rule's set stands in, of which the distance is a lower bound.
 *
 * @param value the distance, or the lower bound of it
 * @param exact which of the two
 */
record ClarkeDistance(double value, boolean exact) {
  /** Local cells at most: some seconds of listing. */
  private static final int MOST_CELLS = 20_000;

  /** Singular values of unit normals above this are certainly not zero ... */
  private static final double INDEPENDENT = 1e-9;

  /** ... and below this certainly rounding. */
  private static final double ROUNDING = 1e-13;

  /**
   * A shortest vector is found where all gradients reach as far, up to this share of its square.
   */
  private static final double SHORTEST = 1e-6;

  /** The distance at a neuron. */
  static ClarkeDistance of(Slope slope) {
    if (!slope.resolved()) {
      return new ClarkeDistance(Math.abs(slope.output()), false);
    }
    List<Kink> kinks = slope.kinks().stream().filter(kink -> kink.slope() != 0).toList();
    double box = box(slope.linear(), kinks);
    ClarkeDistance hidden = new ClarkeDistance(box, chainRuleHolds(kinks));
    if (!hidden.exact) {
      hidden = listed(slope.linear(), kinks, hidden);
    }
    return new ClarkeDistance(Math.hypot(slope.output(), hidden.value), hidden.exact);
  }

  private static double box(double[] linear, List<Kink> kinks) {
    double[] lower = kinks.stream().mapToDouble(kink -> Math.min(0, kink.slope())).toArray();
    double[] upper = kinks.stream().mapToDouble(kink -> Math.max(0, kink.slope())).toArray();
    return LeastSquares.bounded(linear, Slope.normals(kinks), lower, upper).norm();
  }

  private static boolean chainRuleHolds(List<Kink> kinks) {
    List<Kink> concave = kinks.stream().filter(Kink::concave).toList();
    List<Kink> convex = kinks.stream().filter(kink -> !kink.concave()).toList();
    return concave.isEmpty()
        || convex.isEmpty()
        || rank(kinks, INDEPENDENT) == rank(concave, ROUNDING) + rank(convex, ROUNDING);
  }

  private static int rank(List<Kink> kinks, double tolerance) {
    int d = kinks.get(0).normal().length;
    return Dense.ofColumns(d, Slope.normals(kinks)).svd().rank(tolerance);
  }

  /** The distance of the hull of all local gradients; {@code otherwise} where it is not found. */
  private static ClarkeDistance listed(
      double[] linear, List<Kink> kinks, ClarkeDistance otherwise) {
    Matrix normals = Matrix.ofRows(Slope.normals(kinks).toArray(double[][]::new));
    PatternEnumeration cells;
    try {
      cells = PatternEnumeration.of(normals, MOST_CELLS);
    } catch (IllegalArgumentException | ArithmeticException tooManyOrTooThin) {
      return otherwise;
    }
    List<double[]> gradients = new ArrayList<>();
    Patterns patterns = cells.patterns();
    for (int b = 0; b < patterns.count(); b++) {
      gradients.add(gradient(linear, kinks, patterns.bits(b)));
    }
    if (cells.count() > patterns.count()) {
      gradients.add(linear);
    }
    double[] shortest = shortest(gradients);
    double square = Vectors.dot(shortest, shortest);
    double least = gradients.stream().mapToDouble(g -> Vectors.dot(g, shortest)).min().orElse(0);
    double largest = gradients.stream().mapToDouble(Vectors::norm).max().orElse(0);
    // The vector lies in the hull, and the hull beyond least / ||shortest|| along it.
    boolean found = square - least <= SHORTEST * square || square <= ROUNDING * largest * largest;
    return found ? new ClarkeDistance(Math.sqrt(square), true) : otherwise;
  }

  private static double[] gradient(double[] linear, List<Kink> kinks, long[] bits) {
    double[] g = linear.clone();
    for (int l = 0; l < kinks.size(); l++) {
      if ((bits[l >> 6] >>> l & 1L) != 0) {
        Vectors.axpy(kinks.get(l).slope(), kinks.get(l).normal(), 0, g, 0, g.length);
      }
    }
    return g;
  }

  /**
   * The shortest vector of the convex hull of some vectors g_i: with mu the minimiser of ||sum_i
   * mu_i g_i||^2 + (sum_i mu_i - 1)^2 over mu >= 0, which exists with sum_i mu_i in (0, 1], it is
   * sum_i mu_i g_i / sum_i mu_i.
   */
  private static double[] shortest(List<double[]> vectors) {
    int d = vectors.get(0).length;
    double size = vectors.stream().mapToDouble(Vectors::norm).max().orElse(0);
    if (size == 0) {
      return new double[d];
    }
    List<double[]> columns = new ArrayList<>();
    double[] upper = new double[vectors.size()];
    for (int i = 0; i < upper.length; i++) {
      double[] column = Arrays.copyOf(vectors.get(i), d + 1);
      Vectors.scale(1 / size, column, 0, d);
      column[d] = 1;
      upper[i] = Vectors.norm(column);
      Vectors.scale(1 / upper[i], column, 0, d + 1);
      columns.add(column);
    }
    double[] target = new double[d + 1];
    target[d] = -1;
    double[] eta = LeastSquares.bounded(target, columns, new double[upper.length], upper).eta();
    double[] sum = new double[d];
    double weight = 0;
    for (int i = 0; i < eta.length; i++) {
      double mu = eta[i] / upper[i];
      Vectors.axpy(mu, vectors.get(i), 0, sum, 0, d);
      weight += mu;
    }
    Vectors.scale(1 / weight, sum, 0, d);
    return sum;
  }
}
