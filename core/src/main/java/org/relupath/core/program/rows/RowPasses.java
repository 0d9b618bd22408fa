package org.relupath.core.program.rows;

import java.util.List;
import org.relupath.core.program.BlockWeights;

/**
 * Rows wherever they are: what a solver may ask of them. Each question is one pass over the rows;
 * what comes back does not grow with their number n.
 */
public interface RowPasses {
  /** Numbers that a question may have a pass bring back: 128 MB of doubles. */
  long MOST_NUMBERS = 1L << 24;

  /** n, the number of rows. */
  long rows();

  /** d, the number of columns of X. */
  int columns();

  /**
   * The number of gates whose bits are kept with the rows: distinct patterns, none of them zero; 0
   * where every question brings its own gates.
   */
  int gates();

  /** The sums over all rows at each of some weights, largest lambda first. */
  RowSums sums(List<BlockWeights> weights);

  /** X'X, d x d. */
  double[] gram();

  /** The rows that a sample draws, in their order, as one block. */
  RowBlock draw(RowSample sample);

  /**
   * The answer of all rows, block answers added up the tree of {@link TreeSum}.
   *
   * @param <S> the answer
   */
  <S> S ask(RowQuestion<S> question);
}
