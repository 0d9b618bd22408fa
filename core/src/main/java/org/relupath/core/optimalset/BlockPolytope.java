package org.relupath.core.optimalset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.program.Block;

/**
 * The optimal set over blocks, as the paper draws it: {alpha >= 0 : M alpha = yhat} with a column
 * for every block of E, even where blocks share a ray and are one neuron. Coordinates are ||w_b|| =
 * lambda alpha_b.
 *
 * @param blocks the blocks of E, those of one neuron together
 * @param rays v_b / ||v_b|| of each
 * @param polytope of their norms
 */
public record BlockPolytope(List<Block> blocks, List<double[]> rays, Polytope polytope) {

  /** Copies the lists. */
  public BlockPolytope {
    blocks = List.copyOf(blocks);
    rays = List.copyOf(rays);
  }

  /** An optimal set, over blocks. */
  public static BlockPolytope of(OptimalSet set) {
    int n = set.neurons().problem().n();
    List<Block> blocks = new ArrayList<>();
    List<double[]> rays = new ArrayList<>();
    List<double[]> fits = new ArrayList<>();
    List<Double> anchor = new ArrayList<>();
    for (OptimalNeuron neuron : set.neurons().neurons()) {
      for (Block block : neuron.blocks()) {
        blocks.add(block);
        rays.add(neuron.ray());
        fits.add(neuron.fit());
        // Any split of a neuron's weight among its blocks is optimal; equal shares are inside.
        anchor.add(neuron.anchor() / neuron.blocks().size());
      }
    }
    double[] columns = new double[n * blocks.size()];
    for (int b = 0; b < fits.size(); b++) {
      System.arraycopy(fits.get(b), 0, columns, b * n, n);
    }
    double[] beta = anchor.stream().mapToDouble(Double::doubleValue).toArray();
    double[] ones = new double[beta.length];
    Arrays.fill(ones, 1);
    return new BlockPolytope(blocks, rays, set.polytope(columns, ones, beta));
  }
}
