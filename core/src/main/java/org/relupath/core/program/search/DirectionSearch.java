package org.relupath.core.program.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.linalg.SpectralNorm;
import org.relupath.core.linalg.Vectors;

/**
 * The largest value of a {@link HingeSum} h over unit vectors, bracketed by branch and bound, for
 * few dimensions.
 *
 * <p>R^d is cut into cones K of d generators g_i of length one, at first the orthants. A w in K of
 * length one is sum_i t_i g_i with t >= 0, and with the center m of K, the generators' sum scaled
 * to length one, sum_i t_i min_i m'g_i &lt;= m'w &lt;= 1. The terms of sign +1 are convex and of
 * degree one, so at most sum_i t_i of their values at the generators; those of sign -1 are at most
 * -theta p_r a_r'w for every theta in [0, 1], with theta = 1 if a_r'm > 0 and else 0. Hence
 *
 * <pre>max over K, ||w|| = 1, of h &lt;= max_i h_K(g_i) / min_i m'g_i,</pre>
 *
 * where h_K has these linear terms for sign -1: it is above h(g_i) by |a_r'g_i| p_r for each such
 * row that tells g_i from m. The cone of largest bound is cut in two along its longest edge, so
 * that the error falls with the square of its width but for the rows of sign -1 that cut it. An
 * edge's length is the larger of the angles that its ends have as they are and in the coordinates
 * of a {@link Whitening}: thin cones may hold most of the rows' kinks.
 */
final class DirectionSearch {
  /** Sums are rounded up by this much of the sum of their terms. */
  private static final double ROUNDING = 1e-13;

  /** Rows that cost as much as what a cone takes without any. */
  private static final int OVERHEAD = 32;

  private final HingeSum sum;
  private final int d;
  private final double slack;
  private final Whitening whitening;
  private double found;
  private long done;

  DirectionSearch(HingeSum sum) {
    this.sum = sum;
    this.d = sum.d();
    this.whitening = Whitening.of((Matrix) sum.x());
    double size = 0;
    for (int r = 0; r < sum.n(); r++) {
      size += sum.weights()[r] * Vectors.norm(sum.rows(), r * d, d);
    }
    this.slack = Math.max(ROUNDING, 2 * sum.n() * Math.ulp(1.0)) * size;
  }

  /**
   * A cone.
   *
   * @param generators d unit vectors
   * @param fixed sum of sigma_r p_r a_r over the rows that are positive on all of the cone
   * @param mixed the rows that cut it
   * @param bound of h on its unit vectors
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
  private record Cone(double[][] generators, double[] fixed, int[] mixed, double bound) {}

  /**
   * An upper bound of max h over unit vectors, or 0 if that is negative.
   *
   * @param enough stop at a bound as low as this
   * @param tolerance stop when the bound is within this part of a value that h takes
   * @param work multiply-adds after which to stop
   */
  double upperBound(double enough, double tolerance, long work) {
    PriorityQueue<Cone> open =
        new PriorityQueue<>(Comparator.comparingDouble(Cone::bound).reversed());
    int[] all = new int[sum.n()];
    Arrays.setAll(all, r -> r);
    for (int orthant = 0; orthant < 1 << d; orthant++) {
      double[][] axes = new double[d][d];
      for (int k = 0; k < d; k++) {
        axes[k][k] = (orthant >> k & 1) != 0 ? 1 : -1;
      }
      open.add(cone(axes, new double[d], all));
    }
    while (done < work) {
      double bound = open.element().bound();
      if (bound <= enough || bound <= found * (1 + tolerance)) {
        break;
      }
      split(open.remove(), open);
    }
    return Math.max(0, open.element().bound());
  }

  /** The largest value of h met. */
  double found() {
    return found;
  }

  private void split(Cone cone, PriorityQueue<Cone> open) {
    double[][] g = cone.generators();
    double[][] z = new double[d][];
    double[] size = new double[d];
    for (int i = 0; i < d; i++) {
      z[i] = whitening.coordinates(g[i]);
      size[i] = Vectors.norm(z[i]);
    }
    int first = 0;
    int second = 0;
    double least = 2;
    double share = 1;
    for (int i = 0; i < d; i++) {
      for (int j = i + 1; j < d; j++) {
        double own = Vectors.dot(g[i], g[j]);
        double whitened = whitening.rank() == d ? Vectors.dot(z[i], z[j]) / size[i] / size[j] : 1;
        if (Math.min(own, whitened) < least) {
          least = Math.min(own, whitened);
          first = i;
          second = j;
          share = whitened < own ? size[i] / size[j] : 1;
        }
      }
    }
    // Where both have the length one that the edge is measured in, their sum halves the angle.
    double[] middle = g[first].clone();
    Vectors.axpy(share, g[second], 0, middle, 0, d);
    Vectors.scale(1 / Vectors.norm(middle), middle, 0, d);
    for (int replaced : first == second ? new int[] {first} : new int[] {first, second}) {
      double[][] own = g.clone();
      own[replaced] = middle;
      open.add(cone(own, cone.fixed(), cone.mixed()));
    }
  }

  private Cone cone(double[][] generators, double[] above, int[] candidates) {
    done += (long) d * d * (candidates.length + OVERHEAD);
    double[] fixed = above.clone();
    int[] mixed = new int[candidates.length];
    int count = 0;
    for (int r : candidates) {
      boolean positive = true;
      boolean negative = true;
      for (double[] g : generators) {
        double product = Vectors.dot(sum.rows(), r * d, g, 0, d);
        positive &= product >= 0;
        negative &= product <= 0;
      }
      if (positive) {
        Vectors.axpy(sum.signs()[r] * sum.weights()[r], sum.rows(), r * d, fixed, 0, d);
      } else if (!negative) {
        mixed[count++] = r;
      }
    }
    mixed = Arrays.copyOf(mixed, count);
    return new Cone(generators, fixed, mixed, bound(generators, fixed, mixed));
  }

  private double bound(double[][] generators, double[] fixed, int[] mixed) {
    double[] center = new double[d];
    for (double[] g : generators) {
      Vectors.axpy(1, g, 0, center, 0, d);
    }
    Vectors.scale(1 / Vectors.norm(center), center, 0, d);
    double[] value = new double[d];
    double[] over = new double[d];
    double cosine = 1;
    for (int i = 0; i < d; i++) {
      value[i] = Vectors.dot(fixed, generators[i]);
      cosine = Math.min(cosine, Vectors.dot(center, generators[i]));
    }
    for (int r : mixed) {
      double p = sum.weights()[r];
      boolean up = Vectors.dot(sum.rows(), r * d, center, 0, d) > 0;
      for (int i = 0; i < d; i++) {
        double product = Vectors.dot(sum.rows(), r * d, generators[i], 0, d);
        value[i] += sum.signs()[r] * p * Math.max(0, product);
        if (sum.signs()[r] < 0 && up != product > 0) {
          over[i] += p * Math.abs(product);
        }
      }
    }
    double bound = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < d; i++) {
      found = Math.max(found, value[i] - slack);
      bound = Math.max(bound, value[i] + over[i] + slack);
    }
    return bound > 0 ? bound / cosine * SpectralNorm.UP : bound;
  }
}
