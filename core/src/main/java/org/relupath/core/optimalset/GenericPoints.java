package org.relupath.core.optimalset;

import java.util.SplittableRandom;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;

/**
 * Points at which functions of optimal networks differ if they differ anywhere.
 *
 * <p>Two networks of the same neurons differ by a function that is linear between the hyperplanes
 * where neurons switch. Seeded random points near the data, and pairs on both sides of every such
 * hyperplane, tell such a function from zero. Columns of X that are constant, a ones column above
 * all, keep their value: networks are compared as functions of the features.
 */
final class GenericPoints {
  /** Pairs of points, one on either side, for the hyperplane of each neuron. */
  private static final int PAIRS = 2;

  private final OptimalNeurons neurons;
  private final double[] mean;
  private final double[] deviation;
  private final SplittableRandom random;

  GenericPoints(OptimalNeurons neurons, long seed) {
    this.neurons = neurons;
    Matrix x = neurons.problem().sides().dense();
    this.mean = new double[x.columns()];
    this.deviation = new double[x.columns()];
    for (int k = 0; k < x.columns(); k++) {
      moments(x, k);
    }
    this.random = new SplittableRandom(Seeds.derive(seed, "generic points", 0));
  }

  private void moments(Matrix x, int k) {
    double sum = 0;
    double first = x.get(0, k);
    boolean constant = true;
    for (int r = 0; r < x.rows(); r++) {
      sum += x.get(r, k);
      constant &= x.get(r, k) == first;
    }
    mean[k] = constant && x.rows() > 1 ? first : sum / x.rows();
    double squares = 0;
    for (int r = 0; r < x.rows(); r++) {
      squares += (x.get(r, k) - mean[k]) * (x.get(r, k) - mean[k]);
    }
    // With one row nothing is known of the spread; its own size stands for it.
    deviation[k] = x.rows() > 1 ? Math.sqrt(squares / x.rows()) : Math.abs(first);
  }

  /** The points, one a row. */
  Matrix sample() {
    int d = mean.length;
    int free = 2 * d + 10;
    Matrix points = Matrix.zeros(free + 2 * PAIRS * neurons.size(), d);
    int row = 0;
    for (; row < free; row++) {
      put(points, row, step(1));
    }
    for (int j = 0; j < neurons.size(); j++) {
      for (int pair = 0; pair < PAIRS; pair++, row += 2) {
        double[] on = onHyperplane(neurons.hyperplane(j), step(1));
        double[] away = step(0.5);
        put(points, row, sum(on, away, 1));
        put(points, row + 1, sum(on, away, -1));
      }
    }
    return points;
  }

  /** A random vector that leaves constant columns at zero. */
  private double[] step(double size) {
    double[] step = new double[mean.length];
    for (int k = 0; k < step.length; k++) {
      step[k] = size * deviation[k] * Seeds.gaussian(random);
    }
    return step;
  }

  /** The point mean + step, moved along the columns that vary onto {x : x'h = 0} if it meets it. */
  private double[] onHyperplane(double[] h, double[] step) {
    double[] along = new double[h.length];
    for (int k = 0; k < h.length; k++) {
      along[k] = deviation[k] * deviation[k] * h[k];
    }
    double slope = Vectors.dot(h, along);
    double height = Vectors.dot(h, mean) + Vectors.dot(h, step);
    double[] moved = step.clone();
    Vectors.axpy(slope > 0 ? -height / slope : 0, along, 0, moved, 0, h.length);
    return moved;
  }

  private static double[] sum(double[] a, double[] b, double sign) {
    double[] sum = a.clone();
    Vectors.axpy(sign, b, 0, sum, 0, b.length);
    return sum;
  }

  private void put(Matrix points, int row, double[] step) {
    int d = mean.length;
    System.arraycopy(mean, 0, points.values(), row * d, d);
    Vectors.axpy(1, step, 0, points.values(), row * d, d);
  }
}
