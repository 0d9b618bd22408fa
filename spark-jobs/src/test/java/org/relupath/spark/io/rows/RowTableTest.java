package org.relupath.spark.io.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Observations;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.io.BadInputException;

/** Blocks on executors hold the rows that a reader brings together, in their order. */
@ExtendWith(SharedSpark.class)
class RowTableTest {
  @TempDir Path folder;

  private Source source() {
    return Source.open("--input", folder.toString(), TableFormat.CSV, new Configuration());
  }

  private void write(String name, int from, int to) throws IOException {
    StringBuilder text = new StringBuilder("a,label,b\n");
    for (int r = from; r < to; r++) {
      text.append(r).append(',').append(r % 7).append(',').append(r * 0.5).append('\n');
    }
    Files.writeString(folder.resolve(name), text);
  }

  private static List<RawBlock> collected(RowTable table) {
    List<RawBlock> blocks = new ArrayList<>(table.blocks().collect());
    blocks.sort(Comparator.comparingLong(RawBlock::first));
    return blocks;
  }

  @Test
  void blocksAreTheRowsInCanonicalOrder(SparkSession spark) throws IOException {
    write("part-1.csv", 130, 131);
    write("part-0.csv", 0, 130);
    write("part-2.csv", 131, 205);
    TableReader reader = new TableReader(spark);
    Columns columns = reader.columns(source(), ColumnChoice.numbers(List.of(), "label"));
    Observations all = reader.read(source(), columns);
    // Small splits make many chunks of the larger files.
    String key = "spark.sql.files.maxPartitionBytes";
    spark.conf().set(key, 200);
    try {
      for (int size : new int[] {1, 32, 1000}) {
        RowTable table = reader.blocks(source(), columns, size);
        assertThat(table.rows()).isEqualTo(205);
        int row = 0;
        for (RawBlock block : collected(table)) {
          assertThat(block.first()).isEqualTo(row);
          assertThat(block.features().rows()).isEqualTo(Math.min(size, 205 - row));
          for (int r = 0; r < block.features().rows(); r++, row++) {
            assertThat(block.features().row(r)).isEqualTo(all.features().row(row));
            assertThat(block.targets()[r]).isEqualTo(all.targets()[row]);
          }
        }
        assertThat(row).isEqualTo(205);
      }
    } finally {
      spark.conf().unset(key);
    }
  }

  @Test
  void heldOutRowsAndTheOthersAreAllRowsOnce(SparkSession spark) throws IOException {
    write("rows.csv", 0, 1000);
    TableReader reader = new TableReader(spark);
    Columns columns = reader.columns(source(), ColumnChoice.numbers(List.of(), "label"));
    List<Double> held = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    for (RawBlock block : collected(reader.blocks(source(), columns, 64))) {
      RawBlock out = block.part(true, 0.3, 9);
      RawBlock in = block.part(false, 0.3, 9);
      assertThat(out.features().rows() + in.features().rows()).isEqualTo(block.features().rows());
      for (int r = 0; r < out.features().rows(); r++) {
        held.add(out.features().get(r, 0));
        assertThat(out.targets()[r]).isEqualTo(out.features().get(r, 0) % 7);
      }
      for (int r = 0; r < in.features().rows(); r++) {
        kept.add(in.features().get(r, 0));
      }
    }
    assertThat(held).hasSizeBetween(240, 360).doesNotContainAnyElementsOf(kept);
    List<Double> again = new ArrayList<>();
    for (RawBlock block : collected(reader.blocks(source(), columns, 1000))) {
      RawBlock out = block.part(true, 0.3, 9);
      for (int r = 0; r < out.features().rows(); r++) {
        again.add(out.features().get(r, 0));
      }
    }
    assertThat(again).isEqualTo(held);
  }

  @Test
  void badCellsAreToldByTheirRow(SparkSession spark) throws IOException {
    Files.writeString(folder.resolve("a.csv"), "a,label\n1,2\n3,4\n");
    Files.writeString(folder.resolve("b.csv"), "a,label\n5,6\n7,x\n");
    TableReader reader = new TableReader(spark);
    Columns columns = reader.columns(source(), ColumnChoice.numbers(List.of(), "label"));
    assertThatThrownBy(() -> reader.blocks(source(), columns, 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("row 4 column 'label'");
  }

  @Test
  void noRowsAreRefused(SparkSession spark) throws IOException {
    Files.writeString(folder.resolve("a.csv"), "a,label\n");
    TableReader reader = new TableReader(spark);
    Columns columns = reader.columns(source(), ColumnChoice.numbers(List.of(), "label"));
    assertThatThrownBy(() -> reader.blocks(source(), columns, 10))
        .hasMessageContaining("no rows after the header line");
  }
}
