package org.relupath.spark.io.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Observations;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.io.BadInputException;

/** The files that were named are read, all of them and no others, or refused by their names. */
@ExtendWith(SharedSpark.class)
class ExactFilesTest {
  @TempDir Path folder;

  private static Observations read(Path path, TableFormat format, String... features) {
    Source source = Source.open("--input", path.toString(), format, new Configuration());
    TableReader reader = new TableReader(SharedSpark.session());
    return reader.read(
        source, reader.columns(source, ColumnChoice.numbers(List.of(features), "label")));
  }

  private static String refusal(Path path, TableFormat format, String... features) {
    try {
      read(path, format, features);
    } catch (BadInputException e) {
      assertThat(e.getMessage())
          .doesNotContain("org.apache")
          .doesNotContain("Exception")
          .doesNotContain("java.");
      return e.getMessage();
    }
    throw new AssertionError(path + " was read");
  }

  private static String csv(int first, int rows) {
    StringBuilder text = new StringBuilder("a,label\n");
    for (int r = first; r < first + rows; r++) {
      text.append(r).append(',').append(r % 3).append('\n');
    }
    return text.toString();
  }

  private Path parquet(String name, String query) throws IOException {
    Path table = folder.resolve("table-" + name);
    SharedSpark.session().sql(query).coalesce(1).write().parquet(table.toString());
    try (Stream<Path> files = Files.list(table)) {
      Path part =
          files.filter(f -> f.getFileName().toString().startsWith("part")).findFirst().get();
      Path target = folder.resolve(name);
      Files.createDirectories(target.getParent());
      return Files.move(part, target);
    }
  }

  private Path resource(String name, String as) throws IOException {
    Path target = folder.resolve(as);
    Files.createDirectories(target.getParent());
    try (InputStream in = ExactFilesTest.class.getResourceAsStream("/parquet/" + name)) {
      Files.copy(in, target);
      return target;
    }
  }

