package org.relupath.core.solve.slide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.relupath.core.linalg.Rectifier;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;

/**
 * The neurons of a ReLU network, and its own objective
 *
 * <pre>F(w) = L(y - sum_j s_j (X w_j)_+) + lambda sum_j ||w_j||.</pre>
 *
 * Where several stand for one, they are put together: w_i + w_j is shorter than w_i and w_j, and
 * its fit differs from theirs on the rows between them alone. Not thread-safe.
 */
final class Neurons {
  /** Scores of a smaller cosine are those of two neurons. */
  private static final double NEAR = 0.9;

  private final Problem problem;
  private final double lambda;
  private final List<double[]> w = new ArrayList<>();
  private final List<Integer> signs = new ArrayList<>();

  /** X w_j of each. */
  private final List<double[]> scores = new ArrayList<>();

  /** y - f. */
  private double[] error;

  private double objective;

  /** A network without neurons. */
  Neurons(Problem problem, double lambda) {
    this.problem = problem;
    this.lambda = lambda;
    this.error = problem.y().clone();
    this.objective = problem.loss().value(error);
  }

  /** The blocks that are not zero, each a neuron. */
  static Neurons of(Problem problem, double lambda, BlockWeights network) {
    Neurons neurons = new Neurons(problem, lambda);
    for (int i = 0; i < network.size(); i++) {
      if (network.norm(i) > 0) {
        neurons.add(network.weights(i), network.blocks().get(i).sign());
      }
    }
    return neurons;
  }

  /** Adds a neuron: w, d entries, kept, and its sign. */
  void add(double[] own, int sign) {
    double[] score = new double[problem.n()];
    problem.design().multiply(own, score);
    w.add(own);
    signs.add(sign);
    scores.add(score);
    for (int r = 0; r < error.length; r++) {
      error[r] -= sign * Rectifier.gate(score[r], score[r]);
    }
    objective = problem.loss().value(error) + lambda * normSum();
  }

  int size() {
    return w.size();
  }

  double[] weights(int j) {
    return w.get(j);
  }

  int sign(int j) {
    return signs.get(j);
  }

  /** F. */
  double objective() {
    return objective;
  }

  double normSum() {
    return w.stream().mapToDouble(Vectors::norm).sum();
  }

  /**
   * Puts neurons of one sign together, the most alike first, as long as F rises by no more than a
   * budget.
   */
  void merge(double budget) {
    double most = objective + budget;
    boolean merged = true;
    while (merged) {
      merged = false;
      for (int[] pair : pairs()) {
        if (w.get(pair[0]) != null && w.get(pair[1]) != null) {
          merged |= merge(pair[0], pair[1], most);
        }
      }
      for (int j = size() - 1; j >= 0; j--) {
        if (w.get(j) == null) {
          w.remove(j);
          signs.remove(j);
          scores.remove(j);
        }
      }
    }
  }

  /** Pairs of one sign whose scores are near, the nearest first. */
  private List<int[]> pairs() {
    int m = size();
    double[] lengths = scores.stream().mapToDouble(Vectors::norm).toArray();
    List<int[]> pairs = new ArrayList<>();
    List<Double> cosines = new ArrayList<>();
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        double cosine = Vectors.dot(scores.get(i), scores.get(j)) / (lengths[i] * lengths[j]);
        if (signs.get(i).equals(signs.get(j)) && cosine >= NEAR) {
          pairs.add(new int[] {i, j, cosines.size()});
          cosines.add(cosine);
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(pair -> -cosines.get(pair[2])));
    return pairs;
  }

  /** Puts the second into the first, if F is then at most so much. */
  private boolean merge(int i, int j, double most) {
    int sign = signs.get(i);
    double[] a = scores.get(i);
    double[] b = scores.get(j);
    double[] rest = new double[a.length];
    for (int r = 0; r < rest.length; r++) {
      double both = a[r] + b[r];
      double change =
          Rectifier.gate(both, both) - Rectifier.gate(a[r], a[r]) - Rectifier.gate(b[r], b[r]);
      rest[r] = error[r] - sign * change;
    }
    double[] sum = w.get(i).clone();
    Vectors.axpy(1, w.get(j), 0, sum, 0, sum.length);
    double penalty = normSumBut(i, j) + Vectors.norm(sum);
    double value = problem.loss().value(rest) + lambda * penalty;
    if (value > most) {
      return false;
    }
    objective = value;
    error = rest;
    w.set(i, sum);
    w.set(j, null);
    double[] score = a.clone();
    Vectors.axpy(1, b, 0, score, 0, score.length);
    scores.set(i, score);
    return true;
  }

  private double normSumBut(int i, int j) {
    double sum = 0;
    for (int k = 0; k < size(); k++) {
      sum += k == i || k == j || w.get(k) == null ? 0 : Vectors.norm(w.get(k));
    }
    return sum;
  }
}
