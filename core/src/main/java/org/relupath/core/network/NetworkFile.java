package org.relupath.core.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;

/** Reads and writes {@code network.json} (design.md section 4). */
public final class NetworkFile {
  /** What {@code format} says. */
  public static final String FORMAT = "relupath-network";

  /** The version written; every version up to it is read. */
  public static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private NetworkFile() {}

  /** The network as indented JSON, full-precision numbers, ending in a line break. */
  public static String write(Network network) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    root.put("activation", network.model() == Model.GATED ? "gated" : "relu");
    network.inputs().forEach(root.putArray("inputs")::add);
    rows(root.putArray("hidden"), network.hidden());
    numbers(root.putArray("bias"), network.bias());
    numbers(root.putArray("output"), network.output());
    root.put("outputBias", network.outputBias());
    if (network.labels().length == 2) {
      numbers(root.putArray("labels"), network.labels());
    }
    if (network.model() == Model.GATED) {
      rows(root.putArray("gates"), network.gates());
      numbers(root.putArray("gateBias"), network.gateBias());
    }
    Preprocessing p = network.preprocessing();
    if (p != null) {
      ObjectNode node = root.putObject("preprocessing");
      numbers(node.putArray("mean"), p.mean());
      numbers(node.putArray("scale"), p.scale());
      node.put("intercept", p.intercept());
      node.put("center", p.center());
    }
    return root.toPrettyString() + "\n";
  }

  private static void numbers(ArrayNode node, double[] values) {
    for (double value : values) {
      node.add(value);
    }
  }

  private static void rows(ArrayNode node, Matrix matrix) {
    for (int r = 0; r < matrix.rows(); r++) {
      numbers(node.addArray(), matrix.row(r));
    }
  }

  /**
   * Reads a network.
   *
   * @param json the file's text
   * @throws IllegalArgumentException if it is not JSON, not a network of a known version, or its
   *     parts do not fit together; the message names the part
   */
  public static Network read(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("network: not JSON", e);
    }
    if (!FORMAT.equals(root.path("format").asText())) {
      throw new IllegalArgumentException(
          "network: format is '" + root.path("format").asText() + "', expected " + FORMAT);
    }
    int version = root.path("version").asInt();
    if (version < 1 || version > VERSION) {
      throw new IllegalArgumentException(
          "network: version is " + version + ", expected 1 to " + VERSION);
    }
    String activation = root.path("activation").asText();
    if (!activation.equals("relu") && !activation.equals("gated")) {
      throw new IllegalArgumentException(
          "network: activation is '" + activation + "', expected relu or gated");
    }
    Model model = activation.equals("gated") ? Model.GATED : Model.RELU;
    List<String> inputs = new ArrayList<>();
    array(root, "inputs").forEach(name -> inputs.add(name.asText()));
    double[] labels = root.hasNonNull("labels") ? numbers(root, "labels") : new double[0];
    boolean gated = model == Model.GATED;
    return new Network(
        model,
        inputs,
        rows(root, "hidden", inputs.size()),
        numbers(root, "bias"),
        numbers(root, "output"),
        number(root, "outputBias"),
        labels,
        gated ? rows(root, "gates", inputs.size()) : Matrix.zeros(0, 0),
        gated ? numbers(root, "gateBias") : new double[0],
        preprocessing(root.path("preprocessing"), inputs.size(), labels));
  }

  private static Preprocessing preprocessing(JsonNode node, int inputs, double[] labels) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    double[] mean = numbers(node, "mean");
    if (mean.length != inputs) {
      throw new IllegalArgumentException(
          "network: preprocessing mean has " + mean.length + " entries, expected " + inputs);
    }
    return new Preprocessing(
        mean,
        numbers(node, "scale"),
        node.path("intercept").asBoolean(),
        number(node, "center"),
        labels);
  }

  private static JsonNode array(JsonNode parent, String name) {
    JsonNode node = parent.path(name);
    if (!node.isArray()) {
      throw new IllegalArgumentException("network: " + name + " is missing or not a list");
    }
    return node;
  }

  private static double[] numbers(JsonNode parent, String name) {
    JsonNode node = array(parent, name);
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = finite(node.get(i), name);
    }
    return values;
  }

  private static double number(JsonNode parent, String name) {
    return finite(parent.path(name), name);
  }

  private static double finite(JsonNode node, String name) {
    if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
      throw new IllegalArgumentException(
          "network: " + name + " holds '" + node.asText() + "', expected finite numbers");
    }
    return node.asDouble();
  }

  private static Matrix rows(JsonNode parent, String name, int columns) {
    JsonNode node = array(parent, name);
    Matrix matrix = Matrix.zeros(node.size(), columns);
    for (int r = 0; r < node.size(); r++) {
      JsonNode row = node.get(r);
      if (row.size() != columns) {
        throw new IllegalArgumentException(
            "network: "
                + name
                + " row "
                + r
                + " has "
                + row.size()
                + " values, expected "
                + columns);
      }
      for (int k = 0; k < columns; k++) {
        matrix.values()[r * columns + k] = finite(row.get(k), name);
      }
    }
    return matrix;
  }
}
