package org.relupath.spark.engine;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.relupath.core.program.rows.TreeSum;
import scala.Tuple2;

/** Sums over numbered blocks on executors, in the order of {@link TreeSum}. */
public final class BlockSum {
  /** What comes to the driver at most, in sums. */
  static final int GATHERED = 16;

  private BlockSum() {}

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
      JavaRDD<B> blocks,
      First<B> first,
      long count,
      int blockRows,
      Function<B, T> part,
      Plus<T> plus) {
    return total(
        blocks.mapPartitions(own -> of(own, first, count, blockRows, part, plus)), count, plus);
  }

  /**
   * The sum of the sums of all partitions.
   *
   * @param sums one a partition
   * @param count how many blocks there are
   * @param plus adds two parts
   */
  static <T> T total(JavaRDD<TreeSum<T>> sums, long count, Plus<T> plus) {
    TreeSum<T> all = new TreeSum<>(count);
    gathered(sums, count, plus).forEach(sum -> all.add(sum, plus));
    return all.total();
  }

  /**
   * Sums of neighbouring blocks, at most {@value #GATHERED}, however many blocks and partitions:
   * what goes into the same of them meets on an executor, whichever partition it is of. (A
   * reduction of partitions by their numbers would bring together what is far apart in the tree and
   * cannot be added yet.)
   */
  static <T> List<TreeSum<T>> gathered(JavaRDD<TreeSum<T>> sums, long count, Plus<T> plus) {
    if (sums.getNumPartitions() == 1) {
      return sums.collect();
    }
    int level = TreeSum.level(count, GATHERED);
    return sums.flatMapToPair(
            sum ->
                sum.under(level).entrySet().stream()
                    .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                    .iterator())
        .reduceByKey((a, b) -> a.add(b, plus), Math.min(GATHERED, sums.getNumPartitions()))
        .values()
        .collect();
  }

  /** The sum over the blocks of one partition, as far as neighbours are there. */
  static <B, T> Iterator<TreeSum<T>> of(
      Iterator<B> own,
      First<B> first,
      long count,
      int blockRows,
      Function<B, T> part,
      BinaryOperator<T> plus)
      throws Exception {
    TreeSum<T> sum = new TreeSum<>(count);
    while (own.hasNext()) {
      B block = own.next();
      sum.add(first.of(block) / blockRows, part.call(block), plus);
    }
    return List.of(sum).iterator();
  }
}
