package org.relupath.core.network;

import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;

/**
 * Folds preprocessing into a network and takes it out again: with x = (raw - mean) / scale,
 *
 * <pre>x'w + w_ones = raw'(w / scale) + (w_ones - mean'(w / scale)).</pre>
 */
public final class Folding {
  /** Relative to the terms of a bias, what is left of their sum where nothing should be. */
  private static final double ROUNDING = 1e-9;

  private Folding() {}

  /**
   * The network on raw features that computes what {@code neurons} compute on X.
   *
   * @param neurons a network on the columns of X
   * @param preprocessing how X was made
   * @param inputs the raw features' names
   * @param raw rows on which gates must stay on the side they are on: the training rows
   */
  public static Network fold(
      Neurons neurons, Preprocessing preprocessing, List<String> inputs, Matrix raw) {
    Affine hidden = fold(neurons.hidden(), preprocessing);
    boolean gated = neurons.model() == Model.GATED;
    Affine gates =
        gated
            ? keepSides(fold(neurons.gates(), preprocessing), neurons.gates(), preprocessing, raw)
            : new Affine(Matrix.zeros(0, 0), new double[0]);
    return new Network(
        neurons.model(),
        inputs,
        hidden.slope,
        hidden.bias,
        neurons.output().clone(),
        preprocessing.center(),
        preprocessing.labels(),
        gates.slope,
        gates.bias,
        preprocessing);
  }

  /**
   * The neurons on the columns of X that a network of ours was folded from, by its own
   * preprocessing.
   *
   * @throws IllegalArgumentException if the network carries no preprocessing, or a bias that a
   *     preprocessing without intercept cannot have made
   */
  public static Neurons unfold(Network network) {
    Preprocessing preprocessing = network.preprocessing();
    if (preprocessing == null) {
      throw new IllegalArgumentException("the network carries no preprocessing to undo");
    }
    Matrix gates =
        network.model() == Model.GATED
            ? unfold(network.gates(), network.gateBias(), preprocessing)
            : Matrix.zeros(0, 0);
    Matrix hidden = unfold(network.hidden(), network.bias(), preprocessing);
    return new Neurons(network.model(), hidden, network.output().clone(), gates);
  }

  @SuppressWarnings("ArrayRecordComponent") // a pair on its way, never compared
  private record Affine(Matrix slope, double[] bias) {}

  private static Affine fold(Matrix w, Preprocessing p) {
    int inputs = p.mean().length;
    Matrix slope = Matrix.zeros(w.rows(), inputs);
    double[] bias = new double[w.rows()];
    for (int j = 0; j < w.rows(); j++) {
      bias[j] = p.intercept() ? w.get(j, inputs) : 0;
      for (int k = 0; k < inputs; k++) {
        double folded = w.get(j, k) / p.scale()[k];
        slope.values()[j * inputs + k] = folded;
        bias[j] -= p.mean()[k] * folded;
      }
    }
    return new Affine(slope, bias);
  }

  private static Matrix unfold(Matrix slope, double[] bias, Preprocessing p) {
    int inputs = p.mean().length;
    Matrix w = Matrix.zeros(slope.rows(), p.dimension());
    for (int j = 0; j < w.rows(); j++) {
      double ones = bias[j];
      double size = Math.abs(bias[j]);
      for (int k = 0; k < inputs; k++) {
        w.values()[j * w.columns() + k] = slope.get(j, k) * p.scale()[k];
        ones += slope.get(j, k) * p.mean()[k];
        size += Math.abs(slope.get(j, k) * p.mean()[k]);
      }
      if (p.intercept()) {
        w.values()[j * w.columns() + inputs] = ones;
      } else if (Math.abs(ones) > ROUNDING * size) {
        throw new IllegalArgumentException(
            "bias "
                + j
                + " is "
                + bias[j]
                + ", expected "
                + (bias[j] - ones)
                + " of a network whose preprocessing has no intercept");
      }
    }
    return w;
  }

  /**
   * Rounding may carry a training row that lies on a gate's hyperplane to its other side. Every
   * gate with the same pattern means the same, so the hyperplane moves to the middle between the
   * rows on its two sides wherever that happens.
   */
  private static Affine keepSides(Affine folded, Matrix gates, Preprocessing p, Matrix raw) {
    Matrix x = p.design(raw);
    double[] bias = folded.bias.clone();
    for (int j = 0; j < gates.rows(); j++) {
      double lowestOn = Double.POSITIVE_INFINITY;
      double highestOff = Double.NEGATIVE_INFINITY;
      boolean moved = false;
      for (int r = 0; r < raw.rows(); r++) {
        boolean on = Network.score(x, r, gates, j, 0) >= 0;
        double score = Network.score(raw, r, folded.slope, j, bias[j]);
        moved |= on != score >= 0;
        lowestOn = on ? Math.min(lowestOn, score) : lowestOn;
        highestOff = on ? highestOff : Math.max(highestOff, score);
      }
      if (moved && highestOff < lowestOn) {
        double edge = Double.isInfinite(highestOff) ? lowestOn : 0.5 * (lowestOn + highestOff);
        bias[j] -= Double.isInfinite(lowestOn) ? highestOff + Math.ulp(highestOff) : edge;
      }
    }
    return new Affine(folded.slope, bias);
  }
}
