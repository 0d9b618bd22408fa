package org.relupath.core.audit.critical;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relupath.core.linalg.Cholesky;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;

/**
 * The norms beta of neurons that are stationary along their faces, B_b = D_b X N_b:
 *
 * <pre>
 * minimise over beta >= 0 of  1/2 y'(I + sum_b beta_b B_b B_b' / lambda)^-1 y + lambda/2 sum_b beta_b.
 * </pre>
 *
 * <p>That is convex, with the derivative (lambda^2 - ||c_b||^2) / (2 lambda) in beta_b, where u =
 * (I + ...)^-1 y is the residual and c_b = B_b'u: a minimiser with beta > 0 has ||c_b|| = lambda
 * for every b, which is stationarity. With H = B'B, h = B'y and Delta = diag(beta / lambda), c = (I
 * + H Delta)^-1 h, so that a step costs as much as the faces have dimensions, whatever the number
 * of rows. By Newton's method.
 */
final class FaceNorms {
  /** | ||c_b||^2 / lambda^2 - 1 | up to this counts as zero. */
  private static final double ACCURATE = 1e-9;

  /** Below this it cannot get better. */
  private static final double ROUNDING = 1e-14;

  /** A norm below this part of their sum has gone to zero. */
  private static final double VANISHED = 1e-10;

  /** Relative singular value below which columns are dependent. */
  private static final double DEPENDENT = 1e-10;

  /** Newton steps at most. */
  private static final int STEPS = 100;

  private final double lambda;
  private final double square;
  private final int[] start;
  private final int rank;
  private final double[][] gram;
  private final double[] target;

  /**
   * Norms that were found.
   *
   * @param beta one of each face
   * @param correlations c_b
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers of a point, never compared
  record Solution(double[] beta, double[][] correlations) {}

  FaceNorms(List<KinkPoints.Face> faces, double[] y, double lambda) {
    this.lambda = lambda;
    this.square = Vectors.dot(y, y);
    this.start = new int[faces.size() + 1];
    int n = y.length;
    for (int f = 0; f < faces.size(); f++) {
      start[f + 1] = start[f] + faces.get(f).k();
    }
    int all = start[faces.size()];
    double[] columns = new double[n * all];
    for (int f = 0; f < faces.size(); f++) {
      System.arraycopy(faces.get(f).response(), 0, columns, n * start[f], n * faces.get(f).k());
    }
    this.gram = new double[all][all];
    this.target = new double[all];
    for (int i = 0; i < all; i++) {
      target[i] = Vectors.dot(columns, i * n, y, 0, n);
      for (int j = 0; j < all; j++) {
        gram[i][j] = Vectors.dot(columns, i * n, columns, j * n, n);
      }
    }
    this.rank = new Dense(n, all, columns).svd().rank(DEPENDENT);
  }

  /** The dimension of all fits: no more neurons than this have independent ones. */
  int rank() {
    return rank;
  }

  /** The minimiser over some faces, if all of its norms are positive. */
  Optional<Solution> minimise(int[] set) {
    Point point = new Point(set, startingAt(set));
    for (int step = 0; step < STEPS; step++) {
      if (point.vanished()) {
        return Optional.empty();
      }
      Point next = point.error() <= ROUNDING ? null : point.next();
      if (next == null) {
        break;
      }
      point = next;
    }
    return point.error() <= ACCURATE ? Optional.of(point.solution()) : Optional.empty();
  }

  private double[] startingAt(int[] set) {
    double[] beta = new double[set.length];
    for (int i = 0; i < set.length; i++) {
      double trace = 0;
      for (int k = start[set[i]]; k < start[set[i] + 1]; k++) {
        trace += gram[k][k];
      }
      double own = Vectors.norm(target, start[set[i]], start[set[i] + 1] - start[set[i]]);
      beta[i] = Math.max(own - lambda, 0.1 * lambda) / trace;
    }
    return beta;
  }

  /** Some norms with c and the derivatives. */
  private final class Point {
    private final int[] set;
    private final double[] beta;
    private final int[] at;
    private final int[] owner;
    private final double[] c;
    private final double[] m;
    private final double value;

