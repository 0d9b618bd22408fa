package org.relupath.core.program.rows;

import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;

/** Row blocks in the memory of this machine, one after the other. */
public final class LocalRows implements RowPasses {
  private final List<RowBlock> blocks;
  private final double center;

  /**
   * Rows in memory.
   *
   * @param blocks all rows in order, at least one, with the same gates
   * @param center what was subtracted from the targets, see {@link RowPass}
   */
  public LocalRows(List<RowBlock> blocks, double center) {
    this.blocks = List.copyOf(blocks);
    this.center = center;
  }

  @Override
  public long rows() {
    return blocks.stream().mapToLong(RowBlock::rows).sum();
  }

  @Override
  public int columns() {
    return blocks.get(0).x().columns();
  }

  @Override
  public int gates() {
    return blocks.get(0).gates().gates();
  }

  @Override
  public RowSums sums(List<BlockWeights> weights) {
    RowPass pass = new RowPass(weights, columns(), center);
    TreeSum<RowSums> sums = new TreeSum<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      sums.add(i, pass.of(blocks.get(i)), RowSums::add);
    }
    return sums.total();
  }

  @Override
  public double[] gram() {
    return TreeSum.of(blocks.stream().map(block -> gram(block.x())).toList(), LocalRows::plus);
  }

  /** X'X of some rows, d x d. */
  public static double[] gram(Matrix x) {
    int d = x.columns();
    double[] gram = new double[d * d];
    Blas.gemm(false, true, d, d, x.rows(), 1, x.values(), d, x.values(), d, 0, gram, d);
    return gram;
  }

  /** a + b, in a. */
  public static double[] plus(double[] a, double[] b) {
    Vectors.axpy(1, b, 0, a, 0, a.length);
    return a;
  }

  @Override
  public RowBlock draw(RowSample sample) {
    return RowSample.join(blocks.stream().map(sample::of).toList());
  }

  @Override
  public <S> S ask(RowQuestion<S> question) {
    RowQuestion.Worker<S> worker = question.worker();
    TreeSum<S> sums = new TreeSum<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      sums.add(i, worker.of(blocks.get(i)), question::plus);
    }
    return sums.total();
  }
}
