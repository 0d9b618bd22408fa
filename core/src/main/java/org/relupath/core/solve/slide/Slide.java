package org.relupath.core.solve.slide;

import java.util.Arrays;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Rectifier;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.Loss;
import org.relupath.core.program.Problem;

/**
 * Local descent of a ReLU network's own objective in which all neurons move together, across the
 * borders of activation cones:
 *
 * <pre>F(V, a) = L(sum_j a_j (X v_j)_+) + lambda / 2 sum_j (||v_j||^2 + a_j^2),</pre>
 *
 * the balanced form of L(f) + lambda sum_j ||w_j|| with w_j = |a_j| v_j and s_j = sign a_j
 * (core/docs/solver.md#sliding-neurons). F is smooth but where a row is tight, x_r'v_j = 0, as many
 * rows are at an optimum. There the rectifier is bent on a narrow band, or no step could leave; what
 * tight rows ask for is left to a convex program over the patterns reached. Neurons may vanish, and
 * none may turn back: F with bends never rises.
 *
 * <p>The method is L-BFGS with Armijo's rule. X V' is linear in V: a trial of the line search costs
 * no product with X.
 */
public final class Slide {
  /** Share of the predicted fall of F that a step must bring. */
  private static final double ARMIJO = 1e-4;

  /** The line search ends here: a kink is in the way. */
  private static final double SHORTEST = 1e-6;

  /** A line search shortens a step to between a tenth and a half. */
  private static final double MOST_CUT = 0.1;

  private static final double LEAST_CUT = 0.5;

  /** Half width of a bend, as a part of the root mean square of a neuron's scores. */
  private static final double BAND = 1e-4;

  /** Steps in a row of little gain that end the descent. */
  private static final int PATIENCE = 3;

  /** A neuron below this part of the largest norm has vanished. */
  private static final double VANISHED = 1e-7;

  private final Problem problem;
  private final double lambda;
  private final Loss loss;
  private final int n;
  private final int d;
  private final int m;

  /** V, m x d, and behind it a. */
  private final double[] point;

  /** X v_j and X times the part of a step that moves v_j, m x n. */
  private final double[] scores;

  private final double[] slopes;

  /** y - f at the last point looked at. */
  private final double[] error;

  /** Scores of neuron j this near to zero are on the bend of the rectifier. */
  private final double[] band;

  /** F there. */
  private double reached;

  /**
   * Neurons to start from.
   *
   * @param problem X and y
   * @param lambda the regularization
   * @param weights w_j, m x d, none of them zero
   * @param signs s_j
   */
  public Slide(Problem problem, double lambda, double[] weights, int[] signs) {
    this.problem = problem;
    this.lambda = lambda;
    this.loss = problem.loss();
    this.n = problem.n();
    this.d = problem.d();
    this.m = signs.length;
    this.point = Arrays.copyOf(weights, m * (d + 1));
    for (int j = 0; j < m; j++) {
      double root = Math.sqrt(Vectors.norm(weights, j * d, d));
      Vectors.scale(1 / root, point, j * d, d);
      point[m * d + j] = signs[j] * root;
    }
    this.scores = new double[n * m];
    this.slopes = new double[n * m];
    this.error = new double[n];
    multiply(point, scores);
    this.band = new double[m];
    Arrays.setAll(band, j -> BAND * Vectors.norm(scores, j * n, n) / Math.sqrt(n));
  }

  /**
   * Descends.
   *
   * @param steps L-BFGS steps at most
   * @param gain relative fall of F that counts as little
   */
  public void descend(int steps, double gain) {
    InverseHessian inverse = new InverseHessian();
    double value = value(0, new double[point.length]);
    double[] gradient = gradient();
    int small = 0;
    for (int k = 0; k < steps && small < PATIENCE; k++) {
      double[] step = inverse.descent(gradient);
      multiply(step, slopes);
      double t = length(step, value, Vectors.dot(step, gradient));
      if (t == 0) {
        return;
      }
      Vectors.scale(t, step, 0, step.length);
      Vectors.axpy(1, step, 0, point, 0, point.length);
      Vectors.axpy(t, slopes, 0, scores, 0, n * m);
      double[] next = gradient();
      double[] change = next.clone();
      Vectors.axpy(-1, gradient, 0, change, 0, change.length);
      inverse.learn(step, change);
      gradient = next;
      small = value - reached <= gain * reached ? small + 1 : 0;
      value = reached;
    }
  }

  /** How far to go along a step: as far as F falls by Armijo's rule; 0 where nothing does. */
  private double length(double[] step, double value, double slope) {
    double t = 1;
    while (slope < 0 && t > SHORTEST) {
      reached = value(t, step);
      if (reached <= value + ARMIJO * t * slope) {
        return t;
      }
      // The least of the parabola through F and its slope here and F there.
      double best = -0.5 * slope * t * t / (reached - value - slope * t);
      t = best > 0 ? Math.max(MOST_CUT * t, Math.min(LEAST_CUT * t, best)) : LEAST_CUT * t;
    }
    return 0;
  }

  /** The sign of a neuron. */
  public int sign(int j) {
    return point[m * d + j] < 0 ? -1 : 1;
  }

  /** w_j = |a_j| v_j of all neurons, m x d; zero where a neuron has vanished. */
  public double[] weights() {
    double[] w = Arrays.copyOf(point, m * d);
    double[] norms = new double[m];
    for (int j = 0; j < m; j++) {
      Vectors.scale(Math.abs(point[m * d + j]), w, j * d, d);
      norms[j] = Vectors.norm(w, j * d, d);
    }
    double largest = Arrays.stream(norms).max().orElse(0);
    for (int j = 0; j < m; j++) {
      if (norms[j] <= VANISHED * largest) {
        Arrays.fill(w, j * d, (j + 1) * d, 0);
      }
    }
    return w;
  }

  private void multiply(double[] v, double[] into) {
    Blas.gemm(true, false, n, m, d, 1, problem.x().values(), d, v, d, 0, into, n);
  }

  /** F at point + t step, leaving y - f there in {@code error}. */
  private double value(double t, double[] step) {
    System.arraycopy(problem.y(), 0, error, 0, n);
    for (int j = 0; j < m; j++) {
      double a = point[m * d + j] + t * step[m * d + j];
      for (int r = 0, s = j * n; r < n; r++, s++) {
        error[r] -= a * Rectifier.smooth(scores[s] + t * slopes[s], band[j]);
      }
    }
    double square = 0;
    for (int i = 0; i < point.length; i++) {
      double entry = point[i] + t * step[i];
      square += entry * entry;
    }
    double sum = 0;
    for (double e : error) {
      sum += loss.value(e);
    }
    return sum + 0.5 * lambda * square;
  }

  /** The gradient of F at point, whose scores and errors are at hand. */
  private double[] gradient() {
    double[] u = new double[n];
    Arrays.setAll(u, r -> loss.residual(error[r]));
    double[] g = new double[point.length];
    double[] weighted = new double[n * m];
    for (int j = 0; j < m; j++) {
      double a = point[m * d + j];
      double sum = 0;
      for (int r = 0, s = j * n; r < n; r++, s++) {
        sum += Rectifier.smooth(scores[s], band[j]) * u[r];
        weighted[s] = -a * u[r] * Rectifier.slope(scores[s], band[j]);
      }
      g[m * d + j] = -sum;
    }
    Blas.gemm(false, false, d, m, n, 1, problem.x().values(), d, weighted, n, 0, g, d);
    Vectors.axpy(lambda, point, 0, g, 0, point.length);
    return g;
  }
}
