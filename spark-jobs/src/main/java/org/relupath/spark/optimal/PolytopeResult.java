package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.optimalset.BlockPolytope;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.polytope.Vertices;

/**
 * An optimal set over blocks that is small enough to draw, as in the paper's figure 1.
 *
 * @param blocks ids of the blocks that some optimal network has
 * @param signs of their output weights
 * @param rays their directions, of length one
 * @param vertices ||w_b|| of these blocks, all vertices
 * @param members of networks drawn from all optimal ones
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared
record PolytopeResult(
    List<Integer> blocks,
    int[] signs,
    List<double[]> rays,
    List<double[]> vertices,
    List<double[]> members)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LARGEST_DIMENSION = 2;
  private static final int MOST_VERTICES = 100;
  private static final int MEMBERS = 300;

  /** The set of a solution; null where there is nothing to draw. */
  static PolytopeResult of(OptimalSet set, long seed) {
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
    List<Integer> ids = new ArrayList<>();
    List<double[]> rays = new ArrayList<>();
    int[] signs = new int[support.length];
    for (int i = 0; i < support.length; i++) {
      ids.add(all.blocks().get(support[i]).id());
      rays.add(all.rays().get(support[i]));
      signs[i] = all.blocks().get(support[i]).sign();
    }
    return vertices.complete()
        ? new PolytopeResult(
            ids,
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

  /** As the report draws it. */
  PolytopePicture picture() {
    return new PolytopePicture(
        blocks.stream().map(id -> "block " + id).toList(), signs, rays, vertices, members);
  }
}
