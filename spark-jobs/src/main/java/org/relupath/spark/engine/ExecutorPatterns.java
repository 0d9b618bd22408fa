package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Patterns;

/**
 * Reads activation patterns on executors: X is broadcast once, each task draws its own range of
 * gates from their seeds, and only bits come back.
 */
public final class ExecutorPatterns {
  private ExecutorPatterns() {}

  /** Gate vector number i, the same wherever it is asked for. */
  public interface GateStream extends java.io.Serializable {
    /** The d entries of gate i. */
    double[] gate(long i);
  }

  /**
   * The distinct patterns of gates 0 to count - 1, in the order of the first gate of each: those of
   * {@link Patterns#of}, whatever the number of tasks.
   *
   * @param spark the context
   * @param x X
   * @param gates the gates
   * @param count their number
   */
  public static Patterns of(JavaSparkContext spark, Matrix x, GateStream gates, int count) {
    int tasks = Math.max(1, Math.min(count / 64, 4 * spark.defaultParallelism()));
    Broadcast<Matrix> shared = spark.broadcast(x);
    try {
      spark.setJobDescription("patterns of " + count + " gates on " + x.rows() + " rows");
      List<Long> numbers = LongStream.range(0, count).boxed().toList();
      List<long[]> bits =
          spark
              .parallelize(numbers, tasks)
              .mapPartitions(
                  own -> {
                    PatternReader reader = new PatternReader(shared.value());
                    List<long[]> read = new ArrayList<>();
                    own.forEachRemaining(i -> read.add(reader.pattern(gates.gate(i))));
                    return read.iterator();
                  })
              .collect();
      return Patterns.distinct(x.rows(), bits);
    } finally {
      spark.setJobDescription(null);
      shared.destroy();
    }
  }
}
