package org.relupath.core.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;

/**
 * The JSON of a {@link NetworkFile} as a network; what does not fit together is refused by its
 * name.
 *
 * @param root the file
 * @param version what it says
 */
record NetworkReader(JsonNode root, int version) {
  /** The network, of one output or of several. */
  StoredNetwork network() {
    String activation = root.path("activation").asText();
    if (!activation.equals("relu") && !activation.equals("gated")) {
      throw new IllegalArgumentException(
          "network: activation is '" + activation + "', expected relu or gated");
    }
    Model model = activation.equals("gated") ? Model.GATED : Model.RELU;
    List<String> inputs = NetworkNodes.texts(root, "inputs");
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("network: inputs is empty, expected names");
    }
    List<String> classes = root.path("labels").path(0).isTextual() ? classes() : List.of();
    Preparation preparation =
        new Preparation(
            root.has("preparation")
                ? PreparationNodes.read(NetworkNodes.array(root, "preparation"), inputs)
                : List.of(),
            classes);
    boolean plain = preparation.equals(Preparation.NONE) && !root.has("outputs");
    if (version == NetworkFile.PLAIN && !plain) {
      throw new IllegalArgumentException(
          "network: version is 1, expected 2 with a preparation, labels that are texts or outputs");
    }
    return root.has("outputs")
        ? several(model, inputs, preparation)
        : single(model, inputs, preparation);
  }

  private Network single(Model model, List<String> inputs, Preparation preparation) {
    double[] labels = preparation.classes().isEmpty() ? labels(root) : new double[] {0, 1};
    Hidden hidden = hidden(model, preparation.names(inputs).size());
    return hidden.network(
        inputs,
        NetworkNodes.numbers(root, "output"),
        NetworkNodes.number(root, "outputBias"),
        labels,
        preparation,
        root);
  }

  private MultiOutputNetwork several(Model model, List<String> inputs, Preparation preparation) {
    JsonNode outputs = NetworkNodes.array(root, "outputs");
    int size = outputs.size();
    if (size < 2) {
      throw new IllegalArgumentException("network: outputs has " + size + ", expected two or more");
    }
    if (root.has("labels")) {
      throw new IllegalArgumentException(
          "network: labels beside outputs, expected classes, or labels of an output");
    }
    Hidden hidden = hidden(model, preparation.names(inputs).size());
    Matrix output = NetworkNodes.rows(root, "output", size);
    requireSize("output", "rows", output.rows(), hidden.weights.rows());
    double[] biases = NetworkNodes.numbers(root, "outputBias");
    requireSize("outputBias", "entries", biases.length, size);
    List<String> names = new ArrayList<>();
    List<Network> networks = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      JsonNode own = outputs.get(k);
      if (!own.path("name").isTextual() || names.contains(own.path("name").textValue())) {
        throw new IllegalArgumentException(
            "network: outputs name is "
                + NetworkNodes.shown(own.path("name"))
                + ", expected distinct names");
      }
      names.add(own.path("name").textValue());
      int[] neurons = neurons(output, k);
      networks.add(
          hidden
              .of(neurons)
              .network(
                  inputs,
                  Arrays.stream(neurons).mapToDouble(column(output, k)).toArray(),
                  biases[k],
                  labels(own),
                  preparation,
                  own));
    }
    return new MultiOutputNetwork(names, networks, classes(size));
  }

  /** The neurons of an output; those of none are the first output's, with weights of 0. */
  private static int[] neurons(Matrix output, int k) {
    return IntStream.range(0, output.rows())
        .filter(
            j ->
                output.get(j, k) != 0
                    || (k == 0 && Arrays.stream(output.row(j)).allMatch(weight -> weight == 0)))
        .toArray();
  }

  private static IntToDoubleFunction column(Matrix output, int k) {
    return j -> output.get(j, k);
  }

  private static void requireSize(String name, String of, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "network: " + name + " has " + actual + " " + of + ", expected " + expected);
    }
  }

  /** The labels of several outputs that are classes, texts or numbers; none where they are not. */
  private List<?> classes(int size) {
    if (!root.hasNonNull("classes")) {
      return List.of();
    }
    List<?> classes =
        root.path("classes").path(0).isTextual()
            ? NetworkNodes.texts(root, "classes")
            : Arrays.stream(NetworkNodes.numbers(root, "classes")).boxed().toList();
    requireSize("classes", "entries", classes.size(), size);
    if (classes.stream().distinct().count() != size) {
      throw new IllegalArgumentException(
          "network: classes is "
              + NetworkNodes.shown(root.get("classes"))
              + ", expected distinct labels");
    }
    return classes;
  }

  private Hidden hidden(Model model, int encoded) {
    boolean gated = model == Model.GATED;
    return new Hidden(
        model,
        NetworkNodes.rows(root, "hidden", encoded),
        NetworkNodes.numbers(root, "bias"),
        gated ? NetworkNodes.rows(root, "gates", encoded) : Matrix.zeros(0, 0),
        gated ? NetworkNodes.numbers(root, "gateBias") : new double[0]);
  }

  /** Neurons without their output weights. */
  @SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
  private record Hidden(
      Model model, Matrix weights, double[] bias, Matrix gates, double[] gateBias) {
    Hidden of(int[] neurons) {
      requireSize("bias", "entries", bias.length, weights.rows());
      boolean gated = model == Model.GATED;
      if (gated) {
        requireSize("gates", "rows", gates.rows(), weights.rows());
        requireSize("gateBias", "entries", gateBias.length, weights.rows());
      }
      return new Hidden(
          model,
          weights.selectRows(neurons),
          Arrays.stream(neurons).mapToDouble(j -> bias[j]).toArray(),
          gated ? gates.selectRows(neurons) : gates,
          gated ? Arrays.stream(neurons).mapToDouble(j -> gateBias[j]).toArray() : gateBias);
    }

    Network network(
        List<String> inputs,
        double[] output,
        double outputBias,
        double[] labels,
        Preparation preparation,
        JsonNode node) {
      int encoded = preparation.names(inputs).size();
      return new Network(
          model,
          inputs,
          weights,
          bias,
          output,
          outputBias,
          labels,
          gates,
          gateBias,
          preprocessing(node.path("preprocessing"), encoded, labels, preparation),
          preparation,
          CalibrationJson.read(node.path("calibration"), labels));
    }
  }

  private static double[] labels(JsonNode node) {
    double[] labels =
        node.hasNonNull("labels") ? NetworkNodes.numbers(node, "labels") : new double[0];
    if (node.hasNonNull("labels") && (labels.length != 2 || !(labels[0] < labels[1]))) {
      throw new IllegalArgumentException(
          "network: labels is "
              + NetworkNodes.shown(node.get("labels"))
              + ", expected two numbers, the smaller one first");
    }
    return labels;
  }

  private List<String> classes() {
    List<String> classes = NetworkNodes.texts(root, "labels");
    if (classes.size() != 2) {
      throw new IllegalArgumentException(
          "network: labels is " + NetworkNodes.shown(root.get("labels")) + ", expected two texts");
    }
    return classes;
  }

  private static Preprocessing preprocessing(
      JsonNode node, int encoded, double[] labels, Preparation preparation) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    double[] mean = NetworkNodes.numbers(node, "mean");
    requireSize("preprocessing mean", "entries", mean.length, encoded);
    double[] scale = NetworkNodes.numbers(node, "scale");
    if (scale.length != encoded || !Arrays.stream(scale).allMatch(value -> value > 0)) {
      throw new IllegalArgumentException(
          "network: preprocessing scale is "
              + NetworkNodes.shown(node.get("scale"))
              + ", expected "
              + encoded
              + " numbers above 0");
    }
    if (!node.path("intercept").isBoolean()) {
      throw new IllegalArgumentException(
          "network: preprocessing intercept is "
              + NetworkNodes.shown(node.path("intercept"))
              + ", expected true or false");
    }
    return new Preprocessing(
        mean,
        scale,
        node.path("intercept").booleanValue(),
        NetworkNodes.number(node, "center"),
        labels,
        preparation);
  }
}
