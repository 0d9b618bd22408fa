package org.relupath.core.reference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;

/**
 * A C-ReLU or C-GReLU program as the sums of core/docs/mathematics.md#convex-programs, block by
 * block and row by row.
 *
 * <p>Block b < P has pattern b and sign +1; for C-ReLU block P + b has pattern b and sign -1.
 */
public final class DenseProgram {
  private final double[][] x;
  private final double[] y;
  private final Model model;
  private final List<boolean[]> patterns;

  /** The program of given patterns. */
  public DenseProgram(double[][] x, double[] y, Model model, List<boolean[]> patterns) {
    this.x = x;
    this.y = y;
    this.model = model;
    this.patterns = patterns;
  }

  /** The distinct patterns 1[X g >= 0] of the gates, in the order of first gates, without zero. */
  public static List<boolean[]> patternsOf(double[][] x, double[][] gates) {
    Set<String> seen = new LinkedHashSet<>();
    List<boolean[]> patterns = new ArrayList<>();
    for (double[] gate : gates) {
      boolean[] pattern = new boolean[x.length];
      boolean any = false;
      for (int r = 0; r < x.length; r++) {
        pattern[r] = Dense.dot(x[r], gate) >= 0;
        any |= pattern[r];
      }
      if (any && seen.add(java.util.Arrays.toString(pattern))) {
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  /** The number of blocks. */
  public int blocks() {
    return model == Model.RELU ? 2 * patterns.size() : patterns.size();
  }

  /** d. */
  public int dimension() {
    return x[0].length;
  }

  private boolean active(int b, int r) {
    return patterns.get(b % patterns.size())[r];
  }

  private int sign(int b) {
    return b < patterns.size() ? 1 : -1;
  }

  /** A solution with a row for every block of the program. */
  public double[][] dense(BlockWeights weights) {
    double[][] w = new double[blocks()][dimension()];
    for (int i = 0; i < weights.size(); i++) {
      w[weights.blocks().get(i).id()] = weights.weights(i);
    }
    return w;
  }

  /** sum_b Z_b w_b. */
  public double[] fit(double[][] w) {
    double[] fit = new double[x.length];
    for (int b = 0; b < w.length; b++) {
      for (int r = 0; r < x.length; r++) {
        if (active(b, r)) {
          fit[r] += sign(b) * Dense.dot(x[r], w[b]);
        }
      }
    }
    return fit;
  }

  /** u = y - sum_b Z_b w_b. */
  public double[] residual(double[][] w) {
    return Dense.minus(y, fit(w));
  }

  /** 1/2 ||u||^2. */
  public double loss(double[][] w) {
    double[] u = residual(w);
    return 0.5 * Dense.dot(u, u);
  }

  /** lambda sum_b ||w_b||. */
  public double penalty(double[][] w, double lambda) {
    double sum = 0;
    for (double[] block : w) {
      sum += Dense.norm(block);
    }
    return lambda * sum;
  }

  /** F(w). */
  public double objective(double[][] w, double lambda) {
    return loss(w) + penalty(w, lambda);
  }

  /** c_b = Z_b' u. */
  public double[] correlation(int b, double[] u) {
    double[] c = new double[dimension()];
    for (int r = 0; r < x.length; r++) {
      if (active(b, r)) {
        Dense.add(c, sign(b) * u[r], x[r]);
      }
    }
    return c;
  }

  /** A_b = (2 D_b - I) X. */
  public double[][] cone(int b) {
    double[][] a = new double[x.length][];
    for (int r = 0; r < x.length; r++) {
      a[r] = Dense.times(active(b, r) ? 1 : -1, x[r]);
    }
    return a;
  }

  /** Proj_{K_b}(c). */
  public double[] project(int b, double[] c) {
    return model == Model.GATED ? c : ReferenceProjection.lawsonHanson(cone(b), c).v();
  }

  /** ||v_b|| of every block at u. */
  public double[] norms(double[] u) {
    double[] norms = new double[blocks()];
    for (int b = 0; b < norms.length; b++) {
      norms[b] = Dense.norm(project(b, correlation(b, u)));
    }
    return norms;
  }

  /** max_b ||v_b|| at u. */
  public double maxNorm(double[] u) {
    return java.util.Arrays.stream(norms(u)).max().orElse(0);
  }

  /** max_b ||Proj_{K_b}(Z_b' y)||. */
  public double lambdaMax() {
    return maxNorm(y);
  }

  /** G(t u) = y'(t u) - ||t u||^2 / 2 at t = clip(y'u / ||u||^2, 0, lambda / max_b ||v_b||). */
  public double dual(double[] u, double lambda) {
    double uu = Dense.dot(u, u);
    if (uu == 0) {
      return 0;
    }
    double max = maxNorm(u);
    double t = Math.max(0, Dense.dot(y, u) / uu);
    if (max > 0) {
      t = Math.min(t, lambda / max);
    }
    return t * Dense.dot(y, u) - 0.5 * t * t * uu;
  }

  /** max over b and rows r of (-(A_b w_b)_r)_+ / (||x_r|| ||w_b||). */
  public double coneViolation(double[][] w) {
    double worst = 0;
    for (int b = 0; model == Model.RELU && b < w.length; b++) {
      double norm = Dense.norm(w[b]);
      double[][] a = cone(b);
      for (int r = 0; r < x.length; r++) {
        double scale = Dense.norm(a[r]) * norm;
        worst = scale > 0 ? Math.max(worst, -Dense.dot(a[r], w[b]) / scale) : worst;
      }
    }
    return worst;
  }

  /**
   * The larger of max_b (||v_b||/lambda - 1)_+ and max over w_b != 0 of ||w_b/||w_b|| -
   * v_b/lambda||.
   */
  public double kktResidual(double[][] w, double lambda) {
    double[] u = residual(w);
    double worst = 0;
    for (int b = 0; b < w.length; b++) {
      double[] v = project(b, correlation(b, u));
      worst = Math.max(worst, Dense.norm(v) / lambda - 1);
      double norm = Dense.norm(w[b]);
      if (norm > 0) {
        worst =
            Math.max(
                worst, Dense.distance(Dense.times(1 / norm, w[b]), Dense.times(1 / lambda, v)));
      }
    }
    return worst;
  }

  /**
   * Minimises F by the accelerated proximal gradient method with restarts, from zero, until the gap
   * of this class's own certificate is at most {@code tolerance}.
   *
   * @throws IllegalStateException if it is not reached
   */
  public double[][] minimise(double lambda, double tolerance) {
    double step = 1 / lipschitz();
    double[][] w = new double[blocks()][dimension()];
    double[][] ahead = w;
    double momentum = 1;
    for (int iteration = 1; iteration <= 200_000; iteration++) {
      double[] u = residual(ahead);
      double[][] next = new double[w.length][];
      double turn = 0;
      for (int b = 0; b < w.length; b++) {
        double[] moved = ahead[b].clone();
        Dense.add(moved, step, correlation(b, u));
        double[] q = project(b, moved);
        double norm = Dense.norm(q);
        next[b] = Dense.times(norm > step * lambda ? 1 - step * lambda / norm : 0, q);
        turn += Dense.dot(Dense.minus(ahead[b], next[b]), Dense.minus(next[b], w[b]));
      }
      if (iteration % 50 == 0) {
        double objective = objective(next, lambda);
        if (objective - dual(residual(next), lambda) <= tolerance * objective) {
          return next;
        }
      }
      double following = turn > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double weight = turn > 0 ? 0 : (momentum - 1) / following;
      ahead = new double[w.length][];
      for (int b = 0; b < w.length; b++) {
        ahead[b] = next[b].clone();
        Dense.add(ahead[b], weight, Dense.minus(next[b], w[b]));
      }
      momentum = following;
      w = next;
    }
    throw new IllegalStateException("no gap of " + tolerance + " reached");
  }

  /** An upper bound of the largest eigenvalue of sum_b Z_b Z_b', within a few per cent. */
  private double lipschitz() {
    double[] u = new double[x.length];
    java.util.Arrays.setAll(u, r -> 1 + 0.1 * Math.sin(r + 1));
    double value = 1;
    for (int i = 0; i < 200; i++) {
      double[][] g = new double[blocks()][];
      for (int b = 0; b < g.length; b++) {
        g[b] = correlation(b, u);
      }
      double[] image = fit(g);
      value = Dense.norm(image) / Dense.norm(u);
      u = Dense.times(1 / Dense.norm(image), image);
    }
    return 1.05 * value;
  }
}