    Point(int[] set, double[] beta) {
      this.set = set;
      this.beta = beta;
      int size = Arrays.stream(set).map(f -> start[f + 1] - start[f]).sum();
      this.at = new int[size];
      this.owner = new int[size];
      int next = 0;
      for (int i = 0; i < set.length; i++) {
        for (int k = start[set[i]]; k < start[set[i] + 1]; k++) {
          at[next] = k;
          owner[next++] = i;
        }
      }
      // (I + H Delta)^-1 = I - H E (I + E H E)^-1 E with E the square root of Delta.
      double[] e = new double[size];
      double[] h = new double[size];
      double[] he = new double[size * size];
      double[] inner = new double[size * size];
      Arrays.setAll(e, i -> Math.sqrt(beta[owner[i]] / lambda));
      Arrays.setAll(h, i -> target[at[i]]);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          he[i + j * size] = gram[at[i]][at[j]] * e[j];
          inner[i + j * size] = (i == j ? 1 : 0) + e[i] * he[i + j * size];
        }
      }
      Cholesky factor = Cholesky.of(size, inner);
      this.c = reduced(factor, e, he, h);
      this.m = new double[size * size];
      for (int j = 0; j < size; j++) {
        int column = at[j];
        Arrays.setAll(h, i -> gram[at[i]][column]);
        System.arraycopy(reduced(factor, e, he, h), 0, m, j * size, size);
      }
      double fit = 0;
      for (int i = 0; i < size; i++) {
        fit += target[at[i]] * e[i] * e[i] * c[i];
      }
      this.value = SquaredLoss.ofSquare(square - fit) + 0.5 * lambda * Arrays.stream(beta).sum();
    }

    /** (I + H Delta)^-1 v. */
    private static double[] reduced(Cholesky factor, double[] e, double[] he, double[] v) {
      double[] solved = v.clone();
      Arrays.setAll(solved, i -> e[i] * v[i]);
      factor.solve(solved);
      double[] rest = v.clone();
      Vectors.axpy(-1, new Dense(v.length, v.length, he).times(solved), 0, rest, 0, v.length);
      return rest;
    }

    boolean vanished() {
      double sum = Arrays.stream(beta).sum();
      return Arrays.stream(beta).anyMatch(b -> b <= VANISHED * sum);
    }

    private double[] derivative() {
      double[] g = new double[beta.length];
      Arrays.fill(g, 0.5 * lambda);
      for (int i = 0; i < c.length; i++) {
        g[owner[i]] -= 0.5 * c[i] * c[i] / lambda;
      }
      return g;
    }

    double error() {
      return Arrays.stream(derivative()).map(g -> Math.abs(2 * g / lambda)).max().orElse(0);
    }

    /** A Newton step that keeps all norms positive; null where none leads further down. */
    Point next() {
      int k = beta.length;
      double[] hessian = new double[k * k];
      for (int i = 0; i < c.length; i++) {
        for (int j = 0; j < c.length; j++) {
          hessian[owner[i] + owner[j] * k] += c[i] * m[i + j * c.length] * c[j] / lambda / lambda;
        }
      }
      double trace = 0;
      for (int i = 0; i < k; i++) {
        trace += hessian[i + i * k];
      }
      for (int i = 0; i < k; i++) {
        hessian[i + i * k] += 1e-14 * trace;
      }
      double[] step = derivative();
      Vectors.scale(-1, step, 0, k);
      Cholesky factor = Cholesky.of(k, hessian);
      if (factor == null) {
        // Dependent fits: fewer faces have the same value.
        return null;
      }
      factor.solve(step);
      double length = 1;
      for (int i = 0; i < k; i++) {
        length = step[i] < 0 ? Math.min(length, -0.95 * beta[i] / step[i]) : length;
      }
      for (int halving = 0; halving < 40; halving++, length /= 2) {
        double[] moved = beta.clone();
        Vectors.axpy(length, step, 0, moved, 0, k);
        Point next = new Point(set, moved);
        if (next.value < value || (next.error() < error() && next.error() < 1e-4)) {
          return next;
        }
      }
      return null;
    }

    Solution solution() {
      double[][] parts = new double[beta.length][];
      int from = 0;
      for (int i = 0; i < parts.length; i++) {
        int size = start[set[i] + 1] - start[set[i]];
        parts[i] = Arrays.copyOfRange(c, from, from + size);
        from += size;
      }
      return new Solution(beta, parts);
    }
  }
}
