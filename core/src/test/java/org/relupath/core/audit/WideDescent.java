package org.relupath.core.audit;

import java.util.Arrays;
import java.util.Random;
import org.relupath.core.reference.Dense;

/**
 * Trains wide ReLU networks on few rows as well as descent can, by their own objective alone: no
 * convex program, no patterns but those the network happens to have.
 *
 * <p>Gradient descent with momentum on (W, a); then, on balanced neurons w_j = |a_j| W_j of fixed
 * sign, damped Newton steps on 1/2 ||sum_j s_j (X w_j)_+ - y||^2 + lambda sum_j ||w_j||. Every step
 * looks at all kinks on its way. A neuron whose best step ends at a kink stays on it, and one that
 * is better left out is.
 */
final class WideDescent {
  private final double[][] x;
  private final double[] y;
  private final double lambda;
  private final int d;
  private double[][] w;
  private double[] sign;

  /** The row that neuron j is to be orthogonal to, -1 for none. */
  private int[] kink;

  WideDescent(double[][] x, double[] y, double lambda, int width, long seed) {
    this.x = x;
    this.y = y;
    this.lambda = lambda;
    this.d = x[0].length;
    descend(new Random(seed), width, 1000);
  }

  /** Momentum on the gradient of 1/2 ||f - y||^2 + lambda/2 (||W||^2 + ||a||^2). */
  private void descend(Random random, int width, int steps) {
    double[][] hidden = new double[width][d];
    double[] output = new double[width];
    double scale = Math.pow(10, random.nextDouble() - 0.8);
    for (int j = 0; j < width; j++) {
      Arrays.setAll(hidden[j], k -> scale * random.nextGaussian());
      output[j] = scale * random.nextGaussian();
    }
    double[][] speed = new double[width][d + 1];
    double square = 0;
    for (double[] row : x) {
      square += Dense.dot(row, row);
    }
    double rate = 0.2 / (square * (1 + Dense.norm(y)));
    for (int step = 0; step < steps; step++) {
      double[] u = y.clone();
      for (int j = 0; j < width; j++) {
        for (int r = 0; r < u.length; r++) {
          u[r] -= output[j] * Math.max(0, Dense.dot(x[r], hidden[j]));
        }
      }
      for (int j = 0; j < width; j++) {
        double[] gradient = Dense.times(lambda, hidden[j]);
        double outputGradient = lambda * output[j];
        for (int r = 0; r < u.length; r++) {
          double score = Dense.dot(x[r], hidden[j]);
          if (score > 0) {
            Dense.add(gradient, -output[j] * u[r], x[r]);
            outputGradient -= u[r] * score;
          }
        }
        for (int k = 0; k < d; k++) {
          speed[j][k] = 0.9 * speed[j][k] - rate * gradient[k];
          hidden[j][k] += speed[j][k];
        }
        speed[j][d] = 0.9 * speed[j][d] - rate * outputGradient;
        output[j] += speed[j][d];
      }
    }
    w = new double[width][];
    sign = new double[width];
    kink = new int[width];
    Arrays.fill(kink, -1);
    for (int j = 0; j < width; j++) {
      w[j] = Dense.times(Math.abs(output[j]), hidden[j]);
      sign[j] = Math.signum(output[j]);
    }
  }

  /** The objective of the balanced network as it stands. */
  double objective() {
    return objective(w);
  }

  private double objective(double[][] at) {
    double penalty = 0;
    double[] u = y.clone();
    for (int j = 0; j < at.length; j++) {
      penalty += Dense.norm(at[j]);
      for (int r = 0; r < u.length; r++) {
        u[r] -= sign[j] * Math.max(0, Dense.dot(x[r], at[j]));
      }
    }
    return 0.5 * Dense.dot(u, u) + lambda * penalty;
  }

  /** Polishes and returns the objective. */
  double polish(int steps) {
    double objective = dropped(objective());
    double damping = 1e-2;
    for (int step = 0; step < steps && w.length > 0; step++) {
      double before = objective;
      objective = dropped(along(direction(damping), objective));
      boolean better = objective < before * (1 - 1e-14);
      damping = better ? Math.max(1e-12, damping / 10) : damping * 30;
      if (damping > 1e6) {
        break;
      }
    }
    return objective;
  }

  /** Leaves out every neuron without which the network is no worse. */
  private double dropped(double objective) {
    double best = objective;
    for (int j = w.length - 1; j >= 0; j--) {
      double[] own = w[j];
      w[j] = new double[d];
      double without = objective(w);
      w[j] = own;
      if (without <= best) {
        best = without;
        remove(j);
      }
    }
    return best;
  }

