package org.relupath.core.optimalset.polytope;

import java.util.List;

/**
 * Vertices of a polytope, ordered by their supports.
 *
 * @param list the vertices found, none twice
 * @param complete whether these are all there are: the enumeration ran to its end and no decision
 *     between zero and positive in it was a close one
 */
public record Vertices(List<Vertex> list, boolean complete) {
  /** Copies the list. */
  public Vertices {
    list = List.copyOf(list);
  }
}
