package org.relupath.core.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.NumberText;

/** Numbers, texts and matrices as values of {@code network.json}, to and fro. */
final class NetworkNodes {
  /** Characters of a value that a message shows. */
  private static final int SHOWN = 60;

  private NetworkNodes() {}

  static void write(ArrayNode node, double[] values) {
    for (double value : values) {
      node.add(written(value));
    }
  }

  static void write(ArrayNode node, Matrix matrix) {
    for (int r = 0; r < matrix.rows(); r++) {
      write(node.addArray(), matrix.row(r));
    }
  }

  /** A number that a network may have. */
  static double written(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("a network's number is " + value + " and cannot be written");
    }
    return value;
  }

  static JsonNode array(JsonNode parent, String name) {
    JsonNode node = parent.path(name);
    if (!node.isArray()) {
      throw new IllegalArgumentException("network: " + name + " is missing or not a list");
    }
    return node;
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

  static Matrix rows(JsonNode parent, String name, int columns) {
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

  /** A value as a message shows it. */
  static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
