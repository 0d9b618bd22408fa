package org.relupath.spark.engine;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.core.gates.arrangement.CellSearch;
import org.relupath.core.gates.arrangement.PatternEnumeration;

/**
 * Searches the cells of X on executors, a task a chunk.
 *
 * <p>The chunks are those of the {@link CellSearch}, however many executors there are, and only
 * patterns and gate vectors come back. A task needs nothing of the others: one that is lost is run
 * again by Spark, with the same result to the last bit. Between runs nothing is kept: a search
 * takes far less than the solve that follows it, and the same command finds the same cells again.
 */
public final class ExecutorCells {
  private ExecutorCells() {}

  /**
   * All cells: those of {@link PatternEnumeration#of(Matrix, long)}, with the same gates in the
   * same order.
   *
   * @param progress receives now and then how many chunks are done
   */
  public static PatternEnumeration of(
      JavaSparkContext spark, CellSearch search, LongConsumer progress) {
    List<Integer> numbers = IntStream.range(0, search.chunks()).boxed().toList();
    return PatternEnumeration.of(
        search,
        new ExecutorTasks(spark)
            .map(
                "enumerating patterns in " + numbers.size() + " chunks",
                search,
                numbers,
                CellSearch::chunk,
                progress));
  }
}
