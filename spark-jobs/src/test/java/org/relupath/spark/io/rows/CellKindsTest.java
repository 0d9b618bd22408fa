package org.relupath.spark.io.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Observations;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.RawColumn.Kind;
import org.relupath.spark.io.BadInputException;

/** Kinds of columns, decided by all cells however the text is cut. */
class CellKindsTest {
  private static final long SEED = 99;
  private static final ColumnChoice AUTO = choice(List.of(), true);
  @TempDir Path folder;

  private static ColumnChoice choice(List<String> texts, boolean missing) {
    return new ColumnChoice(
        null, List.of(), List.of(), List.of(), List.of(), true, texts, missing, null);
  }

  private static Observations read(Source source, ColumnChoice choice, long size) {
    Columns columns = Columns.choose(source.named(), source.header(), choice);
    source.require(columns, true);
    Configuration hadoop = new Configuration(false);
    Set<Integer> whole = new TreeSet<>();
    while (true) {
      List<Chunk> chunks = new ArrayList<>();
      for (List<FileRange> group : FileRange.groups(source, whole, size, 0)) {
        Chunk.read(group.iterator(), source.layout(columns), Long.MAX_VALUE, hadoop)
            .forEachRemaining(chunks::add);
      }
      ChunkSequence sequence = ChunkSequence.of(source, chunks);
      if (!whole.addAll(sequence.torn(whole))) {
        return sequence.table(columns).rows();
      }
    }
  }

  private Source source(String name, byte[] text, TableFormat.Text form) throws IOException {
    Path file = Files.write(folder.resolve(name), text);
    return Source.open("--input", file.toString(), null, form, new Configuration(false));
  }

