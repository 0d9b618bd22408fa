package org.relupath.core.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Proj_K(c) for K = {w : A w >= 0} = c + A' rho, rho = argmin over rho >= 0 of ||c + A' rho||.
 *
 * @param v the projection
 * @param rho the multipliers, a row of A each
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record ReferenceProjection(double[] v, double[] rho) {

  /** Tries every subset of at most d rows as the tight ones: for tiny cones only. */
  public static ReferenceProjection bruteForce(double[][] a, double[] c) {
    ReferenceProjection best = null;
    for (int subset = 0; subset < 1 << a.length; subset++) {
      if (Integer.bitCount(subset) > c.length) {
        continue;
      }
      List<Integer> tight = new ArrayList<>();
      for (int r = 0; r < a.length; r++) {
        if ((subset >> r & 1) != 0) {
          tight.add(r);
        }
      }
      double[] multipliers = leastSquares(a, tight, c);
      if (multipliers == null || min(multipliers) < 0) {
        continue;
      }
      ReferenceProjection candidate = at(a, c, tight, multipliers);
      if (best == null || Dense.norm(candidate.v) < Dense.norm(best.v)) {
        best = candidate;
      }
    }
    return best;
  }

  /**
   * The textbook algorithm of Lawson and Hanson, with a new least-squares problem at every step and
   * no state. Rows are scaled to length one inside; rho is that of the rows as given.
   */
  public static ReferenceProjection lawsonHanson(double[][] rows, double[] c) {
    int n = rows.length;
    double[][] a = new double[n][];
    double[] length = new double[n];
    for (int r = 0; r < n; r++) {
      length[r] = Dense.norm(rows[r]);
      a[r] = Dense.times(length[r] > 0 ? 1 / length[r] : 0, rows[r]);
    }
    List<Integer> passive = new ArrayList<>();
    double[] rho = new double[0];
    boolean[] refused = new boolean[n];
    for (int step = 0; step < 1000; step++) {
      ReferenceProjection now = at(a, c, passive, rho);
      int entering = -1;
      double worst = -1e-14 * Dense.norm(c);
      for (int r = 0; r < n; r++) {
        double slack = Dense.dot(a[r], now.v);
        if (slack < worst && !refused[r] && !passive.contains(r)) {
          worst = slack;
          entering = r;
        }
      }
      if (entering < 0) {
        double[] scaled = now.rho.clone();
        for (int r = 0; r < n; r++) {
          scaled[r] = length[r] > 0 ? scaled[r] / length[r] : 0;
        }
        return new ReferenceProjection(now.v, scaled);
      }
      passive.add(entering);
      rho = java.util.Arrays.copyOf(rho, rho.length + 1);
      double[] solution = leastSquares(a, passive, c);
      if (solution == null || solution[solution.length - 1] <= 0) {
        passive.remove(passive.size() - 1);
        rho = java.util.Arrays.copyOf(rho, rho.length - 1);
        refused[entering] = true;
        continue;
      }
      java.util.Arrays.fill(refused, false);
      while (min(solution) <= 0) {
        double reach = 1;
        for (int i = 0; i < rho.length; i++) {
          if (solution[i] <= 0) {
            reach = Math.min(reach, share(rho[i], solution[i]));
          }
        }
        List<Integer> kept = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < rho.length; i++) {
          double moved = rho[i] + reach * (solution[i] - rho[i]);
          boolean stops = solution[i] <= 0 && share(rho[i], solution[i]) <= reach;
          if (!stops) {
            kept.add(passive.get(i));
            values.add(moved);
          }
        }
        passive = kept;
        rho = values.stream().mapToDouble(Double::doubleValue).toArray();
        solution = leastSquares(a, passive, c);
      }
      rho = solution;
    }
    throw new IllegalStateException("no projection found");
  }

  /** The part of the way from a multiplier to a non-positive one at which it reaches zero. */
  private static double share(double from, double to) {
    return from == 0 ? 0 : from / (from - to);
  }

  private static ReferenceProjection at(
      double[][] a, double[] c, List<Integer> tight, double[] multipliers) {
    double[] v = c.clone();
    double[] rho = new double[a.length];
    for (int i = 0; i < tight.size(); i++) {
      rho[tight.get(i)] = multipliers[i];
      Dense.add(v, multipliers[i], a[tight.get(i)]);
    }
    return new ReferenceProjection(v, rho);
  }

  /**
   * argmin over rho of ||c + A_T' rho|| by Householder's method; null if the rows of T are
   * dependent.
   */
  private static double[] leastSquares(double[][] a, List<Integer> tight, double[] c) {
    int d = c.length;
    int t = tight.size();
    if (t > d) {
      return null;
    }
    double[][] m = new double[t][];
    for (int i = 0; i < t; i++) {
      m[i] = a[tight.get(i)].clone();
    }
    double[] b = Dense.times(-1, c);
    for (int i = 0; i < t; i++) {
      double tail = 0;
      for (int k = i; k < d; k++) {
        tail += m[i][k] * m[i][k];
      }
      tail = Math.sqrt(tail);
      if (tail <= 1e-10 * Dense.norm(a[tight.get(i)])) {
        return null;
      }
      double[] h = new double[d];
      System.arraycopy(m[i], i, h, i, d - i);
      h[i] += h[i] >= 0 ? tail : -tail;
      double square = Dense.dot(h, h);
      for (int j = i; j < t; j++) {
        Dense.add(m[j], -2 * Dense.dot(h, m[j]) / square, h);
      }
      Dense.add(b, -2 * Dense.dot(h, b) / square, h);
    }
    double[] rho = new double[t];
    for (int i = t - 1; i >= 0; i--) {
      double value = b[i];
      for (int j = i + 1; j < t; j++) {
        value -= m[j][i] * rho[j];
      }
      rho[i] = value / m[i][i];
    }
    return rho;
  }

  private static double min(double[] values) {
    return java.util.Arrays.stream(values).min().orElse(Double.POSITIVE_INFINITY);
  }
}
