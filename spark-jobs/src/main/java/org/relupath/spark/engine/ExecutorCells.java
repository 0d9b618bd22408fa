package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.CellSearch;
import org.relupath.core.gates.PatternEnumeration;

/**
 * Searches the cells of X on executors, a task a chunk.
 *
 * <p>The chunks are those of the {@link CellSearch}, however many executors there are, and only
 * gate vectors come back. A task needs nothing of the others: one that is lost is run again by
 * Spark, with the same result to the last bit. Between runs nothing is kept: a search takes far
 * less than the solve that follows it, and the same command finds the same cells again.
 */
public final class ExecutorCells {
  private ExecutorCells() {}

  /** What comes of a chunk: its gates, or why there are none. */
  private record Found(Matrix gates, String refusal) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    static Found of(CellSearch search, int chunk) {
      try {
        return new Found(search.chunk(chunk), null);
      } catch (ArithmeticException e) {
        return new Found(null, e.getMessage());
      }
    }
  }

  /**
   * All cells: those of {@link PatternEnumeration#of(Matrix, long)}, with the same gates in the
   * same order.
   *
   * @param spark the context
   * @param search the search
   * @param progress told now and then how many chunks are done
   * @throws ArithmeticException if X is too close to degenerate
   */
  public static PatternEnumeration of(
      JavaSparkContext spark, CellSearch search, LongConsumer progress) {
    Broadcast<CellSearch> shared = spark.broadcast(search);
    try {
      List<Integer> numbers = IntStream.range(0, search.chunks()).boxed().toList();
      List<Found> found =
          new ExecutorTasks(spark)
              .map(
                  "enumerating patterns in " + numbers.size() + " chunks",
                  numbers,
                  (number, done) -> {
                    Found chunk = Found.of(shared.value(), number);
                    done.add(1);
                    return chunk;
                  },
                  progress);
      List<Matrix> chunks = new ArrayList<>();
      for (Found chunk : found) {
        if (chunk.refusal() != null) {
          throw new ArithmeticException(chunk.refusal());
        }
        chunks.add(chunk.gates());
      }
      return PatternEnumeration.of(search, chunks);
    } finally {
      shared.destroy();
    }
  }
}
