package org.relupath.core.network;

import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.linalg.TwofoldSum;
import org.relupath.core.loss.SquaredLoss;

/**
 * The objective of a network as it is written, on raw rows, its loss a sum.
 *
 * @param loss 1/2 sum_r m_r (f(x_r) - t_r)^2 by its {@link ForwardPass}, with the rows' weights m
 * @param penalty (lambda / 2) sum_j (||W_j||^2 + a_j^2), W_j on the columns that training
 *     penalised: {@link Folding#unfold}
 */
public record NetworkObjective(double loss, double penalty) {

  /**
   * Measures a network of ours.
   *
   * @param network with its preprocessing
   * @param pass its forward pass over the training rows
   * @param rows the training rows, with what each counts in the fit
   * @param lambda the regularization, with the loss as a sum
   */
  public static NetworkObjective of(
      Network network, ForwardPass pass, Observations rows, double lambda) {
    double[] targets = network.preprocessing().mapped(rows.targets());
    TwofoldSum squares = new TwofoldSum();
    for (int r = 0; r < targets.length; r++) {
      double error = pass.error(r, targets[r]);
      squares.addProduct(rows.weight(r) * error, error);
    }
    return new NetworkObjective(SquaredLoss.ofSquare(squares.value()), penalty(network, lambda));
  }

  /** (lambda / 2) sum_j (||W_j||^2 + a_j^2). */
  public static double penalty(Network network, double lambda) {
    Neurons neurons = Folding.unfold(network);
    Matrix hidden = neurons.hidden();
    TwofoldSum squares = new TwofoldSum();
    for (double weight : hidden.values()) {
      squares.addProduct(weight, weight);
    }
    for (double weight : neurons.output()) {
      squares.addProduct(weight, weight);
    }
    return 0.5 * lambda * squares.value();
  }

  /** loss + penalty. */
  public double value() {
    return loss + penalty;
  }
}
