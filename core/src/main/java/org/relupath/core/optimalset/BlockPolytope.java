package org.relupath.core.optimalset;

import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;

/**
 * The optimal set over blocks, as the paper draws it: {alpha >= 0 : M alpha = yhat} with a column
 * for every block of E, even where blocks share a ray and are one neuron. Coordinates are ||w_b|| =
 * lambda alpha_b.
 *
 * @param blocks the blocks of E, by id
 * @param rays v_b / ||v_b|| of each
 * @param polytope of their norms
 */
public record BlockPolytope(List<Block> blocks, List<double[]> rays, Polytope polytope) {

  /** Copies the lists. */
  public BlockPolytope {
    blocks = List.copyOf(blocks);
    rays = List.copyOf(rays);
  }

  /** The optimal set of a solution, over blocks. */
  public static BlockPolytope of(Equicorrelation e) {
    Problem problem = e.problem();
    int n = problem.n();
    List<Member> members = e.members();
    List<Block> blocks = members.stream().map(m -> m.projected().block()).toList();
    List<double[]> rays = members.stream().map(m -> m.projected().direction()).toList();
    double[] columns = new double[n * members.size()];
    for (int b = 0; b < blocks.size(); b++) {
      BlockWeights unit = new BlockWeights(List.of(blocks.get(b)), problem.d(), rays.get(b));
      Vectors.axpy(1, unit.fit(problem.x(), problem.model()), 0, columns, b * n, n);
    }
    double[] anchor = members.stream().mapToDouble(Member::weight).toArray();
    double gap = Math.min(1, e.solution().certificate().relativeGap());
    List<double[]> sum = e.undecided() > 0 ? List.of(ones(blocks.size())) : List.of();
    return new BlockPolytope(blocks, rays, Polytope.of(n, columns, sum, anchor, gap));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }
}
