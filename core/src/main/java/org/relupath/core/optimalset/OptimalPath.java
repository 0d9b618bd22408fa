package org.relupath.core.optimalset;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;

/**
 * A continuous path of optimal networks from one optimal network to another.
 *
 * <p>Both ends have w_b = alpha_b v_b with the same v_b, so the segment w(s) = (1 - s) w(0) + s
 * w(1) keeps alpha >= 0 and M alpha = yhat: every point of it is optimal, and ||w_b(s)|| is linear
 * in s. The non-convex network W_b = w_b / sqrt(||w_b||), a_b = s_b sqrt(||w_b||) is continuous in
 * w_b, at zero too, so its image is a continuous path of globally optimal networks of one width,
 * that of the union of both supports.
 */
public final class OptimalPath {
  /** Weights of a block are on one ray where 1 - cos of their angle is at most this. */
  private static final double ONE_RAY = 1e-6;

  private final List<Block> blocks;
  private final int d;
  private final double[] from;
  private final double[] to;

  /**
   * The path that joins two members of one optimal set.
   *
   * @param from optimal weights
   * @param to optimal weights of the same program and lambda
   * @throws IllegalArgumentException if a block that is active in both has two directions, which
   *     optima of one program never have
   */
  public OptimalPath(BlockWeights from, BlockWeights to) {
    if (from.d() != to.d()) {
      throw new IllegalArgumentException(
          "the ends have blocks of " + from.d() + " and " + to.d() + " weights");
    }
    this.d = from.d();
    BlockWeights first = from.combine(1, to, 0);
    BlockWeights last = from.combine(0, to, 1);
    this.blocks = first.blocks();
    this.from = first.values();
    this.to = last.values();
    for (int i = 0; i < blocks.size(); i++) {
      requireOneRay(i);
    }
  }

  private void requireOneRay(int i) {
    double product = Vectors.dot(from, i * d, to, i * d, d);
    double sizes = Vectors.norm(from, i * d, d) * Vectors.norm(to, i * d, d);
    if (sizes - product > ONE_RAY * sizes) {
      throw new IllegalArgumentException(
          "block " + blocks.get(i).id() + " has different directions at the two ends");
    }
  }

  /** The number of blocks that are active at either end: the width of every network on the path. */
  public int width() {
    return blocks.size();
  }

  /**
   * The weights at s; blocks may be zero.
   *
   * @param s from 0 to 1
   */
  public BlockWeights at(double s) {
    if (!(s >= 0 && s <= 1)) {
      throw new IllegalArgumentException("s is " + s + ", expected in [0, 1]");
    }
    double[] w = new double[from.length];
    Vectors.axpy(1 - s, from, 0, w, 0, w.length);
    Vectors.axpy(s, to, 0, w, 0, w.length);
    return new BlockWeights(blocks, d, w);
  }

  /**
   * The network at s with {@link #width} neurons in the same order all along, some of them zero.
   *
   * @param s from 0 to 1
   * @param model of the program
   * @param gates for each pattern a gate, where gated, see {@link Neurons#of}
   */
  public Neurons neurons(double s, Model model, Matrix gates) {
    BlockWeights weights = at(s);
    Matrix hidden = Matrix.zeros(width(), d);
    double[] output = new double[width()];
    List<Integer> patterns = new ArrayList<>();
    for (int i = 0; i < width(); i++) {
      double root = Math.sqrt(weights.norm(i));
      output[i] = blocks.get(i).sign() * root;
      Vectors.axpy(root > 0 ? 1 / root : 0, weights.values(), i * d, hidden.values(), i * d, d);
      patterns.add(blocks.get(i).pattern());
    }
    Matrix own =
        model == Model.GATED
            ? gates.selectRows(patterns.stream().mapToInt(Integer::intValue).toArray())
            : Matrix.zeros(0, 0);
    return new Neurons(model, hidden, output, own);
  }
}
