package org.relupath.core.network;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.NumberText;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;

/** Reads and writes {@code network.json} (spark-jobs/docs/files.md#networkjson). */
public final class NetworkFile {
  /** What {@code format} says. */
  public static final String FORMAT = "relupath-network";

  /** The newest version; it and every older one is read. A network is written in its oldest. */
  public static final int VERSION = 2;

  /**
   * The version of networks that take numbers, have labels that are numbers, and no calibration.
   */
  private static final int PLAIN = 1;

  /** Keeps numbers as they are written until they are known to be doubles. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Characters of a value that a message shows. */
  private static final int SHOWN = 60;

  private NetworkFile() {}

  /**
   * The network as indented JSON, full-precision numbers, ending in a line break; of the oldest
   * version that has all of it.
   */
  public static String write(Network network) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    Preparation preparation = network.preparation();
    boolean plain = preparation.equals(Preparation.NONE) && network.calibration() == null;
    root.put("version", plain ? PLAIN : VERSION);
    root.put("activation", network.model() == Model.GATED ? "gated" : "relu");
    network.inputs().forEach(root.putArray("inputs")::add);
    if (!preparation.isPlain()) {
      PreparationNodes.write(preparation, root.putArray("preparation"));
    }
    rows(root.putArray("hidden"), network.hidden());
    numbers(root.putArray("bias"), network.bias());
    numbers(root.putArray("output"), network.output());
    root.put("outputBias", written(network.outputBias()));
    if (!preparation.classes().isEmpty()) {
      preparation.classes().forEach(root.putArray("labels")::add);
    } else if (network.labels().length == 2) {
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
      node.put("center", written(p.center()));
    }
    CalibrationJson.write(root, network.calibration());
    return root.toPrettyString() + "\n";
  }

  static void numbers(ArrayNode node, double[] values) {
    for (double value : values) {
      node.add(written(value));
    }
  }

  /** A number that a network may have. */
  static double written(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("a network's number is " + value + " and cannot be written");
    }
    return value;
  }

  private static void rows(ArrayNode node, Matrix matrix) {
    for (int r = 0; r < matrix.rows(); r++) {
      numbers(node.addArray(), matrix.row(r));
    }
  }

  /**
   * Reads a network.
   *
   * @param json the file's text, which may begin with a byte order mark
   * @throws IllegalArgumentException if it is not JSON, not a network of a known version, or its
   *     parts do not fit together; the message names the part
   */
  public static Network read(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json.startsWith("\uFEFF") ? json.substring(1) : json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("network: not JSON: " + e.getOriginalMessage(), e);
    }
    if (!FORMAT.equals(root.path("format").asText())) {
      throw new IllegalArgumentException(
          "network: format is '" + root.path("format").asText() + "', expected " + FORMAT);
    }
    JsonNode version = root.path("version");
    if (!version.isInt() || version.intValue() < 1 || version.intValue() > VERSION) {
      throw new IllegalArgumentException(
          "network: version is " + shown(version) + ", expected 1 to " + VERSION);
    }
    String activation = root.path("activation").asText();
    if (!activation.equals("relu") && !activation.equals("gated")) {
      throw new IllegalArgumentException(
          "network: activation is '" + activation + "', expected relu or gated");
    }
    Model model = activation.equals("gated") ? Model.GATED : Model.RELU;
    List<String> inputs = inputs(root);
    List<String> classes = root.path("labels").path(0).isTextual() ? classes(root) : List.of();
    Preparation preparation =
        new Preparation(
            root.has("preparation")
                ? PreparationNodes.read(array(root, "preparation"), inputs)
                : List.of(),
            classes);
    if (version.intValue() == PLAIN && !preparation.equals(Preparation.NONE)) {
      throw new IllegalArgumentException(
          "network: version is 1, expected 2 with a preparation or labels that are texts");
    }
    int encoded = preparation.names(inputs).size();
    double[] labels =
        !classes.isEmpty()
            ? new double[] {0, 1}
            : root.hasNonNull("labels") ? labels(root) : new double[0];
    boolean gated = model == Model.GATED;
    return new Network(
        model,
        inputs,
        rows(root, "hidden", encoded),
        numbers(root, "bias"),
        numbers(root, "output"),
        number(root, "outputBias"),
        labels,
        gated ? rows(root, "gates", encoded) : Matrix.zeros(0, 0),
        gated ? numbers(root, "gateBias") : new double[0],
        preprocessing(root.path("preprocessing"), encoded, labels, preparation),
        preparation,
        CalibrationJson.read(root.path("calibration"), labels));
  }

  private static List<String> inputs(JsonNode root) {
    List<String> inputs = texts(root, "inputs");
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("network: inputs is empty, expected names");
    }
    return inputs;
  }

  /** Distinct texts. */
  static List<String> texts(JsonNode parent, String name) {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode text : array(parent, name)) {
      if (!text.isTextual() || !texts.add(text.textValue())) {
        throw new IllegalArgumentException(
            "network: " + name + " holds " + shown(text) + ", expected distinct names");
      }
    }
    return List.copyOf(texts);
  }

  private static double[] labels(JsonNode root) {
    double[] labels = numbers(root, "labels");
    if (labels.length != 2 || !(labels[0] < labels[1])) {
      throw new IllegalArgumentException(
          "network: labels is "
              + shown(root.get("labels"))
              + ", expected two numbers, the smaller one first");
    }
    return labels;
  }

  private static List<String> classes(JsonNode root) {
    JsonNode labels = root.get("labels");
    List<String> classes = texts(root, "labels");
    if (classes.size() != 2) {
      throw new IllegalArgumentException(
          "network: labels is " + shown(labels) + ", expected two texts");
    }
    return classes;
  }

  private static Preprocessing preprocessing(
      JsonNode node, int inputs, double[] labels, Preparation preparation) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    double[] mean = numbers(node, "mean");
    if (mean.length != inputs) {
      throw new IllegalArgumentException(
          "network: preprocessing mean has " + mean.length + " entries, expected " + inputs);
    }
    double[] scale = numbers(node, "scale");
    if (scale.length != inputs || !Arrays.stream(scale).allMatch(value -> value > 0)) {
      throw new IllegalArgumentException(
          "network: preprocessing scale is "
              + shown(node.get("scale"))
              + ", expected "
              + inputs
              + " numbers above 0");
    }
    if (!node.path("intercept").isBoolean()) {
      throw new IllegalArgumentException(
          "network: preprocessing intercept is "
              + shown(node.path("intercept"))
              + ", expected true or false");
    }
    return new Preprocessing(
        mean,
        scale,
        node.path("intercept").booleanValue(),
        number(node, "center"),
        labels,
        preparation);
  }

  static JsonNode array(JsonNode parent, String name) {
    JsonNode node = parent.path(name);
    if (!node.isArray()) {
      throw new IllegalArgumentException("network: " + name + " is missing or not a list");
    }
    return node;
  }

  static double[] numbers(JsonNode parent, String name) {
    JsonNode node = array(parent, name);
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = finite(node.get(i), name);
    }
    return values;
  }

  static double number(JsonNode parent, String name) {
    return finite(parent.path(name), name);
  }

  private static double finite(JsonNode node, String name) {
    double value = node.isNumber() ? NumberText.parse(node.asText()) : Double.NaN;
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "network: " + name + " holds " + shown(node) + ", expected finite numbers");
    }
    return value;
  }

  /** A value as a message shows it. */
  static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private static Matrix rows(JsonNode parent, String name, int columns) {
    JsonNode node = array(parent, name);
    Matrix matrix = Matrix.zeros(node.size(), columns);
    for (int r = 0; r < node.size(); r++) {
      JsonNode row = node.get(r);
      if (!row.isArray() || row.size() != columns) {
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
