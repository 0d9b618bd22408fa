package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.optimalset.BlockPolytope;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.polytope.Vertices;

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
    List<double[]> members)
    implements java.io.Serializable {
  private static final int LARGEST_DIMENSION = 2;
  private static final int MOST_VERTICES = 100;
  private static final int MEMBERS = 300;

  /** The set of a solution; null where there is nothing to draw. */
  static PolytopePicture of(OptimalSet set, long seed) {
    int dimension = set.blockDimension();
    if (dimension == 0 || dimension > LARGEST_DIMENSION) {
      return null;
    }
    BlockPolytope all = BlockPolytope.of(set);
    if (all.polytope().dimension() != dimension) {
      return null;
    }
    Vertices vertices = all.polytope().vertices(MOST_VERTICES);
    int[] support = all.polytope().support();
    List<String> names = new ArrayList<>();
    List<double[]> rays = new ArrayList<>();
    int[] signs = new int[support.length];
    for (int i = 0; i < support.length; i++) {
      names.add("block " + all.blocks().get(support[i]).id());
      rays.add(all.rays().get(support[i]));
      signs[i] = all.blocks().get(support[i]).sign();
    }
    return vertices.complete()
        ? new PolytopePicture(
            names,
            signs,
            rays,
            select(vertices.list().stream().map(vertex -> vertex.beta()).toList(), support),
            select(all.polytope().sample(MEMBERS, seed), support))
        : null;
  }

  private static List<double[]> select(List<double[]> networks, int[] support) {
    List<double[]> selected = new ArrayList<>();
    for (double[] beta : networks) {
      selected.add(java.util.Arrays.stream(support).mapToDouble(b -> beta[b]).toArray());
    }
    return selected;
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
