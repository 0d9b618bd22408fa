package org.relupath.spark.io;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.relupath.core.data.Matrix;
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

  /** A chunk's place in the canonical order, without its rows. */
  private record Header(String file, long start, int rows, String problem)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    static Header of(Chunk chunk) {
      return new Header(chunk.file(), chunk.start(), chunk.rows(), chunk.problem());
    }

    String key() {
      return key(file, start);
    }

    static String key(String file, long start) {
      return start + " " + file;
    }
  }

  /**
   * Rows of a block that came out of one chunk: the first one's number in the block, and numbers.
   */
  private record Piece(int at, double[] values) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Consecutive blocks share a partition, so that their sums are added where they are. */
  private static final class Ranges extends Partitioner {
    private static final long serialVersionUID = 1L;
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
   * Cuts chunks into blocks. The chunks are read twice: once for how many rows each has.
   *
   * @param source what messages call them
   * @param parts partitions at most
   * @throws BadInputException naming row and column of the first value that is no finite number
   */
  static RowTable of(
      Source source, Columns columns, JavaRDD<Chunk> chunks, int blockRows, int parts) {
    List<Header> headers = new ArrayList<>(chunks.map(Header::of).collect());
    headers.sort(Comparator.comparing(Header::file).thenComparingLong(Header::start));
    Map<String, Long> first = new HashMap<>();
    long rows = 0;
    for (Header header : headers) {
      first.put(header.key(), rows);
      rows += header.rows();
      if (header.problem() != null) {
        throw new BadInputException(source.path() + ": row " + (rows + 1) + " " + header.problem());
      }
    }
    if (rows == 0) {
      throw new BadInputException(
          source.path()
              + ": no rows"
              + (source.format() == TableFormat.CSV ? " after the header line" : ""));
    }
    int width = columns.all().size();
    boolean labelled = columns.label() != null;
    long count = (rows - 1) / blockRows + 1;
    long last = rows;
    JavaPairRDD<Long, Piece> pieces =
        chunks.flatMapToPair(
            chunk ->
                pieces(chunk, first.get(Header.key(chunk.file(), chunk.start())), blockRows, width)
                    .iterator());
    JavaRDD<RawBlock> blocks =
        pieces
            .groupByKey(new Ranges(count, (int) Math.min(count, parts)))
            .map(
                block -> {
                  long from = block._1() * blockRows;
                  int size = (int) Math.min(blockRows, last - from);
                  return block(from, size, width, labelled, block._2());
                });
    return new RowTable(columns, rows, blockRows, blocks);
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
