package org.relupath.spark.optimal;

import java.util.List;

/**
 * An optimal set of low dimension, to be drawn (paper, figure 1): networks as the norms beta of
 * their neurons, and the neurons' directions.
 *
 * @param neurons what to call each of the k neurons; plain text
 * @param signs s, +1 or -1, k entries; not to be changed
 * @param rays a unit vector for each neuron, d entries each; not to be changed
 * @param vertices k norms for each vertex; not to be changed
 * @param members k norms for each of some members, drawn at random; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record PolytopePicture(
    List<String> neurons,
    int[] signs,
    List<double[]> rays,
    List<double[]> vertices,
    List<double[]> members) {

  /** Copies the lists and checks the lengths. */
  public PolytopePicture {
    neurons = List.copyOf(neurons);
    rays = List.copyOf(rays);
    vertices = List.copyOf(vertices);
    members = List.copyOf(members);
    int k = neurons.size();
    if (signs.length != k || rays.size() != k) {
      throw new IllegalArgumentException(
          k + " neurons, but " + signs.length + " signs and " + rays.size() + " rays");
    }
    for (double[] ray : rays) {
      if (ray.length != rays.get(0).length) {
        throw new IllegalArgumentException(
            "rays have "
                + rays.get(0).length
                + " and "
                + ray.length
                + " entries, expected as many");
      }
    }
    requireLength("a vertex", vertices, k);
    requireLength("a member", members, k);
  }

  private static void requireLength(String name, List<double[]> networks, int k) {
    for (double[] beta : networks) {
      if (beta.length != k) {
        throw new IllegalArgumentException(name + " has " + beta.length + " norms, expected " + k);
      }
    }
  }

  /**
   * The data of the picture: for every neuron with beta > 0 of every network its norm in the convex
   * program and its weights in the balanced network, W = sqrt(beta) ray and a = s sqrt(beta).
   *
   * @return csv with the header {@code kind,network,neuron,norm,a,W1,...,Wd}
   */
  public String csv() {
    StringBuilder csv = new StringBuilder("kind,network,neuron,norm,a");
    int d = rays.isEmpty() ? 0 : rays.get(0).length;
    for (int i = 1; i <= d; i++) {
      csv.append(",W").append(i);
    }
    csv.append('\n');
    append(csv, "vertex", vertices);
    append(csv, "member", members);
    return csv.toString();
  }

  private void append(StringBuilder csv, String kind, List<double[]> networks) {
    for (int m = 0; m < networks.size(); m++) {
      for (int j = 0; j < neurons.size(); j++) {
        double norm = networks.get(m)[j];
        if (norm > 0) {
          double root = Math.sqrt(norm);
          csv.append(kind).append(',').append(m).append(',').append(j).append(',').append(norm);
          csv.append(',').append(signs[j] * root);
          for (double entry : rays.get(j)) {
            csv.append(',').append(root * entry);
          }
          csv.append('\n');
        }
      }
    }
  }
}
