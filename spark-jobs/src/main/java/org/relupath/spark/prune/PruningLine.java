package org.relupath.spark.prune;

import java.util.List;
import java.util.Objects;

/**
 * The networks of one way to prune.
 *
 * @param method how the next neuron is chosen; plain text
 * @param correction what becomes of the others; plain text
 * @param points networks of falling width, at least one
 */
public record PruningLine(String method, String correction, List<PruningRow> points) {

  /** Copies the list and checks the order. */
  public PruningLine {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(correction, "correction");
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException(
          "pruning by " + method + " has no points, expected at least one");
    }
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).neurons() >= points.get(i - 1).neurons()) {
        throw new IllegalArgumentException(
            "pruning by "
                + method
                + " goes from "
                + points.get(i - 1).neurons()
                + " to "
                + points.get(i).neurons()
                + " neurons, expected fewer");
      }
    }
  }
}
