package org.relupath.core.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;

/** A network on its way down, one removal after another. */
final class PruningRun {
  /** A norm that a step along a dependency reduces by all but this part of it is zero. */
  private static final double ROUNDING = 1e-13;

  private final NeuronFits fits;
  private final NeuronFactor left;
  private final PruningMethod method;
  private final Correction correction;
  private final SplittableRandom random;
  private final double[] yhat;
  private final double[] beta;

  /**
   * A run from the network itself.
   *
   * @param left the neurons with beta_b > 0; changed
   */
  PruningRun(
      NeuronFits fits, NeuronFactor left, PruningMethod method, Correction correction, long seed) {
    this.fits = fits;
    this.left = left;
    this.yhat = fits.fit(fits.beta());
    this.beta = fits.beta().clone();
    this.method = method;
    this.correction = correction;
    this.random = new SplittableRandom(Seeds.derive(seed, "pruning", 0));
  }

  /** The number of neurons left. */
  int width() {
    return left.neurons().length;
  }

  /** The network that pruning begins with. */
  PrunedNetwork start() {
    return step(List.of());
  }

  /** Drops the next neuron, and those that its correction brings to zero. */
  PrunedNetwork drop() {
    int[] before = left.neurons();
    int chosen = choose();
    switch (correction) {
      case NONE -> leave(chosen);
      case DEPENDENCY -> follow(left.dependency(chosen), chosen);
      case FIT -> {
        leave(chosen);
        new NonNegativeRefit(fits, yhat, 0).solve(left, beta);
      }
      case OBJECTIVE -> {
        leave(chosen);
        new NonNegativeRefit(fits, fits.y(), fits.lambda()).solve(left, beta);
      }
    }
    return step(gone(before, chosen));
  }

  private void leave(int neuron) {
    beta[neuron] = 0;
    left.remove(neuron);
  }

  /** Moves along -z until the first neuron, that of the largest |z_b| / beta_b, is at zero. */
  private void follow(double[] z, int chosen) {
    int first = chosen;
    for (int b : left.neurons()) {
      if (Math.abs(z[b]) * beta[first] > Math.abs(z[first]) * beta[b]) {
        first = b;
      }
    }
    double step = beta[first] / z[first];
    for (int b : left.neurons()) {
      double moved = beta[b] - step * z[b];
      // The difference of equal numbers is zero, whatever rounding makes of it.
      if (b == first || moved <= ROUNDING * beta[b]) {
        leave(b);
      } else {
        beta[b] = moved;
      }
    }
  }

  private int choose() {
    int[] neurons = left.neurons();
    Arrays.sort(neurons);
    if (method == PruningMethod.RANDOM) {
      return neurons[random.nextInt(neurons.length)];
    }
    double[] residual = fits.residual(fits.y(), beta);
    int best = neurons[0];
    double least = Double.POSITIVE_INFINITY;
    for (int b : neurons) {
      double score = beta[b] * scorePerNorm(b, residual);
      if (score < least) {
        best = b;
        least = score;
      }
    }
    return best;
  }

  private double scorePerNorm(int b, double[] residual) {
    return switch (method) {
      case MAGNITUDE, RANDOM -> 1;
      case GRADIENT -> Math.abs(fits.correlation(b, residual));
      case ACTIVATION -> fits.norm(b);
      case RESIDUAL -> left.distance(b);
    };
  }

  private List<Integer> gone(int[] before, int chosen) {
    List<Integer> gone = new ArrayList<>();
    if (beta[chosen] == 0) {
      gone.add(chosen);
    }
    for (int b : before) {
      if (b != chosen && beta[b] == 0) {
        gone.add(b);
      }
    }
    return gone;
  }

  private PrunedNetwork step(List<Integer> removed) {
    double[] residual = fits.residual(fits.y(), beta);
    double loss = SquaredLoss.ofSquare(Vectors.dot(residual, residual));
    double fitError = Vectors.norm(fits.residual(yhat, beta));
    double penalty = 0;
    for (double norm : beta) {
      penalty += fits.lambda() * norm;
    }
    return new PrunedNetwork(width(), removed, beta.clone(), fitError, loss, loss + penalty);
  }
}
