package org.relupath.spark.engine;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.relupath.core.program.rows.TreeSum;

/** Sums over numbered blocks on executors, in the order of {@link TreeSum}. */
public final class BlockSum {
  private BlockSum() {}

  /**
   * What a block adds.
   *
   * @param <B> a block
   * @param <T> what is added
   */
  @FunctionalInterface
  public interface Part<B, T> extends Serializable {
    /** The part of one block. */
    T of(B block);
  }

  /**
   * The first row of a block.
   *
   * @param <B> a block
   */
  @FunctionalInterface
  public interface First<B> extends Serializable {
    /** Its number among all rows. */
    long of(B block);
  }

  /**
   * Adds two parts; may change and return the first.
   *
   * @param <T> what is added
   */
  @FunctionalInterface
  public interface Plus<T> extends BinaryOperator<T>, Serializable {}

  /**
   * Sums over all blocks.
   *
   * @param blocks each block once; block i begins with row i blockRows
   * @param first the first row of a block
   * @param count how many blocks there are
   * @param blockRows rows of a block
   * @param part what a block adds
   * @param plus adds two parts
   */
  public static <B, T> T over(
      JavaRDD<B> blocks, First<B> first, long count, int blockRows, Part<B, T> part, Plus<T> plus) {
    return blocks
        .mapPartitions(own -> of(own, first, count, blockRows, part, plus))
        .treeReduce((a, b) -> a.add(b, plus))
        .total();
  }

  /** The sum over the blocks of one partition, as far as neighbours are there. */
  static <B, T> Iterator<TreeSum<T>> of(
      Iterator<B> own,
      First<B> first,
      long count,
      int blockRows,
      Part<B, T> part,
      BinaryOperator<T> plus) {
    TreeSum<T> sum = new TreeSum<>(count);
    while (own.hasNext()) {
      B block = own.next();
      sum.add(first.of(block) / blockRows, part.of(block), plus);
    }
    return List.of(sum).iterator();
  }
}
