package org.relupath.core.solve.slide;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
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
 * the balanced form of L(f) + lambda sum_j ||w_j|| ({@link BalancedNeurons},
 * core/docs/solver.md#sliding-neurons). F is smooth but where a row is tight, x_r'v_j = 0, as many
 * rows are at an optimum. There the rectifier is bent on a narrow band, or no step could leave;
 * what tight rows ask for is left to a convex program over the patterns reached. Neurons may
 * vanish. F with bends never rises.
 */
public final class Slide {
  /** Steps in a row of little gain that end the descent. */
  private static final int PATIENCE = 3;

  /** The line search ends here: a kink is in the way. */
  private static final double SHORTEST = 1e-6;

  /** Half width of a bend, as a part of the root mean square of a neuron's scores. */
  private static final double BAND = 1e-4;

  private final Problem problem;
  private final double lambda;
  private final Loss loss;
  private final int n;
  private final int d;
  private BalancedNeurons neurons;

  /** X v_j, m x n, and y - f at the last point looked at. */
  private final double[] scores;

  private final double[] error;

  /** Scores of neuron j this near to zero are on the bend of the rectifier. */
  private final double[] band;

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
    this.neurons = BalancedNeurons.of(weights, signs);
    this.scores = new double[n * signs.length];
    this.error = new double[n];
    multiply(neurons);
    this.band = new double[signs.length];
    Arrays.setAll(band, j -> BAND * Vectors.norm(scores, j * n, n) / Math.sqrt(n));
  }

  /**
   * Descends.
   *
   * @param steps L-BFGS steps at most
   * @param gain relative fall of F that counts as little
   * @param exhausted whether a limit has been hit: there is no further step then
   */
  public void descend(int steps, double gain, BooleanSupplier exhausted) {
    Descent.Limits limits = new Descent.Limits(steps, gain, PATIENCE, SHORTEST);
    Descent descent = new Descent(neurons.point(), limits);
    double[] next = descent.next();
    for (; next != null && !exhausted.getAsBoolean(); next = descent.next()) {
      BalancedNeurons at = new BalancedNeurons(next, neurons.m());
      descent.take(value(at), () -> gradient(at));
    }
    neurons = new BalancedNeurons(descent.point(), neurons.m());
  }

  /** The sign of a neuron. */
  public int sign(int j) {
    return neurons.sign(j);
  }

  /** w_j = |a_j| v_j of all neurons, m x d; zero where a neuron has vanished. */
  public double[] weights() {
    return neurons.weights();
  }

  private void multiply(BalancedNeurons at) {
    problem.design().multiply(at.point(), at.m(), scores);
  }

  /** F, leaving X v_j and y - f at hand. */
  private double value(BalancedNeurons at) {
    int m = at.m();
    multiply(at);
    System.arraycopy(problem.y(), 0, error, 0, n);
    for (int j = 0; j < m; j++) {
      double a = at.scale(j);
      for (int r = 0, s = j * n; r < n; r++, s++) {
        error[r] -= a * Rectifier.smooth(scores[s], band[j]);
      }
    }
    double sum = 0;
    for (double e : error) {
      sum += loss.value(e);
    }
    return sum + lambda * at.penalty();
  }

  /** The gradient of F where it was evaluated last. */
  private double[] gradient(BalancedNeurons at) {
    int m = at.m();
    double[] u = new double[n];
    Arrays.setAll(u, r -> loss.residual(error[r]));
    double[] g = new double[at.point().length];
    double[] weighted = new double[n * m];
    for (int j = 0; j < m; j++) {
      double a = at.scale(j);
      double sum = 0;
      for (int r = 0, s = j * n; r < n; r++, s++) {
        sum += Rectifier.smooth(scores[s], band[j]) * u[r];
        weighted[s] = -a * u[r] * Rectifier.slope(scores[s], band[j]);
      }
      g[m * d + j] = -sum;
    }
    problem.design().transposedMultiply(weighted, m, g);
    Vectors.axpy(lambda, at.point(), 0, g, 0, g.length);
    return g;
  }
}
