package org.relupath.spark.io.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Folding;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.StoredNetwork;
import org.relupath.core.program.Model;

/**
 * A ReLU network as frameworks have it, without names: two linear layers of z,
 *
 * <pre>f(z) = A (W z + b)_+ + c,   z = x, or (x - mean) / scale
 * </pre>
 *
 * @param hidden W, k x d
 * @param bias b, k; null of a network without, whose b is zero
 * @param output A, K x k
 * @param outputBias c, K
 * @param mean of the d columns; null where z = x
 * @param scale of the d columns, above 0; null where z = x
 */
record TwoLayers(
    Matrix hidden,
    double[] bias,
    Matrix output,
    double[] outputBias,
    double[] mean,
    double[] scale) {
  /** Checks the shapes. */
  TwoLayers {
    int k = hidden.rows();
    require(output.columns(), k, "inputs of the second layer", "the neurons");
    if (bias != null) {
      require(bias.length, k, "entries of the first bias", "the neurons");
    }
    require(outputBias.length, output.rows(), "entries of the second bias", "the outputs");
    if (mean != null) {
      require(mean.length, hidden.columns(), "entries of mean", "the inputs");
      require(scale.length, hidden.columns(), "entries of scale", "the inputs");
      for (double one : scale) {
        if (!(one > 0)) {
          throw new IllegalArgumentException("scale holds " + one + ", expected numbers above 0");
        }
      }
    }
  }

  private static void require(int actual, int expected, String has, String of) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "has %d %s, expected %d, %s".formatted(actual, has, expected, of));
    }
  }

  /** These layers without standardising. */
  TwoLayers(Matrix hidden, double[] bias, Matrix output, double[] outputBias) {
    this(hidden, bias, output, outputBias, null, null);
  }

  /**
   * The network on columns of these names; of several outputs they are called output1, output2, ...
   *
   * @throws IllegalArgumentException if there is not a name for each input
   */
  StoredNetwork network(List<String> inputs) {
    if (inputs.size() != hidden.columns()) {
      throw new IllegalArgumentException(
          inputs.isEmpty()
              ? "has %d inputs without names, expected --features, their columns in order"
                  .formatted(hidden.columns())
              : "has %d inputs, --features names %d, expected as many"
                  .formatted(hidden.columns(), inputs.size()));
    }
    List<Network> networks =
        IntStream.range(0, output.rows()).mapToObj(k -> network(inputs, k)).toList();
    if (networks.size() == 1) {
      return networks.get(0);
    }
    List<String> names = new ArrayList<>();
    networks.forEach(own -> names.add("output" + (names.size() + 1)));
    return new MultiOutputNetwork(names, networks, List.of());
  }

  /** The neurons that an output uses; of a single output all of them. */
  private Network network(List<String> inputs, int k) {
    int[] own =
        IntStream.range(0, hidden.rows())
            .filter(j -> output.rows() == 1 || output.get(k, j) != 0)
            .toArray();
    Network trained =
        new Network(
            Model.RELU,
            inputs,
            hidden.selectRows(own),
            IntStream.of(own).mapToDouble(j -> bias == null ? 0 : bias[j]).toArray(),
            IntStream.of(own).mapToDouble(j -> output.get(k, j)).toArray(),
            outputBias[k],
            new double[0],
            Matrix.zeros(0, 0),
            new double[0],
            null);
    Matrix none = Matrix.zeros(0, inputs.size());
    return mean == null ? trained : Folding.fold(trained, mean, scale, bias != null, none);
  }
}
