package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.optimalset.BlockPolytope;
import org.relupath.core.optimalset.OptimalNeuron;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.Vertex;
import org.relupath.core.optimalset.polytope.Vertices;
import org.relupath.core.program.Block;

/**
 * An optimal set of one to three dimensions, to be drawn (paper, figure 1): networks as the norms
 * beta of their neurons, and the neurons' directions.
 *
 * @param dimension 1, 2 or 3
 * @param neurons what to call each of the k neurons; plain text
 * @param signs s, +1 or -1, k entries; not to be changed
 * @param rays a unit vector for each neuron, d entries each; not to be changed
 * @param vertices k norms for each vertex; not to be changed
 * @param members k norms for each of some members, drawn at random; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record PolytopePicture(
    int dimension,
    List<String> neurons,
    int[] signs,
    List<double[]> rays,
    List<double[]> vertices,
    List<double[]> members)
    implements java.io.Serializable {
  private static final int LARGEST_DIMENSION = 3;
  private static final int MOST_VERTICES = 100;
  private static final int MEMBERS = 300;

  /**
   * The set of a solution over blocks, or where these have too many dimensions, over neurons; null
   * where there is nothing to draw.
   */
  static PolytopePicture of(OptimalSet set, long seed) {
    if (drawn(set.blockDimension())) {
      BlockPolytope all = BlockPolytope.of(set);
      List<String> names = all.blocks().stream().map(block -> "block " + block.id()).toList();
      int[] signs = all.blocks().stream().mapToInt(Block::sign).toArray();
      return all.polytope().dimension() == set.blockDimension()
          ? of(all.polytope(), names, signs, all.rays(), seed)
          : null;
    }
    if (!drawn(set.dimension())) {
      return null;
    }
    List<OptimalNeuron> neurons = set.neurons().neurons();
    return of(
        set.polytope(),
        IntStream.range(0, neurons.size()).mapToObj(j -> "neuron " + j).toList(),
        neurons.stream().mapToInt(OptimalNeuron::sign).toArray(),
        neurons.stream().map(OptimalNeuron::ray).toList(),
        seed);
  }

  private static boolean drawn(int dimension) {
    return dimension > 0 && dimension <= LARGEST_DIMENSION;
  }

  private static PolytopePicture of(
      Polytope polytope, List<String> names, int[] signs, List<double[]> rays, long seed) {
    Vertices vertices = polytope.vertices(MOST_VERTICES);
    int[] support = polytope.support();
    return vertices.complete()
        ? new PolytopePicture(
            polytope.dimension(),
            Arrays.stream(support).mapToObj(names::get).toList(),
            Arrays.stream(support).map(b -> signs[b]).toArray(),
            Arrays.stream(support).mapToObj(rays::get).toList(),
            select(vertices.list().stream().map(Vertex::beta).toList(), support),
            select(polytope.sample(MEMBERS, seed), support))
        : null;
  }

  private static List<double[]> select(List<double[]> networks, int[] support) {
    List<double[]> selected = new ArrayList<>();
    for (double[] beta : networks) {
      selected.add(Arrays.stream(support).mapToDouble(b -> beta[b]).toArray());
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
