package org.relupath.core.network;

import java.util.List;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;
import org.relupath.core.score.Calibration;

/**
 * A network that takes raw features: what {@link NetworkFile} reads and writes. Of x, the features
 * as its preparation encodes them, it is
 *
 * <pre>relu:  f(x) = outputBias + sum_j (hidden_j'x + bias_j)_+ output_j
 * gated: f(x) = outputBias + sum_j 1[gates_j'x + gateBias_j >= 0] (hidden_j'x + bias_j) output_j
 * </pre>
 *
 * @param model relu or gated
 * @param inputs the names of the raw features, in the order of the columns of raw rows
 * @param hidden k x number of encoded columns, which without a preparation are the inputs
 * @param bias k
 * @param output k
 * @param outputBias added to every prediction
 * @param labels {a, b} where the label is two-valued: a score from the threshold of the calibration
 *     on, 0 without one, predicts b; else empty
 * @param gates k x number of encoded columns where gated, else 0 x 0
 * @param gateBias k where gated, else empty
 * @param preprocessing how training standardised its columns, to undo the folding with; null in a
 *     network that was not trained here
 * @param preparation how raw rows are encoded
 * @param calibration probabilities and the threshold of its scores; null where it has none
 */
public record Network(
    Model model,
    List<String> inputs,
    Matrix hidden,
    double[] bias,
    double[] output,
    double outputBias,
    double[] labels,
    Matrix gates,
    double[] gateBias,
    Preprocessing preprocessing,
    Preparation preparation,
    Calibration calibration)
    implements StoredNetwork, java.io.Serializable {
  /** Checks the shapes. */
  public Network {
    inputs = List.copyOf(inputs);
    int k = hidden.rows();
    if (!preparation.isPlain()) {
      requireSize("preparation", "columns", preparation.columns().size(), inputs.size());
    }
    int encoded = preparation.names(inputs).size();
    requireSize("hidden", "columns", hidden.columns(), encoded);
    requireSize("bias", "entries", bias.length, k);
    requireSize("output", "entries", output.length, k);
    if (labels.length != 0) {
      requireSize("labels", "entries", labels.length, 2);
    }
    if (model == Model.GATED) {
      requireSize("gates", "rows", gates.rows(), k);
      requireSize("gates", "columns", gates.columns(), k == 0 ? gates.columns() : encoded);
      requireSize("gateBias", "entries", gateBias.length, k);
    }
  }

  /**
   * A network with the preparation that its preprocessing has, or none, whose scores are no
   * probabilities and whose threshold is 0.
   */
  public Network(
      Model model,
      List<String> inputs,
      Matrix hidden,
      double[] bias,
      double[] output,
      double outputBias,
      double[] labels,
      Matrix gates,
      double[] gateBias,
      Preprocessing preprocessing) {
    this(
        model,
        inputs,
        hidden,
        bias,
        output,
        outputBias,
        labels,
        gates,
        gateBias,
        preprocessing,
        preprocessing == null ? Preparation.NONE : preprocessing.preparation(),
        null);
  }

  /** This network with another calibration. */
  public Network with(Calibration other) {
    return new Network(
        model,
        inputs,
        hidden,
        bias,
        output,
        outputBias,
        labels,
        gates,
        gateBias,
        preprocessing,
        preparation,
        other);
  }

  private static void requireSize(String name, String of, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "network: " + name + " has " + actual + " " + of + ", expected " + expected);
    }
  }

  /** k, the number of neurons. */
  @Override
  public int width() {
    return output.length;
  }

  /** The raw scores of raw rows (n x number of inputs), one a row: see {@link ForwardPass}. */
  public double[] predict(Design raw) {
    return ForwardPass.of(this, raw).scores();
  }

  @Override
  public Matrix scores(Design raw) {
    return new Matrix(raw.rows(), 1, predict(raw));
  }
}
