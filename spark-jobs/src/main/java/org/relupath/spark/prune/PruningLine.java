package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The networks of one way to prune.
 *
 * @param method how the next neuron is chosen; plain text
 * @param correction what becomes of the others; plain text
 * @param points networks of falling width, at least one
 */
public record PruningLine(String method, String correction, List<PruningRow> points) {

  /** The ways to prune that rows are of, in order. */
  static List<PruningLine> of(List<PruningRow> rows) {
    Map<List<String>, List<PruningRow>> lines = new LinkedHashMap<>();
    for (PruningRow row : rows) {
      lines
          .computeIfAbsent(List.of(row.method(), row.correction()), key -> new ArrayList<>())
          .add(row);
    }
    return lines.entrySet().stream()
        .map(line -> new PruningLine(line.getKey().get(0), line.getKey().get(1), line.getValue()))
        .toList();
  }
}
