package org.relupath.core.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.CategoryEncoding;
import org.relupath.core.data.ColumnEncoding;
import org.relupath.core.data.DatePart;
import org.relupath.core.data.Label;
import org.relupath.core.data.NumberEncoding;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.RawColumn.Kind;

/** The {@code preparation} of a {@link NetworkFile}: for each input how it is encoded. */
final class PreparationNodes {
  private PreparationNodes() {}

  static void write(Preparation preparation, ArrayNode into) {
    for (ColumnEncoding column : preparation.columns()) {
      ObjectNode node = into.addObject();
      node.put("column", column.raw().name());
      node.put("kind", Label.of(column.raw().kind()));
      if (column instanceof CategoryEncoding category) {
        category.levels().forEach(node.putArray("levels")::add);
        node.put("other", category.other());
        if (category.fills()) {
          node.put("missing", 0);
        }
        node.put("indicator", category.indicator());
      } else if (column instanceof NumberEncoding number) {
        number.parts().forEach(part -> node.withArray("parts").add(Label.of(part)));
        if (number.missing().length > 0 && number.parts().isEmpty()) {
          node.put("missing", NetworkNodes.written(number.missing()[0]));
        } else if (number.missing().length > 0) {
          NetworkNodes.write(node.putArray("missing"), number.missing());
        }
        node.put("indicator", number.indicator());
      }
    }
  }

  /**
   * Reads it.
   *
   * @param inputs the names that its columns have, in order
   */
  static List<ColumnEncoding> read(JsonNode columns, List<String> inputs) {
    if (columns.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "network: preparation has "
              + columns.size()
              + " columns, expected the "
              + inputs.size()
              + " inputs");
    }
    List<ColumnEncoding> encodings = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      JsonNode node = columns.get(k);
      if (!inputs.get(k).equals(node.path("column").textValue())) {
        throw new IllegalArgumentException(
            "network: preparation column is "
                + NetworkNodes.shown(node.path("column"))
                + ", expected the input '"
                + inputs.get(k)
                + "'");
      }
      encodings.add(read(inputs.get(k), node));
    }
    return encodings;
  }

  private static ColumnEncoding read(String name, JsonNode node) {
    Kind kind = constant(Kind.class, node.path("kind"), "kind");
    boolean fills = node.has("missing");
    boolean indicator = flag(node, "indicator");
    if (indicator && !fills) {
      throw new IllegalArgumentException(
          "network: preparation indicator of '" + name + "' is true, expected missing as well");
    }
    if (kind == Kind.CATEGORY) {
      List<String> levels = NetworkNodes.texts(node, "levels");
      boolean other = flag(node, "other");
      if (levels.isEmpty() && !other) {
        throw new IllegalArgumentException(
            "network: levels of '" + name + "' is empty, expected names");
      }
      if (fills && NetworkNodes.number(node, "missing") != 0) {
        throw new IllegalArgumentException(
            "network: missing of '" + name + "' is not 0, which it is of a category");
      }
      return CategoryEncoding.of(name, levels, other, fills, indicator);
    }
    RawColumn raw = new RawColumn(name, kind, List.of());
    if (kind != Kind.DATE) {
      double[] missing =
          fills ? new double[] {NetworkNodes.number(node, "missing")} : new double[0];
      return new NumberEncoding(raw, List.of(), missing, indicator);
    }
    List<DatePart> parts = new ArrayList<>();
    for (JsonNode part : NetworkNodes.array(node, "parts")) {
      parts.add(constant(DatePart.class, part, "parts"));
    }
    double[] missing = fills ? NetworkNodes.numbers(node, "missing") : new double[0];
    if (parts.isEmpty() || (fills && missing.length != parts.size())) {
      throw new IllegalArgumentException(
          "network: missing of '"
              + name
              + "' has "
              + missing.length
              + " entries, expected one for each of its parts "
              + NetworkNodes.shown(node.path("parts")));
    }
    return new NumberEncoding(raw, parts, missing, indicator);
  }

  private static boolean flag(JsonNode node, String name) {
    if (!node.path(name).isBoolean()) {
      throw new IllegalArgumentException(
          "network: preparation "
              + name
              + " is "
              + NetworkNodes.shown(node.path(name))
              + ", expected true or false");
    }
    return node.path(name).booleanValue();
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String name) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (Label.of(constant).equals(node.textValue())) {
        return constant;
      }
      names.add(Label.of(constant));
    }
    throw new IllegalArgumentException(
        "network: preparation "
            + name
            + " holds "
            + NetworkNodes.shown(node)
            + ", expected one of "
            + String.join(", ", names));
  }
}
