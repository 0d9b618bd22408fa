package org.relupath.core.program.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
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

  /**
   * Lists of neighbours whose answers together are no more than a pass is to bring back, or one.
   *
   * @param most numbers that it is to
   * @param numbers how many numbers the answer to one has
   */
  static <T> List<List<T>> parts(List<T> all, long most, ToLongFunction<T> numbers) {
    List<List<T>> parts = new ArrayList<>();
    long sum = 0;
    for (T own : all) {
      sum += numbers.applyAsLong(own);
      if (parts.isEmpty() || sum > most) {
        parts.add(new ArrayList<>());
        sum = numbers.applyAsLong(own);
      }
      parts.get(parts.size() - 1).add(own);
    }
    return parts;
  }
}
