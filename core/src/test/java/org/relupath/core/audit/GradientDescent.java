package org.relupath.core.audit;

import java.util.Random;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Dense;

/**
 * Plain gradient descent on the non-convex objective of a ReLU network, as anyone would write it.
 */
public final class GradientDescent {
  private final double[][] x;
  private final double[] y;
  private final double lambda;
  private final double[][] w;
  private final double[] a;

  public GradientDescent(double[][] x, double[] y, double lambda, int width, long seed) {
    Random random = new Random(seed);
    this.x = x;
    this.y = y;
    this.lambda = lambda;
    this.w = new double[width][x[0].length];
    this.a = new double[width];
    for (int j = 0; j < width; j++) {
      java.util.Arrays.setAll(w[j], k -> 0.7 * random.nextGaussian());
      a[j] = 0.7 * random.nextGaussian();
    }
  }

  /** Descends until the gradient is at most {@code norm} long; false if it does not get there. */
  public boolean run(double step, int steps, double norm) {
    for (int i = 0; i < steps; i++) {
      double[][] dw = new double[a.length][];
      double[] da = gradient(dw);
      double square = Dense.dot(da, da);
      for (double[] row : dw) {
        square += Dense.dot(row, row);
      }
      if (square <= norm * norm) {
        return true;
      }
      for (int j = 0; j < a.length; j++) {
        a[j] -= step * da[j];
        Dense.add(w[j], -step, dw[j]);
      }
    }
    return false;
  }

  private double[] gradient(double[][] dw) {
    double[] u = y.clone();
    double[][] score = new double[a.length][x.length];
    for (int j = 0; j < a.length; j++) {
      for (int r = 0; r < x.length; r++) {
        score[j][r] = Math.max(0, Dense.dot(x[r], w[j]));
        u[r] -= a[j] * score[j][r];
      }
    }
    double[] da = new double[a.length];
    for (int j = 0; j < a.length; j++) {
      da[j] = lambda * a[j] - Dense.dot(u, score[j]);
      dw[j] = Dense.times(lambda, w[j]);
      for (int r = 0; r < x.length; r++) {
        if (score[j][r] > 0) {
          Dense.add(dw[j], -a[j] * u[r], x[r]);
        }
      }
    }
    return da;
  }

  public Neurons network() {
    return new Neurons(Model.RELU, Matrix.ofRows(w), a.clone(), Matrix.zeros(0, 0));
  }
}
