package org.relupath.spark.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The members of a json object, read by type. What is missing, of another type or out of range is
 * an IllegalArgumentException whose message goes on after the name of the file: {@code has
 * rows.train "x", expected a whole number}.
 */
public final class JsonObject {
  /** Characters of a value that a message shows. */
  private static final int SHOWN = 60;

  private final JsonNode node;
  private final String path;

  private JsonObject(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /** The members of a node that must be an object. */
  public static JsonObject of(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("is " + shown(node) + ", expected a json object");
    }
    return new JsonObject(node, "");
  }

  /** The names of all members, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** An object in this one. */
  public JsonObject object(String name) {
    return new JsonObject(
        require(name, node.path(name).isObject(), "an object"), path + name + ".");
  }

  /** A list of objects. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonNode item : require(name, node.path(name).isArray(), "a list of objects")) {
      require(name, item.isObject(), "a list of objects");
      objects.add(new JsonObject(item, path + name + "."));
    }
    return objects;
  }

  /** A text. */
  public String text(String name) {
    return require(name, node.path(name).isTextual(), "a text").textValue();
  }

  /** A text; null where the member is null or missing. */
  public String textOrNull(String name) {
    return isNull(name) ? null : text(name);
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : require(name, node.path(name).isArray(), "a list of texts")) {
      require(name, item.isTextual(), "a list of texts");
      texts.add(item.textValue());
    }
    return texts;
  }

  /** A list of texts, or of finite numbers; empty where the member is missing. */
  public List<?> labels(String name) {
    if (isNull(name)) {
      return List.of();
    }
    JsonNode list = require(name, node.path(name).isArray(), "a list of texts or numbers");
    List<Object> labels = new ArrayList<>();
    for (JsonNode item : list) {
      boolean same = item.isTextual() == list.get(0).isTextual();
      require(name, same && (item.isTextual() || item.isNumber()), "a list of texts or numbers");
      labels.add(item.isTextual() ? item.textValue() : (Object) item.doubleValue());
    }
    return labels;
  }

  /** A number, which is finite. */
  public double number(String name) {
    JsonNode value = node.path(name);
    boolean finite = value.isNumber() && Double.isFinite(value.asDouble());
    return require(name, finite, "a finite number").asDouble();
  }

  /** A finite number that is at least, or above, another. */
  public double number(String name, double least, boolean above) {
    double value = number(name);
    boolean fits = above ? value > least : value >= least;
    require(name, fits, "a number " + (above ? "above " : "of at least ") + least);
    return value;
  }

  /** A number between 0 and 1, neither included; empty where the member is null or missing. */
  public OptionalDouble fractionOrNull(String name) {
    if (isNull(name)) {
      return OptionalDouble.empty();
    }
    double value = number(name);
    require(name, value > 0 && value < 1, "a number above 0 and below 1");
    return OptionalDouble.of(value);
  }

  /** A whole number in a range, its ends included. */
  public long whole(String name, long least, long most) {
    JsonNode value = node.path(name);
    boolean fits =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= least
            && value.longValue() <= most;
    String range = least == Long.MIN_VALUE ? "" : " from " + least + " to " + most;
    return require(name, fits, "a whole number" + range).longValue();
  }

  /** Whether a member is null, or missing. */
  public boolean isNull(String name) {
    return node.path(name).isNull() || node.path(name).isMissingNode();
  }

  private JsonNode require(String name, boolean fits, String expected) {
    JsonNode value = node.path(name);
    if (!fits) {
      throw new IllegalArgumentException(
          value.isMissingNode()
              ? "lacks " + path + name + ", expected " + expected
              : "has " + path + name + " " + shown(value) + ", expected " + expected);
    }
    return value;
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