  private Observations read(String text, ColumnChoice choice) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return read(source("rows.csv", bytes, TableFormat.Text.DEFAULT), choice, 1 << 20);
  }

  private void refused(String text, ColumnChoice choice, String expected) {
    assertThatThrownBy(() -> read(text, choice))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void aColumnIsWhatAllOfItsCellsAre() throws IOException {
    Observations rows =
        read(
            "n,t,d,c,e\n"
                + "1,TRUE,1970-01-02,x,NA\n"
                + ",false,1969-12-31T12:00,\"a,\"\"b\",2\n"
                + "?,n/a,2000-02-29 00:00:01.5Z, x ,3\n".replace("n/a", "N/A"),
            AUTO);
    assertThat(rows.columns())
        .extracting(RawColumn::kind)
        .containsExactly(Kind.NUMBER, Kind.BOOLEAN, Kind.DATE, Kind.CATEGORY, Kind.NUMBER);
    assertThat(rows.columns().get(3).levels()).containsExactly("a,\"b", "x");
    double none = Double.NaN;
    double leap = 11_016 + 1.5 / 86_400;
    assertThat(rows.features().values())
        .containsExactly(1, 1, 1, 1, none, none, 0, -0.5, 0, 2, none, none, leap, 1, 3);
  }

  /** Years that have not four digits have a sign, and any other writing is no date. */
  @Test
  void yearsBeyondFourDigits() throws IOException {
    Observations far =
        read("d\n+10000-01-01\n-0001-12-31T12:00\n+123456-07-08 06:00\n1970-01-01\n", AUTO);
    assertThat(far.columns().get(0).kind()).isEqualTo(Kind.DATE);
    assertThat(far.features().values())
        .containsExactly(
            LocalDate.of(10000, 1, 1).toEpochDay(),
            LocalDate.of(-1, 12, 31).toEpochDay() + 0.5,
            LocalDate.of(123456, 7, 8).toEpochDay() + 0.25,
            0);
    for (String other : List.of("10000-01-01", "+2020-01-01", "-2020-13-01", "+-2020-01-01")) {
      assertThat(read("d\n1970-01-01\n" + other + "\n", AUTO).columns().get(0).kind())
          .as(other)
          .isEqualTo(Kind.CATEGORY);
    }
  }

  @Test
  void whatIsNoOneKindIsTextOrRefused() throws IOException {
    assertThat(read("a\ntrue\n2020-01-01\n", AUTO).columns().get(0).kind())
        .isEqualTo(Kind.CATEGORY);
    assertThat(read("a\n2020-02-30\n2020-01-01\n", AUTO).columns().get(0).kind())
        .isEqualTo(Kind.CATEGORY);
    assertThat(read("a\n10\n9\n10\n", choice(List.of("a"), false)).columns().get(0).levels())
        .containsExactly("10", "9");
    refused("a,b\n1,x\n2,y\nz,3\n", AUTO, "row 1 column 'b' is 'x', expected a finite number");
    refused("a,b\n1,x\n2,y\nz,3\n", AUTO, "; row 3 column 'a' is 'z'");
    refused("a,b\n1,\n2,?\n", AUTO, "row 1 column 'b' is missing as in all rows, expected a value");
    refused("a\nx\n1e999\n", AUTO, "row 2 column 'a' is '1e999', expected a number from 4.9e-324");
    refused("a\n1\ninf\n", AUTO, "row 2 column 'a' is 'inf', expected a finite number");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    byte[] text = "a\nx\n\u00FF\n".getBytes(StandardCharsets.ISO_8859_1);
    Source source = source("rows.csv", text, TableFormat.Text.DEFAULT);
    assertThatThrownBy(() -> read(source, AUTO, 100))
        .hasMessageContaining("row 2 column 'a' is no UTF-8, expected a text");
  }

  /** Delimiters, tabs by extension, names where there are none, and zstd. */
  @Test
  void otherTexts() throws IOException {
    byte[] colons = "a;b\n1,5;x\n2,5;y\n".getBytes(StandardCharsets.UTF_8);
    Source semicolons = source("rows.csv", colons, new TableFormat.Text(';', true));
    assertThat(read(semicolons, AUTO, 3).columns().get(0).levels()).containsExactly("1,5", "2,5");
    byte[] tabs = "1\tx\n2\ty\n".getBytes(StandardCharsets.UTF_8);
    Source headless = source("rows.tsv", tabs, new TableFormat.Text(null, false));
    Observations rows = read(headless, AUTO, 3);
    assertThat(rows.inputs()).containsExactly("x1", "x2");
    assertThat(rows.features().values()).containsExactly(1, 0, 2, 1);
    Source packed = source("rows.tsv.zst", Zstd.compress(tabs), new TableFormat.Text(null, false));
    assertThat(read(packed, AUTO, 3).features()).isEqualTo(rows.features());
  }

  /** Ranges of any size give the same columns, numbers and refusals. */
  @Test
  void kindsDoNotDependOnRanges() throws IOException {
    for (int i = 0; i < 60; i++) {
      SplittableRandom random = new SplittableRandom(SEED + i);
      String[] cells = {
        "1", "2.5", "", "NA", "x", "y y", "true", "2020-01-01", "\"a\n,b\"", "\u00e9"
      };
      int kinds = 1 + random.nextInt(cells.length);
      int offset = random.nextInt(cells.length);
      StringBuilder text = new StringBuilder("a,b\n");
      int n = 1 + random.nextInt(30);
      for (int r = 0; r < n; r++) {
        String own = cells[(offset + random.nextInt(kinds)) % cells.length];
        text.append(own).append(',').append(random.nextBoolean() ? "7" : "8").append('\n');
      }
      String expected = result(text.toString(), 1 << 20);
      for (long size : new long[] {1, 2, 7, 30}) {
        assertThat(result(text.toString(), size))
            .as("seed %d\n%s", SEED + i, text)
            .isEqualTo(expected);
      }
    }
  }

  private String result(String text, long size) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Source source = source("rows.csv", bytes, TableFormat.Text.DEFAULT);
    try {
      Observations rows = read(source, AUTO, size);
      return rows.columns() + " " + java.util.Arrays.toString(rows.features().values());
    } catch (BadInputException e) {
      return e.getMessage();
    }
  }
}
