package org.relupath.spark.data;

import java.util.Arrays;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Folding;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.network.Neurons;
import org.relupath.core.optimalset.OptimalNeurons;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * Rows to measure networks on where they are solved for, by the forward pass of the networks on raw
 * columns; what a neuron computes is computed once for all networks that have it.
 *
 * @param rows labelled raw rows
 * @param preprocessing of the networks
 */
public record EvaluationRows(Observations rows, Preprocessing preprocessing)
    implements java.io.Serializable {
  /** The rows in the columns of the solver. */
  public Matrix x() {
    return preprocessing.design(rows.features());
  }

  /** Rows and targets as the solver sees them, each times the root of its weight. */
  public Problem problem(Model model) {
    return Problem.of(preprocessing, rows, model);
  }

  /**
   * What neurons compute per unit of weight, n x k, column-major.
   *
   * @param gates where gated, for each pattern a gate that induces it
   */
  public double[] responses(OptimalNeurons neurons, Matrix gates) {
    int k = neurons.size();
    Matrix rays = Matrix.zeros(k, preprocessing.dimension());
    double[] signs = new double[k];
    int[] patterns = new int[k];
    for (int j = 0; j < k; j++) {
      double[] ray = neurons.neurons().get(j).ray();
      System.arraycopy(ray, 0, rays.values(), j * ray.length, ray.length);
      signs[j] = neurons.neurons().get(j).sign();
      patterns[j] = neurons.neurons().get(j).blocks().get(0).pattern();
    }
    Model model = neurons.problem().model();
    Matrix own = model == Model.GATED ? gates.selectRows(patterns) : Matrix.zeros(0, 0);
    Network network =
        Folding.fold(
            new Neurons(model, rays, signs, own),
            preprocessing,
            rows.inputs(),
            Matrix.zeros(0, rows.inputs().size()));
    double[] responses = ForwardPass.responses(network, rows.cells());
    int n = rows.rows();
    for (int i = 0; i < responses.length; i++) {
      responses[i] *= signs[i / n];
    }
    return responses;
  }

  /**
   * How a network does.
   *
   * @param fit what its neurons add up to on the rows, without the output bias
   */
  public Metrics measure(double[] fit) {
    double[] scores = Arrays.stream(fit).map(score -> score + preprocessing.center()).toArray();
    ForwardPass pass = new ForwardPass(scores, new double[scores.length]);
    return Metrics.of(pass, rows, preprocessing.labels());
  }
}
