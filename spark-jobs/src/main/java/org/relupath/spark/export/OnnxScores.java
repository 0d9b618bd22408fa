package org.relupath.spark.export;

import java.util.List;
import java.util.Objects;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.linalg.TwofoldSum;
import org.relupath.core.network.Network;
import org.relupath.core.program.Model;

/**
 * The raw scores of K networks of one output over the same encoded columns x, as operators of an
 * ONNX graph:
 *
 * <pre>scores = H A + c,   H_j = (W_j'(x - m) + b_j + W_j'm)_+,   or behind the gate of neuron j
 * </pre>
 *
 * <p>m are the means that training subtracted, 0 where it did not: products of columns far from
 * zero would otherwise lose the digits that they have too many of, in single precision most.
 *
 * @param graph receives the operators
 * @param networks at least one
 * @param mean m, rounded to the precision of the graph, or null
 */
record OnnxScores(OnnxGraph graph, List<Network> networks, double[] mean) {
  static OnnxScores of(OnnxGraph graph, List<Network> networks) {
    double[] mean =
        networks.stream()
            .map(Network::preprocessing)
            .filter(Objects::nonNull)
            .map(Preprocessing::mean)
            .findFirst()
            .orElse(new double[0])
            .clone();
    boolean any = false;
    for (int k = 0; k < mean.length; k++) {
      mean[k] = graph.rounded(mean[k]);
      any |= mean[k] != 0;
    }
    return new OnnxScores(graph, networks, any ? mean : null);
  }

  /**
   * The scores, N x K. What is no number, or infinite, among a row's columns makes them NaN.
   *
   * @param encoded N x number of encoded columns
   */
  String of(String encoded) {
    int d = networks.get(0).hidden().columns();
    int outputs = networks.size();
    String x = mean == null ? encoded : graph.op("Sub", encoded, graph.numbers(mean, 1, d));
    double[] biases = networks.stream().mapToDouble(Network::outputBias).toArray();
    String bias = graph.numbers(biases, outputs);
    int neurons = networks.stream().mapToInt(Network::width).sum();
    String scores =
        neurons == 0
            ? graph.op("Gemm", x, graph.matrix(Matrix.zeros(d, outputs)), bias)
            : graph.op("Gemm", hidden(x, neurons, d), graph.matrix(output(neurons)), bias);
    // Gates and maxima hide NaN, at some runtimes: x - x is 0 or NaN.
    String sum =
        graph.op(
            "ReduceSum",
            List.of(OnnxGraph.whole("keepdims", 1)),
            graph.op("Sub", encoded, encoded),
            graph.wholes(new long[] {1}, 1));
    return graph.op("Add", scores, sum);
  }

  private String hidden(String x, int neurons, int d) {
    String own = affine(x, new Matrix(neurons, d, rows(false)), biases(false));
    if (networks.get(0).model() == Model.RELU) {
      return graph.op("Relu", own);
    }
    String gate = affine(x, new Matrix(neurons, d, rows(true)), biases(true));
    String zero = graph.numbers(new double[] {0});
    return graph.op("Where", graph.op("GreaterOrEqual", gate, zero), own, zero);
  }

  private String affine(String x, Matrix weights, double[] bias) {
    return graph.op(
        "Gemm",
        List.of(OnnxGraph.whole("transB", 1)),
        x,
        graph.matrix(weights),
        graph.numbers(bias, bias.length));
  }

  private double[] rows(boolean gates) {
    return networks.stream()
        .map(own -> gates ? own.gates() : own.hidden())
        .flatMapToDouble(own -> java.util.Arrays.stream(own.values()))
        .toArray();
  }

  /** Biases on x - m. */
  private double[] biases(boolean gates) {
    return networks.stream()
        .flatMapToDouble(
            own -> {
              Matrix weights = gates ? own.gates() : own.hidden();
              double[] bias = (gates ? own.gateBias() : own.bias()).clone();
              for (int j = 0; mean != null && j < bias.length; j++) {
                TwofoldSum sum = new TwofoldSum();
                sum.add(bias[j]);
                for (int k = 0; k < mean.length; k++) {
                  sum.addProduct(graph.rounded(weights.get(j, k)), mean[k]);
                }
                bias[j] = sum.value();
              }
              return java.util.Arrays.stream(bias);
            })
        .toArray();
  }

  /** A, k x K: a neuron has one output. */
  private Matrix output(int neurons) {
    int outputs = networks.size();
    Matrix output = Matrix.zeros(neurons, outputs);
    int at = 0;
    for (int k = 0; k < outputs; k++) {
      for (double weight : networks.get(k).output()) {
        output.values()[at++ * outputs + k] = weight;
      }
    }
    return output;
  }
}
