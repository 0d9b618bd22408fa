package org.relupath.spark.io.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.SparseMatrix;

/** Rows of a libsvm file as chunks, with their zeros and without. */
class ChunkTest {
  private static final Configuration HADOOP = new Configuration();
  private static final int ROWS = 300;
  private static final int COLUMNS = 40;
  private static final long SEED = 3;

  @TempDir Path folder;

  private Source source() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < ROWS; r++) {
      // Labels and numbers of 0, rows without any, rows of all columns.
      text.append(r % 3);
      for (int k = 1; k <= COLUMNS; k++) {
        if (r % 7 == 0 ? r % 2 == 0 : random.nextInt(8) == 0) {
          text.append(' ').append(k).append(':').append(random.nextInt(4) - 1);
        }
      }
      text.append('\n');
    }
    Path file = Files.writeString(folder.resolve("rows.svm"), text);
    return Source.open("--input", file.toString(), null, HADOOP);
  }

  private static List<Chunk> read(Source source, boolean sparse, long most) {
    List<String> names = IntStream.rangeClosed(1, COLUMNS).mapToObj(k -> "x" + k).toList();
    Source.Layout layout = source.layout(new Columns(names, "label"), sparse);
    List<FileRange> ranges =
        FileRange.groups(source, Set.of(), 1 << 20, 1).stream().flatMap(List::stream).toList();
    List<Chunk> chunks = new ArrayList<>();
    Chunk.read(ranges.iterator(), layout, most, HADOOP).forEachRemaining(chunks::add);
    return chunks;
  }

  @Test
  void rowsWithoutTheirZeros() throws IOException {
    Chunk dense = read(source(), false, Long.MAX_VALUE).get(0);
    Chunk sparse = read(source(), true, Long.MAX_VALUE).get(0);
    assertThat(sparse.rows()).isEqualTo(dense.rows()).isEqualTo(ROWS);
    assertThat(sparse.sparse().dense().values()).isEqualTo(dense.values());
    for (double value : sparse.sparse().values()) {
      assertThat(value).isNotZero();
    }
  }

  private static long bytes(SparseMatrix own) {
    return 8L * own.values().length + 4L * own.indices().length + 4L * own.starts().length;
  }

  @Test
  void sizesAreTheBytesOfArrays() throws IOException {
    Chunk whole = read(source(), true, Long.MAX_VALUE).get(0);
    assertThat(8 * whole.size()).isBetween(bytes(whole.sparse()), bytes(whole.sparse()) + 12);
    Chunk dense = read(source(), false, Long.MAX_VALUE).get(0);
    assertThat(dense.size()).isEqualTo(dense.values().length);
    for (long most : new long[] {1, 50, 500, 1500}) {
      Chunk part = read(source(), true, most).get(0);
      assertThat(part.rows()).isEqualTo(ROWS);
      assertThat(part.isWhole(COLUMNS + 1)).isFalse();
      // A row begins below the limit, and is kept whole.
      assertThat(bytes(part.sparse())).isLessThan(8 * most + 12 * (COLUMNS + 1) + 16);
      assertThat(bytes(part.sparse())).isGreaterThan(8 * most / 2);
    }
  }
}
