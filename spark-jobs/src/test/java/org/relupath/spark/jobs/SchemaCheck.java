package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Checks JSON against a schema that says no more than the words below. */
final class SchemaCheck {
  private static final Set<String> WORDS =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "const",
          "enum",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "minItems",
          "maxItems",
          "uniqueItems",
          "exclusiveMinimum",
          "oneOf");

  private final JsonNode root;

  private SchemaCheck(JsonNode root) {
    this.root = root;
  }

  static void check(Path schema, JsonNode value) throws IOException {
    JsonNode root = new ObjectMapper().readTree(schema.toFile());
    assertThat(new SchemaCheck(root).problem(root, value, "$")).isNull();
  }

  /** What does not fit; null where all does. */
  private String problem(JsonNode schema, JsonNode value, String at) {
    schema.fieldNames().forEachRemaining(word -> assertThat(WORDS).contains(word));
    if (schema.has("$ref")) {
      return problem(root.at(schema.get("$ref").textValue().substring(1)), value, at);
    }
    if (schema.has("oneOf")) {
      int fitting = 0;
      for (JsonNode one : schema.get("oneOf")) {
        fitting += problem(one, value, at) == null ? 1 : 0;
      }
      return fitting == 1 ? null : at + " fits " + fitting + " of " + schema.get("oneOf");
    }
    boolean constant = !schema.has("const") || schema.get("const").equals(value);
    boolean listed = !schema.has("enum");
    for (JsonNode one : schema.path("enum")) {
      listed |= one.equals(value);
    }
    boolean above =
        !schema.has("exclusiveMinimum")
            || value.doubleValue() > schema.get("exclusiveMinimum").doubleValue();
    if (!constant || !listed || !above || !typed(schema, value)) {
      return at + " is " + value + ", expected " + schema;
    }
    return value.isArray() ? items(schema, value, at) : fields(schema, value, at);
  }

  private static boolean typed(JsonNode schema, JsonNode value) {
    return switch (schema.path("type").asText("any")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "any" -> true;
      default -> throw new AssertionError(schema.get("type"));
    };
  }

  private String items(JsonNode schema, JsonNode value, String at) {
    Set<String> distinct = new TreeSet<>();
    value.forEach(item -> distinct.add(item.toString()));
    if (value.size() < schema.path("minItems").asInt(0)
        || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)
        || (schema.path("uniqueItems").asBoolean() && distinct.size() < value.size())) {
      return at + " has " + value.size() + " items";
    }
    for (int i = 0; i < value.size() && schema.has("items"); i++) {
      String problem = problem(schema.get("items"), value.get(i), at + "[" + i + "]");
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private String fields(JsonNode schema, JsonNode value, String at) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.textValue())) {
        return at + " lacks " + name;
      }
    }
    for (String name : (Iterable<String>) value::fieldNames) {
      JsonNode own = schema.path("properties").path(name);
      if (own.isMissingNode()) {
        if (!schema.path("additionalProperties").asBoolean(true)) {
          return at + " has " + name;
        }
        continue;
      }
      String problem = problem(own, value.get(name), at + "." + name);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }
}
