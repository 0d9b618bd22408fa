package org.relupath.spark.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;

/**
 * Labels and probabilities of raw scores as outputs of an ONNX graph, those that {@code predict}
 * has: labels are vectors of N texts, whole numbers or doubles.
 *
 * @param graph receives the operators
 * @param scores N x K
 */
record OnnxLabels(OnnxGraph graph, String scores) {
  static final String LABEL = "predictedLabel";
  static final String PROBABILITY = "probability";

  /** Those of a network of one output: {@code probability} is that of the larger label, N x 1. */
  void one(Network network) {
    one(network, scores, LABEL, PROBABILITY);
  }

  /** Those of several label columns, each by itself. */
  void columns(MultiOutputNetwork several) {
    for (int k = 0; k < several.size(); k++) {
      String name = "_" + several.names().get(k);
      one(several.networks().get(k), graph.columns(scores, k), LABEL + name, PROBABILITY + name);
    }
  }

  /** Those of classes: the class of the largest score, and all probabilities, N x K. */
  void classes(MultiOutputNetwork several) {
    String largest =
        graph.op(
            "ArgMax", List.of(OnnxGraph.whole("axis", 1), OnnxGraph.whole("keepdims", 0)), scores);
    labels(several.classes(), largest, LABEL);
    List<PlattScaling> scalings =
        several.networks().stream()
            .map(own -> Calibration.scaling(own.calibration()))
            .filter(Objects::nonNull)
            .toList();
    if (scalings.size() == several.size()) {
      String logs = graph.op("Neg", softplus(odds(scores, scalings)));
      // Each share of the sum of all, also where all are too small for numbers.
      String shares = graph.op("Softmax", List.of(OnnxGraph.whole("axis", 1)), logs);
      graph.output(shares, PROBABILITY, graph.type(), several.size());
    }
  }

  private void one(Network network, String score, String label, String probability) {
    List<String> texts = network.preparation().classes();
    List<?> labels = texts.isEmpty() ? Arrays.stream(network.labels()).boxed().toList() : texts;
    if (!labels.isEmpty()) {
      double threshold = Calibration.threshold(network.calibration());
      String second = graph.op("GreaterOrEqual", score, graph.numbers(new double[] {threshold}, 1));
      String flat = graph.op("Squeeze", second, graph.wholes(new long[] {1}, 1));
      labels(labels, graph.cast(flat, DataType.INT64), label);
    }
    PlattScaling scaling = Calibration.scaling(network.calibration());
    if (scaling != null) {
      String odds = odds(score, List.of(scaling));
      graph.output(graph.op("Sigmoid", graph.op("Neg", odds)), probability, graph.type(), 1);
    }
  }

  private void labels(List<?> labels, String at, String name) {
    DataType type;
    String values;
    if (labels.get(0) instanceof String) {
      type = DataType.STRING;
      values = graph.texts(labels.stream().map(String.class::cast).toList());
    } else {
      double[] numbers = labels.stream().mapToDouble(label -> (Double) label).toArray();
      boolean whole = Arrays.stream(numbers).allMatch(v -> v == Math.rint(v) && Math.abs(v) < 1e15);
      type = whole ? DataType.INT64 : DataType.DOUBLE;
      values =
          whole
              ? graph.wholes(
                  Arrays.stream(numbers).mapToLong(v -> (long) v).toArray(), numbers.length)
              : graph.doubles(numbers, numbers.length);
    }
    graph.output(
        graph.op("Gather", List.of(OnnxGraph.whole("axis", 0)), values, at), name, type, 0);
  }

  /** slope s + intercept: the logarithm of the odds against. */
  private String odds(String score, List<PlattScaling> scalings) {
    double[] slopes = scalings.stream().mapToDouble(PlattScaling::slope).toArray();
    double[] intercepts = scalings.stream().mapToDouble(PlattScaling::intercept).toArray();
    String scaled = graph.op("Mul", score, graph.numbers(slopes, 1, slopes.length));
    return graph.op("Add", scaled, graph.numbers(intercepts, 1, intercepts.length));
  }

  /** ln(1 + e^z), of which there is no operator in double precision everywhere. */
  private String softplus(String z) {
    String small = graph.op("Exp", graph.op("Neg", graph.op("Abs", z)));
    String log = graph.op("Log", graph.op("Add", small, graph.numbers(new double[] {1}, 1)));
    return graph.op("Add", graph.op("Max", z, graph.numbers(new double[] {0}, 1)), log);
  }
}
