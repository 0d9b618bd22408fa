package org.relupath.spark.io.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.relupath.core.data.Matrix;
import org.relupath.spark.io.BadInputException;
import scala.Tuple2;

/**
 * The rows of a source as numbered blocks of equal size, on executors: which rows a block holds
 * depends on the rows and their canonical order alone, never on files' splits or partitions.
 *
 * @param columns what was read
 * @param rows n
 * @param blockRows rows of every block but the last
 * @param blocks the blocks, each once, read again whenever they are asked for and not kept
 */
public record RowTable(Columns columns, long rows, int blockRows, JavaRDD<RawBlock> blocks) {

  /**
   * Rows of a block that came out of one chunk: the first one's number in the block, and numbers.
   */
  private record Piece(int at, double[] values) implements java.io.Serializable {}

  /** Consecutive blocks share a partition, so that their sums are added where they are. */
  private static final class Ranges extends Partitioner {
    private final long blocks;
    private final int parts;

    Ranges(long blocks, int parts) {
      this.blocks = blocks;
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object block) {
      return (int) ((Long) block * parts / blocks);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ranges r && r.blocks == blocks && r.parts == parts;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(blocks) * 31 + parts;
    }
  }

  /**
   * Cuts chunks into blocks.
   *
   * @param headers the chunks without their numbers
   * @param chunks the chunks, read again
   * @param parts partitions at most
   * @throws BadInputException naming row and column of the first value that is no finite number
   */
  static RowTable of(
      ChunkSequence headers, Columns columns, JavaRDD<Chunk> chunks, int blockRows, int parts) {
    Map<String, Long> first = headers.firstRows();
    int width = columns.all().size();
    JavaPairRDD<Long, Piece> pieces =
        chunks.flatMapToPair(
            chunk -> pieces(chunk, place(first, chunk), blockRows, width).iterator());
    return of(columns, headers.rows(), pieces, blockRows, parts);
  }

  /**
   * Cuts single rows into blocks.
   *
   * @param rows how many there are
   * @param numbered each row's number, from 0, and its values, the label last
   * @param parts partitions at most
   */
  static RowTable ofRows(
      Columns columns, long rows, JavaPairRDD<Long, double[]> numbered, int blockRows, int parts) {
    JavaPairRDD<Long, Piece> pieces =
        numbered.mapToPair(
            row ->
                new Tuple2<>(
                    row._1() / blockRows, new Piece((int) (row._1() % blockRows), row._2())));
    return of(columns, rows, pieces, blockRows, parts);
  }

  private static RowTable of(
      Columns columns, long rows, JavaPairRDD<Long, Piece> pieces, int blockRows, int parts) {
    int width = columns.all().size();
    boolean labelled = columns.label() != null;
    long count = (rows - 1) / blockRows + 1;
    JavaRDD<RawBlock> blocks =
        pieces
            .groupByKey(new Ranges(count, (int) Math.min(count, parts)))
            .map(
                block -> {
                  long from = block._1() * blockRows;
                  int size = (int) Math.min(blockRows, rows - from);
                  return block(from, size, width, labelled, block._2());
                });
    return new RowTable(columns, rows, blockRows, blocks);
  }

  private static long place(Map<String, Long> first, Chunk chunk) {
    Long row = chunk.rows() == 0 ? Long.valueOf(0) : first.get(chunk.key());
    if (row == null) {
      throw new BadInputException("--input: the rows changed while they were worked with");
    }
    return row;
  }

  private static List<Tuple2<Long, Piece>> pieces(
      Chunk chunk, long first, int blockRows, int width) {
    List<Tuple2<Long, Piece>> pieces = new ArrayList<>();
    for (int r = 0; r < chunk.rows(); ) {
      long row = first + r;
      int at = (int) (row % blockRows);
      int count = Math.min(blockRows - at, chunk.rows() - r);
      double[] values =
          java.util.Arrays.copyOfRange(chunk.values(), r * width, (r + count) * width);
      pieces.add(new Tuple2<>(row / blockRows, new Piece(at, values)));
      r += count;
    }
    return pieces;
  }

  private static RawBlock block(
      long first, int size, int width, boolean labelled, Iterable<Piece> pieces) {
    int d = labelled ? width - 1 : width;
    double[] features = new double[size * d];
    double[] targets = new double[labelled ? size : 0];
    for (Piece piece : pieces) {
      for (int r = 0; r * width < piece.values().length; r++) {
        System.arraycopy(piece.values(), r * width, features, (piece.at() + r) * d, d);
        if (labelled) {
          targets[piece.at() + r] = piece.values()[r * width + d];
        }
      }
    }
    return new RawBlock(first, new Matrix(size, d, features), targets);
  }
}
