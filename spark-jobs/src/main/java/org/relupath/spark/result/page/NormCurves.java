package org.relupath.spark.result.page;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;

/**
 * The block norms of a path, one curve a block, those of largest norm first.
 *
 * @param curves the curves kept
 * @param blocks how many blocks are non-zero anywhere
 */
record NormCurves(List<Curve> curves, int blocks) {

  /**
   * Norms of one block.
   *
   * @param norms at every lambda; not a number away from where the block is active
   */
  @SuppressWarnings("ArrayRecordComponent") // drawn, never compared
  record Curve(int blockId, int sign, double largest, double[] norms) {
    static Curve of(Block block, double[] norms) {
      double largest = Arrays.stream(norms).max().orElse(0);
      return new Curve(block.id(), block.sign(), largest, active(norms));
    }
  }

  /** The curves of the {@code most} blocks of largest norm; of equal ones, the smaller ids. */
  static NormCurves of(List<PathPoint> points, int most) {
    Map<Integer, Block> blocks = new TreeMap<>();
    Map<Integer, double[]> norms = new TreeMap<>();
    for (PathPoint point : points) {
      BlockWeights weights = point.solution().weights();
      for (int i = 0; i < weights.size(); i++) {
        Block block = weights.blocks().get(i);
        if (weights.norm(i) > 0) {
          blocks.put(block.id(), block);
          norms.computeIfAbsent(block.id(), id -> new double[points.size()])[point.index()] =
              weights.norm(i);
        }
      }
    }
    List<Curve> curves =
        blocks.values().stream()
            .map(block -> Curve.of(block, norms.get(block.id())))
            .sorted(Comparator.comparingDouble(curve -> -curve.largest()))
            .limit(most)
            .toList();
    return new NormCurves(curves, blocks.size());
  }

  /** Drops the zeros that have no other neighbours than zeros: curves start where blocks enter. */
  private static double[] active(double[] norms) {
    double[] active = new double[norms.length];
    Arrays.fill(active, Double.NaN);
    for (int i = 0; i < norms.length; i++) {
      boolean before = i > 0 && norms[i - 1] > 0;
      boolean after = i + 1 < norms.length && norms[i + 1] > 0;
      if (norms[i] > 0 || before || after) {
        active[i] = norms[i];
      }
    }
    return active;
  }
}
