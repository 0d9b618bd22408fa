package org.relupath.core.network;

import org.relupath.core.data.Design;
import org.relupath.core.linalg.AffineScore;
import org.relupath.core.linalg.TwofoldSum;
import org.relupath.core.program.Model;

/**
 * What a network computes on raw rows: the one evaluation behind predictions, objectives and
 * metrics. Terms that cancel, as those of columns far from zero do, cost no digits: a score is that
 * of the network's numbers, rounded once, and a gate is on where its exact score is at least 0.
 *
 * @param scores f(x), one a row, rounded
 * @param rests what rounding f(x) left
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record ForwardPass(double[] scores, double[] rests) {

  /** Evaluates a network on rows (n x number of inputs). */
  public static ForwardPass of(Network network, Design raw) {
    Design encoded = network.preparation().encode(raw);
    int n = raw.rows();
    double[] scores = new double[n];
    double[] rests = new double[n];
    AffineScore score = new AffineScore();
    TwofoldSum sum = new TwofoldSum();
    for (int r = 0; r < n; r++) {
      sum.clear();
      sum.add(network.outputBias());
      for (int j = 0; j < network.width(); j++) {
        double response = response(network, encoded, r, j, score);
        if (response != 0) {
          sum.addProduct(response, network.output()[j]);
        }
      }
      scores[r] = sum.value();
      rests[r] = Double.isFinite(scores[r]) ? sum.rest() : 0;
    }
    return new ForwardPass(scores, rests);
  }

  /**
   * What the hidden neurons compute, before their output weights: (hidden_j'x_r + bias_j)_+, or
   * what the gate lets through; neuron j on row r in entry j n + r.
   */
  public static double[] responses(Network network, Design raw) {
    Design encoded = network.preparation().encode(raw);
    int n = raw.rows();
    double[] responses = new double[Math.multiplyExact(network.width(), n)];
    AffineScore score = new AffineScore();
    for (int j = 0; j < network.width(); j++) {
      for (int r = 0; r < n; r++) {
        responses[j * n + r] = response(network, encoded, r, j, score);
      }
    }
    return responses;
  }

  private static double response(Network network, Design x, int r, int j, AffineScore score) {
    int d = x.columns();
    double own = x.value(score, r, network.hidden().values(), j * d, network.bias()[j]);
    boolean on =
        network.model() == Model.GATED
            ? x.nonNegative(score, r, network.gates().values(), j * d, network.gateBias()[j])
            : own > 0 || Double.isNaN(own);
    return on ? own : 0;
  }

  /** f(x_r) - target, rounded once. */
  public double error(int r, double target) {
    return (scores[r] - target) + rests[r];
  }
}