  /** Beside files whose names the pattern would match. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rows[1].csv",
        "r*.csv",
        "rows?.csv",
        "row{s1,x}.csv",
        "rows\\1.csv",
        "rows:1.csv",
        "_rows1.csv",
        ".rows1.csv",
        "_hidden/rows1.csv",
        ".hidden/rows1.csv",
        "k=1/rows1.csv",
        "a b#%41+ä.csv",
        "[rows1.csv",
        "rows1.csv._COPYING_",
        "line\nend.csv"
      })
  void aNameIsAName(String name) throws IOException {
    Files.writeString(folder.resolve("rows1.csv"), csv(100, 50));
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, csv(0, 7));
    Observations rows = read(file, TableFormat.CSV);
    assertThat(rows.rows()).isEqualTo(7);
    assertThat(rows.features().get(6, 0)).isEqualTo(6);
    Files.delete(file);
    assertThat(refusal(file, TableFormat.CSV)).contains("no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows[1].parquet", "_rows.parquet", ".hidden/rows.parquet"})
  void aNameOfParquetIsANameToo(String name) throws IOException {
    parquet("rows1.parquet", "select 1.5D a, id label from range(9)");
    Path file = parquet(name, "select id a, 2 label from range(4)");
    assertThat(read(file, null).features().values()).containsExactly(0, 1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"more/x.csv", "k=1/x.csv", "_hidden.csv", ".hidden.csv", "_part"})
  void whatAFolderHoldsBesideRowsIsRefused(String name) throws IOException {
    Path parts = Files.createDirectory(folder.resolve("parts"));
    Files.writeString(parts.resolve("part-0.csv"), csv(0, 5));
    Files.writeString(parts.resolve("_SUCCESS"), "");
    Files.writeString(parts.resolve(".part-0.csv.crc"), "");
    assertThat(read(parts, TableFormat.CSV).rows()).isEqualTo(5);
    Path other = parts.resolve(name);
    Files.createDirectories(other.getParent());
    Files.writeString(other, csv(5, 5));
    assertThat(refusal(parts, TableFormat.CSV)).contains("parts/" + name.replaceAll("/.*", ""));
  }

  @Test
  void partsOfACsvThatDifferAreRefused() throws IOException {
    Path parts = Files.createDirectory(folder.resolve("parts"));
    Files.writeString(parts.resolve("a.csv"), csv(0, 5));
    Files.writeString(parts.resolve("b.csv"), "a,label\n");
    assertThat(read(parts, TableFormat.CSV).rows()).isEqualTo(5);
    for (String text : List.of("", "label,a\n1,2\n", "a,b,label\n1,2,3\n", "7,1\n8,2\n")) {
      Files.writeString(parts.resolve("b.csv"), text);
      assertThat(refusal(parts, TableFormat.CSV)).contains("b.csv");
    }
    Files.writeString(parts.resolve("b.csv"), "a,label\n7,1\n8,x\n");
    assertThat(refusal(parts, TableFormat.CSV))
        .contains("row 7 column 'label' is 'x'")
        .contains("(in b.csv)");
  }

  @Test
  void partsOfParquetAreReadByNameWhateverTheirTypes() throws IOException {
    parquet("parts/1.parquet", "select 1.5D a, 2 b, 3 label");
    parquet("parts/2.parquet", "select 4L label, cast(5.25 as decimal(9,2)) a, 6.5F b");
    Observations rows = read(folder.resolve("parts"), null);
    assertThat(rows.features().values()).containsExactly(1.5, 2, 5.25, 6.5);
    assertThat(rows.targets()).containsExactly(3, 4);
  }

  @Test
  void partsOfParquetThatDifferAreRefused() throws IOException {
    Path parts = folder.resolve("parts");
    parquet("parts/1.parquet", "select 1.5D a, 3 label");
    parquet("parts/3.parquet", "select 2.5D a, 4 label");
    for (String query :
        List.of(
            "select 1.5D b, 3 label",
            "select 3 label",
            "select 1.5D a, 3 label, 7 extra",
            "select 'x' a, 3 label",
            "select 1.5D A, 3 label")) {
      Path part = parquet("parts/2.parquet", query);
      assertThat(refusal(parts, null)).as(query).contains("2.parquet").contains("column");
      Files.delete(part);
      delete(folder.resolve("table-parts"));
    }
    parquet("parts/2.parquet", "select 1.5D a, 3 label, 7 extra");
    assertThat(read(parts, null, "a").rows()).isEqualTo(3);
    Files.write(parts.resolve("2.parquet"), new byte[0]);
    assertThat(refusal(parts, null)).contains("2.parquet: is empty");
    Files.writeString(parts.resolve("2.parquet"), "a,label\n1,2\n");
    assertThat(refusal(parts, null)).contains("2.parquet: is no parquet file");
    byte[] good = Files.readAllBytes(parts.resolve("1.parquet"));
    Files.write(parts.resolve("2.parquet"), Arrays.copyOf(good, good.length - 30));
    assertThat(refusal(parts, null)).contains("2.parquet: cannot be read: it is damaged");
    byte[] torn = good.clone();
    Arrays.fill(torn, 4, 60, (byte) 0);
    Files.write(parts.resolve("2.parquet"), torn);
    assertThat(refusal(parts, null)).contains("2.parquet: cannot be read");
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void everyTypeOfNumberIsRead() throws IOException {
    Path file = resource("types.parquet", "types.parquet");
    assertThat(refusal(file, null))
        .contains("column 'when' is of type timestamp")
        .contains("column 'flag' is of type boolean");
    Observations rows = read(file, null, "half", "u32", "u64", "i8", "dec", "dec38", "f32");
    assertThat(rows.features().row(1))
        .containsExactly(
            -2, 4294967295.0, 18446744073709551615.0, 127, -2.25, 12345678901234567890.5, 0.1F);
    assertThat(rows.features().get(3, 0)).isEqualTo(0x1p-24);
    assertThat(rows.targets()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aCodecThatIsNotHereIsRefusedByItsFile() throws IOException {
    Path file = resource("brotli.parquet", "brotli.parquet");
    assertThat(refusal(file, null))
        .contains("brotli.parquet: cannot be read: it is compressed by a codec");
  }

  @Test
  void columnsThatAreLeftOutDoNotMatter() throws IOException {
    Path file = resource("nanoseconds.parquet", "ns.parquet");
    Source source = Source.open("--input", file.toString(), null, new Configuration());
    List<String> numbers =
        source.parts().get(0).columns().stream()
            .filter(c -> c.type() == null && !c.name().equals("label"))
            .map(SourcePart.NamedColumn::name)
            .toList();
    assertThat(numbers).hasSizeLessThan(source.header().size() - 1);
    assertThat(read(file, null, numbers.toArray(new String[0])).rows()).isPositive();
    assertThat(refusal(file, null)).contains("timestamp");
  }

  @Test
  void whatIsNotWhatItIsCalledIsNamed() throws IOException {
    byte[] csv = csv(0, 9).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(csv);
    }
    byte[] gzip = zipped.toByteArray();
    Path file = folder.resolve("rows.csv");
    Files.write(file, gzip);
    assertThat(refusal(file, null)).contains("is gzip, expected text");
    Files.write(file, Files.readAllBytes(parquet("p.parquet", "select 1 a, 2 label")));
    assertThat(refusal(file, null)).contains("is parquet, expected text");
    Files.write(file, csv(0, 9).getBytes(StandardCharsets.UTF_16));
    assertThat(refusal(file, null)).contains("is UTF-16, expected text");
    Files.write(file, csv(0, 9).getBytes(StandardCharsets.UTF_16LE));
    assertThat(refusal(file, null)).contains("UTF-16");
    Files.write(file, "größe,label\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal(file, null)).contains("the header is not UTF-8");
    for (String separator : List.of(";", "\t", "|")) {
      Files.writeString(file, csv(0, 9).replace(",", separator));
      assertThat(refusal(file, null)).contains("separator").contains("(--delimiter)");
    }
    Path gz = Files.write(folder.resolve("rows.csv.gz"), csv);
    assertThat(refusal(gz, null)).contains("is no gzip file");
    Files.write(gz, gzip);
    assertThat(read(gz, null).rows()).isEqualTo(9);
    Path members = folder.resolve("members.csv.gz");
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(gzip);
    try (OutputStream out = new GZIPOutputStream(two)) {
      out.write("9,0\n10,1\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(members, two.toByteArray());
    assertThat(read(members, null).rows()).isEqualTo(11);
    Files.write(gz, Arrays.copyOf(gzip, gzip.length - 12));
    assertThat(refusal(gz, null)).contains("rows.csv.gz: cannot be read");
  }

  /** The whole of it would be gigabytes. */
  @Test
  void aLineThatDoesNotEndIsRefused() throws IOException {
    for (String begin : List.of("", "a,label\n1,2\n", "a,label\n\"")) {
      Path gz = folder.resolve("rows.csv.gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
        out.write(begin.getBytes(StandardCharsets.UTF_8));
        byte[] piece = new byte[1 << 16];
        Arrays.fill(piece, (byte) '1');
        for (int k = 0; k < 300; k++) {
          out.write(piece);
        }
      }
      assertThat(refusal(gz, null)).contains("is longer than 16777216 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000001", "30000000", "2147483647", "99999999999999999999"})
  void anIndexBeyondAnySolveIsRefused(String index) throws IOException {
    Path file = Files.writeString(folder.resolve("x.libsvm"), "-1 1:1\n1 " + index + ":2\n");
    assertThat(refusal(file, null)).contains("row 2 has '" + index + ":2', expected an index");
  }

  @Test
  void rowsOfZerosWithoutLabelsAreNotGuessed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.libsvm"), "1:1 2:1\n\n1:2\n");
    Source source = Source.open("--input", file.toString(), null, new Configuration());
    TableReader reader = new TableReader(SharedSpark.session());
    assertThatThrownBy(() -> reader.read(source, new Columns(List.of("a", "b"), null)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("row 2 has no label beside a blank line");
  }

  @Test
  void aFileThatMayNotBeReadIsRefused(SparkSession spark) throws IOException {
    Path link = folder.resolve("rows.csv");
    Files.createSymbolicLink(link, folder.resolve("gone.csv"));
    assertThat(refusal(link, null)).contains("no such file");
    for (String name :
        List.of("s9a://b/x.csv", "http://127.0.0.1:1/x.csv", "hdfs:///x.csv", "x:1.csv")) {
      assertThatThrownBy(() -> Source.open("--input", name, null, new Configuration()))
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("--input " + name + ": ");
    }
  }
}