  private void remove(int j) {
    int last = w.length - 1;
    w[j] = w[last];
    sign[j] = sign[last];
    kink[j] = kink[last];
    w = Arrays.copyOf(w, last);
    sign = Arrays.copyOf(sign, last);
    kink = Arrays.copyOf(kink, last);
  }

  /**
   * (J'J + lambda blockdiag((I - ww'/||w||^2) / ||w||) + damping)^-1 times the descent direction.
   */
  private double[][] direction(double damping) {
    int size = w.length * d;
    double[][] jacobian = new double[x.length][size];
    double[] u = y.clone();
    for (int j = 0; j < w.length; j++) {
      for (int r = 0; r < x.length; r++) {
        double score = Dense.dot(x[r], w[j]);
        if (score > 0 && r != kink[j]) {
          u[r] -= sign[j] * score;
          for (int k = 0; k < d; k++) {
            jacobian[r][j * d + k] = sign[j] * x[r][k];
          }
        }
      }
    }
    double[][] h = new double[size][size];
    double[] g = new double[size];
    for (int r = 0; r < x.length; r++) {
      for (int i = 0; i < size; i++) {
        double own = jacobian[r][i];
        if (own != 0) {
          g[i] += own * u[r];
          Dense.add(h[i], own, jacobian[r]);
        }
      }
    }
    for (int j = 0; j < w.length; j++) {
      double norm = Dense.norm(w[j]);
      for (int k = 0; k < d; k++) {
        int i = j * d + k;
        g[i] -= lambda * w[j][k] / norm;
        h[i][i] += lambda / norm + damping;
        for (int l = 0; l < d; l++) {
          h[i][j * d + l] -= lambda * w[j][k] * w[j][l] / (norm * norm * norm);
        }
      }
      if (kink[j] >= 0) {
        // A stiff spring holds the neuron to its kink.
        double[] row = Dense.times(1 / Dense.norm(x[kink[j]]), x[kink[j]]);
        double inside = Dense.dot(row, Arrays.copyOfRange(g, j * d, j * d + d));
        for (int k = 0; k < d; k++) {
          g[j * d + k] -= inside * row[k];
          for (int l = 0; l < d; l++) {
            h[j * d + k][j * d + l] += 1e9 * row[k] * row[l];
          }
        }
      }
    }
    double[] solved = solve(h, g);
    double[][] direction = new double[w.length][];
    for (int j = 0; j < w.length; j++) {
      direction[j] = Arrays.copyOfRange(solved, j * d, j * d + d);
      ontoKink(direction[j], kink[j]);
    }
    return direction;
  }

  private void ontoKink(double[] vector, int row) {
    if (row >= 0) {
      Dense.add(vector, -Dense.dot(vector, x[row]) / Dense.dot(x[row], x[row]), x[row]);
    }
  }

  /** Gaussian elimination without pivots: the matrix is positive definite. */
  private static double[] solve(double[][] h, double[] g) {
    int n = g.length;
    for (int i = 0; i < n; i++) {
      for (int k = i + 1; k < n; k++) {
        double factor = h[k][i] / h[i][i];
        if (factor != 0) {
          for (int l = i; l < n; l++) {
            h[k][l] -= factor * h[i][l];
          }
          g[k] -= factor * g[i];
        }
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int l = i + 1; l < n; l++) {
        g[i] -= h[i][l] * g[l];
      }
      g[i] /= h[i][i];
    }
    return g;
  }

  /** The best of the full step, its halves, and the points where it crosses a kink. */
  private double along(double[][] direction, double objective) {
    double best = objective;
    double[][] bestAt = w;
    int bestNeuron = -1;
    int bestRow = -1;
    for (double t = 1; t > 1e-3; t /= 3) {
      double[][] at = moved(direction, t);
      double value = objective(at);
      if (value < best) {
        best = value;
        bestAt = at;
      }
    }
    for (int j = 0; j < w.length; j++) {
      for (int r = 0; r < x.length && kink[j] < 0; r++) {
        double t = -Dense.dot(x[r], w[j]) / Dense.dot(x[r], direction[j]);
        if (t > 0 && t <= 1) {
          double[][] at = moved(direction, t);
          ontoKink(at[j], r);
          double value = objective(at);
          if (value < best) {
            best = value;
            bestAt = at;
            bestNeuron = j;
            bestRow = r;
          }
        }
      }
    }
    w = bestAt;
    if (bestNeuron >= 0) {
      kink[bestNeuron] = bestRow;
    }
    return best;
  }

  private double[][] moved(double[][] direction, double t) {
    double[][] at = new double[w.length][];
    for (int j = 0; j < w.length; j++) {
      at[j] = w[j].clone();
      Dense.add(at[j], t, direction[j]);
    }
    return at;
  }
}
