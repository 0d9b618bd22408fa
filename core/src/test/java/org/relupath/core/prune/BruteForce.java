package org.relupath.core.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.relupath.core.reference.Dense;

/** Least squares by elimination on the normal equations, and by trying every set of neurons. */
final class BruteForce {
  private BruteForce() {}

  /** A random network: gaussian fits, norms between 0.5 and 1.5, noisy targets. */
  static NeuronFits network(int n, int k, long seed) {
    Random random = new Random(seed);
    double[] columns = random.doubles((long) n * k, -1, 1).toArray();
    double[] beta = random.doubles(k, 0.5, 1.5).toArray();
    double[] y = random.doubles(n, -2, 2).toArray();
    return new NeuronFits(n, columns, beta, y, 0.3);
  }

  /** Column b of M. */
  static double[] column(NeuronFits fits, int b) {
    double[] column = new double[fits.n()];
    System.arraycopy(fits.columns(), b * fits.n(), column, 0, fits.n());
    return column;
  }

  /** argmin of 1/2 ||M z - t||^2 + cost sum z over the given neurons (k entries). */
  static double[] leastSquares(NeuronFits fits, List<Integer> neurons, double[] t, double cost) {
    int p = neurons.size();
    double[][] system = new double[p][p + 1];
    for (int i = 0; i < p; i++) {
      double[] m = column(fits, neurons.get(i));
      for (int l = 0; l < p; l++) {
        system[i][l] = Dense.dot(m, column(fits, neurons.get(l)));
      }
      system[i][p] = Dense.dot(m, t) - cost;
    }
    double[] solution = eliminate(system);
    double[] z = new double[fits.size()];
    for (int i = 0; i < p; i++) {
      z[neurons.get(i)] = solution[i];
    }
    return z;
  }

  private static double[] eliminate(double[][] a) {
    int p = a.length;
    for (int j = 0; j < p; j++) {
      int pivot = j;
      for (int i = j; i < p; i++) {
        pivot = Math.abs(a[i][j]) > Math.abs(a[pivot][j]) ? i : pivot;
      }
      double[] swap = a[j];
      a[j] = a[pivot];
      a[pivot] = swap;
      for (int i = 0; i < p; i++) {
        if (i != j) {
          Dense.add(a[i], -a[i][j] / a[j][j], a[j]);
        }
      }
    }
    double[] x = new double[p];
    for (int j = 0; j < p; j++) {
      x[j] = a[j][p] / a[j][j];
    }
    return x;
  }

  /** The least 1/2 ||M z - t||^2 + cost sum z over z >= 0 on the given neurons: every support. */
  static double[] nonNegative(NeuronFits fits, List<Integer> neurons, double[] t, double cost) {
    double[] best = new double[fits.size()];
    for (int set = 1; set < 1 << neurons.size(); set++) {
      List<Integer> support = new ArrayList<>();
      for (int i = 0; i < neurons.size(); i++) {
        if ((set >> i & 1) != 0) {
          support.add(neurons.get(i));
        }
      }
      double[] z = leastSquares(fits, support, t, cost);
      boolean feasible = support.stream().allMatch(b -> z[b] >= 0);
      if (feasible && value(fits, z, t, cost) < value(fits, best, t, cost)) {
        best = z;
      }
    }
    return best;
  }

  /** 1/2 ||M z - t||^2 + cost sum z. */
  static double value(NeuronFits fits, double[] z, double[] t, double cost) {
    double[] residual = t.clone();
    double sum = 0;
    for (int b = 0; b < z.length; b++) {
      Dense.add(residual, -z[b], column(fits, b));
      sum += z[b];
    }
    return 0.5 * Dense.dot(residual, residual) + cost * sum;
  }

  /** M z. */
  static double[] fit(NeuronFits fits, double[] z) {
    double[] fit = new double[fits.n()];
    for (int b = 0; b < z.length; b++) {
      Dense.add(fit, z[b], column(fits, b));
    }
    return fit;
  }

  /** The neurons with z_b > 0, but for one. */
  static List<Integer> others(double[] z, int except) {
    List<Integer> others = new ArrayList<>();
    for (int b = 0; b < z.length; b++) {
      if (z[b] > 0 && b != except) {
        others.add(b);
      }
    }
    return others;
  }

  /** ||z_b m_b - its least-squares fit by the other neurons with z > 0||. */
  static double residual(NeuronFits fits, double[] z, int b) {
    double[] own = Dense.times(z[b], column(fits, b));
    double[] c = leastSquares(fits, others(z, b), own, 0);
    return Dense.distance(own, fit(fits, c));
  }
}
