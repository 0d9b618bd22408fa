package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.pricing.Pricing;

/**
 * Prices the blocks of a program on executors: X and y broadcast once, patterns cut into fixed
 * chunks, each read there from its gates, a pricer for each chunk kept in an executor's memory;
 * only the worst violators come back.
 *
 * <p>Every pass is complete. A pricer's memory of earlier passes makes the next one fast but does
 * not change its result, so a chunk that moves to another executor prices the same, to the last
 * bit.
 *
 * <p>Safe for use by several threads: passes of two at once take turns at each chunk.
 */
public final class ExecutorPricing implements Pricing, AutoCloseable {
  /** Patterns in a chunk: a byte plane holds eight. */
  private static final int CHUNK = 512;

  /** Violators that one chunk returns at most. */
  private static final int RETURNED = 200;

  private final JavaSparkContext spark;
  private final Broadcast<Problem> problem;
  private final JavaRDD<Chunk> chunks;
  private final int blockCount;
  private final AtomicInteger passes = new AtomicInteger();
  private boolean closed;

  /** A chunk's place in the program and its pricer. */
  private record Chunk(int offset, int patternCount, Pricer pricer) {
    Block global(Block own) {
      return own.numbered(offset + own.pattern(), patternCount);
    }

    Prices price(double[] u, double lambda) {
      Prices own;
      synchronized (pricer) {
        own = pricer.price(u, lambda, Integer.MAX_VALUE);
      }
      List<Priced> worst =
          own.violators().stream()
              .limit(RETURNED)
              .map(v -> new Priced(global(v.block()), v.norm()))
              .toList();
      return new Prices(true, own.maxNorm(), new ArrayList<>(worst));
    }

    double maxNorm(double[] u) {
      synchronized (pricer) {
        return pricer.maxNorm(u);
      }
    }
  }

  /** Sends a program out. */
  public ExecutorPricing(JavaSparkContext spark, ConvexProgram program) {
    this.spark = spark;
    this.problem = spark.broadcast(program.problem());
    this.blockCount = program.blockCount();
    int patterns = program.patterns().count();
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from < patterns; from += CHUNK) {
      int to = Math.min(patterns, from + CHUNK);
      pieces.add(new Piece(from, program.patterns().part(from, to)));
    }
    Broadcast<Problem> shared = problem;
    this.chunks =
        spark
            .parallelize(pieces, pieces.size())
            .map(piece -> piece.chunk(shared.value(), patterns))
            .persist(StorageLevel.MEMORY_ONLY());
  }

  /** Some patterns on their way to an executor. */
  private record Piece(int offset, Patterns.Part part) implements java.io.Serializable {
    Chunk chunk(Problem problem, int patternCount) {
      Patterns own = part.kept(problem.sides());
      return new Chunk(offset, patternCount, new Pricer(new ConvexProgram(problem, own), true));
    }
  }

  @Override
  public Prices price(double[] u, double lambda, int wanted) {
    String description =
        "pricing pass %s: %s blocks at lambda %s"
            .formatted(passes.incrementAndGet(), blockCount, lambda);
    try (SparkJob job = new SparkJob(spark, description)) {
      Broadcast<double[]> dual = job.send(u);
      List<Prices> found = chunks.map(chunk -> chunk.price(dual.value(), lambda)).collect();
      double max = found.stream().mapToDouble(Prices::maxNorm).max().orElse(lambda);
      List<Priced> violators = new ArrayList<>();
      found.forEach(prices -> violators.addAll(prices.violators()));
      violators.sort(
          Comparator.comparingDouble(Priced::norm)
              .reversed()
              .thenComparingInt(priced -> priced.block().id()));
      return new Prices(true, max, violators);
    }
  }

  @Override
  public double maxNorm(double[] u) {
    try (SparkJob job = new SparkJob(spark, "lambda_max over " + blockCount + " blocks")) {
      Broadcast<double[]> dual = job.send(u);
      return chunks.map(chunk -> chunk.maxNorm(dual.value())).collect().stream()
          .mapToDouble(Double::doubleValue)
          .max()
          .orElse(0);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      chunks.unpersist(true);
      problem.destroy();
    }
  }
}
