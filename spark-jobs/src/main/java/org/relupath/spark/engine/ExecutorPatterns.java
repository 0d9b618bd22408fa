package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.relupath.core.data.Design;
import org.relupath.core.gates.GatePatterns;
import org.relupath.core.gates.GateStream;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.RowKeys;
import org.relupath.core.program.rows.PatternDigest;

/**
 * Finds the distinct activation patterns of many gates on executors: X is broadcast once, each task
 * draws its own gates from their seeds and reads their patterns. Bits stay there; what comes back
 * is three numbers a pattern.
 */
public final class ExecutorPatterns {
  /** Gates that a task takes at a time. */
  private static final int CHUNK = 64;

  private ExecutorPatterns() {}

  /** Gates on their way to an executor. */
  @SuppressWarnings("ArrayRecordComponent") // numbers of gates, never compared
  private record Piece(int[] numbers, GateStream gates) implements java.io.Serializable {
    static Piece of(GateStream gates, int from, int to) {
      int[] numbers = IntStream.range(from, to).toArray();
      return new Piece(numbers, gates.only(numbers));
    }

    List<long[]> sums(PatternReader reader, RowKeys keys) {
      return Arrays.stream(numbers)
          .mapToObj(i -> keys.sums(reader.pattern(gates.gate(i))))
          .toList();
    }
  }

  /**
   * The distinct patterns of gates 0 to count - 1, in the order of the first gate of each: those of
   * {@link Patterns#of}, whatever the number of tasks.
   *
   * @param x X
   * @param count their number
   */
  public static Patterns of(JavaSparkContext spark, Design x, GateStream gates, int count) {
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from < count; from += CHUNK) {
      pieces.add(Piece.of(gates, from, Math.min(count, from + CHUNK)));
    }
    int tasks = Math.min(pieces.size(), 4 * spark.defaultParallelism());
    String description = "patterns of " + count + " gates on " + x.rows() + " rows";
    try (SparkJob job = new SparkJob(spark, description)) {
      Broadcast<Design> shared = job.send(x);
      List<long[]> sums =
          spark
              .parallelize(pieces, tasks)
              .mapPartitions(
                  own -> {
                    PatternReader reader = new PatternReader(shared.value());
                    RowKeys keys = new RowKeys(0, shared.value().rows());
                    List<long[]> read = new ArrayList<>();
                    own.forEachRemaining(piece -> read.addAll(piece.sums(reader, keys)));
                    return read.iterator();
                  })
              .collect();
      return new GatePatterns(x, gates, PatternDigest.ofGates(sums).distinct());
    }
  }
}
