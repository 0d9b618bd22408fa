package org.relupath.core.program.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;

/**
 * Random rows, gates and weights. Its name ends in the seed that makes it again.
 *
 * @param name what it is
 * @param x X
 * @param y targets
 * @param gates gate vectors, a row each
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record RowCase(String name, double[][] x, double[] y, double[][] gates) {

  /** Independent standard normal rows, targets and gates. */
  public static RowCase of(int n, int d, int gates, long seed) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, n, d);
    double[] y = Instance.gaussian(random, 1, n)[0];
    String name = n + " x " + d + ", " + gates + " gates, seed " + seed;
    return new RowCase(name, x, y, Instance.gaussian(random, gates, d));
  }

  /** X. */
  public Matrix matrix() {
    return Matrix.ofRows(x);
  }

  /** The rows in blocks of a size, with the bits of every gate. */
  public List<RowBlock> cut(int size) {
    return RowBlock.cut(matrix(), y.clone(), Matrix.ofRows(gates), size);
  }

  /** The definitions; every gate is a block, equal ones too. */
  public DenseProgram dense() {
    List<boolean[]> patterns = new ArrayList<>();
    for (double[] gate : gates) {
      boolean[] pattern = new boolean[x.length];
      for (int r = 0; r < x.length; r++) {
        pattern[r] = org.relupath.core.reference.Dense.dot(x[r], gate) >= 0;
      }
      patterns.add(pattern);
    }
    return new DenseProgram(x, y, Model.GATED, patterns);
  }

  /** Random weights on some gates. */
  public BlockWeights weights(int count, long seed) {
    Random random = new Random(seed);
    int d = x[0].length;
    int[] chosen =
        random.ints(0, gates.length).distinct().limit(Math.min(count, gates.length)).toArray();
    return RowWeights.of(
        chosen, d, Matrix.ofRows(Instance.gaussian(random, chosen.length, d)).values());
  }

  @Override
  public String toString() {
    return name;
  }
}
