package org.relupath.core.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.relupath.core.linalg.Vectors;

/**
 * Blocks that are one neuron. Two C-ReLU blocks of one sign whose weights lie on one ray w have the
 * same fit s (X w)_+, whatever their patterns: neighbouring cones share rays. Blocks of C-GReLU are
 * never the same, as each fits through a pattern of its own.
 *
 * <p>On real data the directions of one ray differ by rounding (1e-15) and those of different rays
 * by 3e-2 or more, so a fixed tolerance separates them.
 */
public final class RayMerging {
  /** Unit vectors at most this far apart are one ray. */
  public static final double TOLERANCE = 1e-7;

  private RayMerging() {}

  /**
   * Groups blocks by ray.
   *
   * @param model where it is gated every block is a group of its own
   * @param blocks k blocks
   * @param directions for each of them a unit vector of its ray
   * @return for each of them its group's number; groups are numbered in the order of their first
   *     block
   */
  public static int[] groups(Model model, List<Block> blocks, List<double[]> directions) {
    int[] group = new int[blocks.size()];
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < group.length; i++) {
      int found = first.size();
      for (int g = 0; g < first.size() && model == Model.RELU && found == first.size(); g++) {
        int j = first.get(g);
        boolean same =
            blocks.get(i).sign() == blocks.get(j).sign()
                && distance(directions.get(i), directions.get(j)) <= TOLERANCE;
        found = same ? g : found;
      }
      if (found == first.size()) {
        first.add(i);
      }
      group[i] = found;
    }
    return group;
  }

  /**
   * Blocks of nearly one ray put together, each into the largest of them. The sum may lie outside
   * that one's cone by as much as the rays differ.
   *
   * @param weights blocks of C-ReLU
   * @param tolerance unit vectors at most this far apart are put together
   * @return at most as many blocks, the largest first
   */
  public static BlockWeights merge(BlockWeights weights, double tolerance) {
    int d = weights.d();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      if (weights.norm(i) > 0) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingDouble(i -> -weights.norm(i)));
    List<Block> blocks = new ArrayList<>();
    List<double[]> units = new ArrayList<>();
    double[] sums = new double[order.size() * d];
    for (int i : order) {
      Block block = weights.blocks().get(i);
      double[] unit = weights.weights(i);
      Vectors.scale(1 / weights.norm(i), unit, 0, d);
      int at = 0;
      while (at < blocks.size()
          && (blocks.get(at).sign() != block.sign() || distance(units.get(at), unit) > tolerance)) {
        at++;
      }
      if (at == blocks.size()) {
        blocks.add(block);
        units.add(unit);
      }
      Vectors.axpy(1, weights.values(), i * d, sums, at * d, d);
    }
    return new BlockWeights(blocks, d, Arrays.copyOf(sums, blocks.size() * d));
  }

  private static double distance(double[] a, double[] b) {
    double[] difference = a.clone();
    Vectors.axpy(-1, b, 0, difference, 0, b.length);
    return Vectors.norm(difference);
  }
}
