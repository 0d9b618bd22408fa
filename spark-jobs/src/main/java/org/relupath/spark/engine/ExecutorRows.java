package org.relupath.spark.engine;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.PatternDigest;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowPass;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.rows.RowQuestion;
import org.relupath.core.program.rows.RowSample;
import org.relupath.core.program.rows.RowSums;

/**
 * Rows on executors, in blocks kept there with the bits of every gate. Weights go out by broadcast;
 * what comes back are sums, added up a tree over the blocks' numbers: the same to the last bit
 * whatever the partitions and executors, and whichever task is run again.
 */
public final class ExecutorRows implements RowPasses, AutoCloseable {
  private final JavaSparkContext spark;
  private final JavaRDD<RowBlock> blocks;
  private final Shape shape;
  private int passes;
  private double passSeconds;

  /**
   * What is known of the rows.
   *
   * @param rows n
   * @param blocks how many blocks there are
   * @param blockRows block i begins with row i blockRows
   * @param columns d
   * @param gates P
   * @param center what was subtracted from the targets, see {@link RowPass}
   */
  public record Shape(
      long rows, long blocks, int blockRows, int columns, int gates, double center) {
    Shape withGates(int other) {
      return new Shape(rows, blocks, blockRows, columns, other, center);
    }
  }

  private ExecutorRows(JavaSparkContext spark, JavaRDD<RowBlock> blocks, Shape shape) {
    this.spark = spark;
    this.blocks = blocks;
    this.shape = shape;
  }

  /** Rows and the numbers of the gates that have distinct patterns on them. */
  public record Distinct(ExecutorRows rows, int[] gateIds) {}

  /**
   * Keeps blocks on executors, without the gates whose pattern is zero or that of an earlier gate.
   *
   * @param blocks each block of the shape once
   */
  public static Distinct keep(JavaSparkContext spark, JavaRDD<RowBlock> blocks, Shape shape) {
    JavaRDD<RowBlock> kept = blocks.persist(StorageLevel.MEMORY_AND_DISK());
    ExecutorRows all = new ExecutorRows(spark, kept, shape);
    try {
      int[] ids =
          all.sum("patterns of " + shape.gates() + " gates", PatternDigest::of, PatternDigest::plus)
              .distinct();
      return ids.length == shape.gates() || ids.length == 0
          ? new Distinct(all, ids)
          : new Distinct(all.select(ids), ids);
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** These rows with some of the gates alone, kept in place of the rows with all. */
  private ExecutorRows select(int[] ids) {
    JavaRDD<RowBlock> fewer =
        blocks.map(block -> block.select(ids)).persist(StorageLevel.MEMORY_AND_DISK());
    ExecutorRows selected = new ExecutorRows(spark, fewer, shape.withGates(ids.length));
    try {
      fewer.count();
    } catch (RuntimeException e) {
      selected.close();
      throw e;
    }
    close();
    return selected;
  }

  @Override
  public long rows() {
    return shape.rows();
  }

  @Override
  public int columns() {
    return shape.columns();
  }

  @Override
  public int gates() {
    return shape.gates();
  }

  @Override
  public RowSums sums(List<BlockWeights> weights) {
    int d = shape.columns();
    double center = shape.center();
    long parts = shape.blocks();
    int blockRows = shape.blockRows();
    return pass(
        "%d lambdas, %d rows x %d gates".formatted(weights.size(), shape.rows(), shape.gates()),
        List.copyOf(weights),
        sent ->
            BlockSum.total(
                blocks.mapPartitions(
                    own -> {
                      RowPass pass = new RowPass(sent.value(), d, center);
                      return BlockSum.of(
                          own, RowBlock::first, parts, blockRows, pass::of, RowSums::add);
                    }),
                parts,
                RowSums::add));
  }

  @Override
  public <S> S ask(RowQuestion<S> question) {
    long parts = shape.blocks();
    int blockRows = shape.blockRows();
    return pass(
        question.what() + ", " + shape.rows() + " rows",
        question,
        sent ->
            BlockSum.total(
                blocks.mapPartitions(
                    own -> {
                      RowQuestion<S> asked = sent.value();
                      RowQuestion.Worker<S> worker = asked.worker();
                      return BlockSum.of(
                          own, RowBlock::first, parts, blockRows, worker::of, asked::plus);
                    }),
                parts,
                (a, b) -> sent.value().plus(a, b)));
  }

  /** A pass over all rows with what is sent out for it. */
  private <S, T> T pass(String what, S shared, Function<Broadcast<S>, T> job) {
    passes++;
    long began = System.nanoTime();
    try (SparkJob pass = new SparkJob(spark, "pass " + passes + ": " + what)) {
      return job.apply(pass.send(shared));
    } finally {
      passSeconds += (System.nanoTime() - began) * 1e-9;
    }
  }

  /** Wall seconds of all passes so far. */
  public double passSeconds() {
    return passSeconds;
  }

  @Override
  public double[] gram() {
    return sum("X'X", block -> LocalRows.gram(block.x()), LocalRows::plus);
  }

  @Override
  public RowBlock draw(RowSample sample) {
    List<RowBlock> pieces =
        SparkJob.described(
            spark, "sample of " + shape.rows() + " rows", () -> blocks.map(sample::of).collect());
    return RowSample.join(
        pieces.stream().sorted(Comparator.comparingLong(RowBlock::first)).toList());
  }

  private <T> T sum(
      String what,
      org.apache.spark.api.java.function.Function<RowBlock, T> part,
      BlockSum.Plus<T> plus) {
    return SparkJob.described(
        spark,
        what,
        () ->
            BlockSum.over(blocks, RowBlock::first, shape.blocks(), shape.blockRows(), part, plus));
  }

  @Override
  public void close() {
    blocks.unpersist(true);
  }
}
