package org.relupath.core.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.relupath.core.data.Design;
import org.relupath.core.linalg.Vectors;

/**
 * The non-zero blocks of a solution: w_b for some blocks b, zero for all others.
 *
 * @param blocks the k blocks, distinct
 * @param d the length of a block
 * @param values k x d, row i is w of block i; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a solution, never compared as a whole
public record BlockWeights(List<Block> blocks, int d, double[] values)
    implements java.io.Serializable {
  /** Rows whose scores are held at once. */
  private static final int ROWS = 1024;

  /** Checks the shape. */
  public BlockWeights {
    blocks = List.copyOf(blocks);
    if (values.length != blocks.size() * d) {
      throw new IllegalArgumentException(
          blocks.size()
              + " blocks of "
              + d
              + " weights need "
              + blocks.size() * d
              + " values, got "
              + values.length);
    }
  }

  /** The zero solution. */
  public static BlockWeights zero(int d) {
    return new BlockWeights(List.of(), d, new double[0]);
  }

  /** k, the number of blocks held. */
  public int size() {
    return blocks.size();
  }

  /** ||w_b|| of the i-th block. */
  public double norm(int i) {
    return Vectors.norm(values, i * d, d);
  }

  /** A copy of w_b of the i-th block. */
  public double[] weights(int i) {
    double[] w = new double[d];
    System.arraycopy(values, i * d, w, 0, d);
    return w;
  }

  /** sum_b ||w_b||. */
  public double normSum() {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += norm(i);
    }
    return sum;
  }

  /** The blocks that are not exactly zero, in the order of their ids. */
  public BlockWeights compact() {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (norm(i) > 0) {
        kept.add(i);
      }
    }
    kept.sort((a, b) -> Integer.compare(blocks.get(a).id(), blocks.get(b).id()));
    return select(kept);
  }

  private BlockWeights select(List<Integer> kept) {
    List<Block> chosen = new ArrayList<>();
    double[] w = new double[kept.size() * d];
    for (int i = 0; i < kept.size(); i++) {
      chosen.add(blocks.get(kept.get(i)));
      System.arraycopy(values, kept.get(i) * d, w, i * d, d);
    }
    return new BlockWeights(chosen, d, w);
  }

  /** These weights on renumbered blocks. */
  public BlockWeights relabel(UnaryOperator<Block> numbering) {
    return new BlockWeights(blocks.stream().map(numbering).toList(), d, values);
  }

  /** a times this plus b times the other, over the union of their blocks. */
  public BlockWeights combine(double a, BlockWeights other, double b) {
    Map<Integer, Integer> place = new HashMap<>();
    List<Block> union = new ArrayList<>(blocks);
    for (int i = 0; i < size(); i++) {
      place.put(blocks.get(i).id(), i);
    }
    for (Block block : other.blocks) {
      if (place.putIfAbsent(block.id(), union.size()) == null) {
        union.add(block);
      }
    }
    double[] w = new double[union.size() * d];
    Vectors.axpy(a, values, 0, w, 0, values.length);
    for (int i = 0; i < other.size(); i++) {
      Vectors.axpy(b, other.values, i * d, w, place.get(other.blocks.get(i).id()) * d, d);
    }
    return new BlockWeights(union, d, w);
  }

  /**
   * What the network computes on the rows the patterns belong to: sum_b s_b (X w_b)_+ for C-ReLU,
   * sum_b D_b X w_b for C-GReLU (n entries). For weights inside their cones the first is sum_b Z_b
   * w_b.
   */
  public double[] fit(Design x, Model model) {
    double[] fit = new double[x.rows()];
    double[] scores = new double[Math.min(ROWS, x.rows()) * size()];
    for (int from = 0; from < x.rows(); from += ROWS) {
      int rows = Math.min(ROWS, x.rows() - from);
      x.multiply(from, rows, values, size(), scores);
      for (int i = 0; i < size(); i++) {
        addScores(blocks.get(i), model, scores, i * rows, fit, from, rows);
      }
    }
    return fit;
  }

  private static void addScores(
      Block block, Model model, double[] scores, int at, double[] fit, int from, int rows) {
    for (int r = 0; r < rows; r++) {
      double score = scores[at + r];
      if (model == Model.RELU) {
        fit[from + r] += block.sign() * Math.max(score, 0);
      } else if (block.active(from + r)) {
        fit[from + r] += score;
      }
    }
  }
}
