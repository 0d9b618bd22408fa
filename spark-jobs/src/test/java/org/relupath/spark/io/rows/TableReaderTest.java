package org.relupath.spark.io.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Observations;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;

@ExtendWith(SharedSpark.class)
class TableReaderTest {
  @TempDir Path folder;

  private static Observations read(
      SparkSession spark, Path path, TableFormat format, List<String> features, String label) {
    Source source = Source.open("--input", path.toString(), format, new Configuration());
    TableReader reader = new TableReader(spark);
    return reader.read(source, reader.columns(source, ColumnChoice.numbers(features, label)));
  }

  private static Observations read(SparkSession spark, Path path) {
    return read(spark, path, null, List.of(), "label");
  }

  /** A csv of n rows whose first feature is the row's number. */
  private static String csv(int from, int to) {
    StringBuilder text = new StringBuilder("a,b,label\n");
    SplittableRandom random = new SplittableRandom(7);
    for (int r = from; r < to; r++) {
      text.append(r).append(',').append(random.nextDouble() - 0.5).append(',');
      text.append(r % 2 == 0 ? 1 : -1).append('\n');
    }
    return text.toString();
  }

  @Test
  void theSameRowsInEveryFormat(SparkSession spark) throws IOException {
    Path csv = Files.writeString(folder.resolve("rows.csv"), csv(0, 200));
    Path gz = folder.resolve("rows.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write(Files.readAllBytes(csv));
    }
    Observations expected = read(spark, csv);
    assertThat(expected.rows()).isEqualTo(200);
    assertThat(expected.inputs()).containsExactly("a", "b");

    Path parquet = folder.resolve("rows.parquet");
    spark
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(csv.toString())
        .coalesce(1)
        .write()
        .parquet(parquet.toString());

    StringBuilder sparse = new StringBuilder();
    for (int r = 0; r < 200; r++) {
      sparse.append(expected.targets()[r] > 0 ? "+1" : "-1");
      if (expected.features().get(r, 0) != 0) {
        sparse.append(" 1:").append(expected.features().get(r, 0));
      }
      sparse.append(" 2:").append(expected.features().get(r, 1)).append(" # row\n");
    }
    Path libsvm = Files.writeString(folder.resolve("rows.libsvm"), sparse);

    assertSame(read(spark, gz), expected);
    assertSame(read(spark, parquet), expected);
    Observations fromLibsvm = read(spark, libsvm);
    assertThat(fromLibsvm.inputs()).containsExactly("x1", "x2");
    assertThat(fromLibsvm.features()).isEqualTo(expected.features());
    assertThat(fromLibsvm.targets()).isEqualTo(expected.targets());
    assertThat(Fingerprint.of(read(spark, parquet))).isEqualTo(Fingerprint.of(expected));
  }

  @Test
  void orderIsThatOfTheFileWhateverThePartitions(SparkSession spark) throws IOException {
    Path csv = Files.writeString(folder.resolve("rows.csv"), csv(0, 3000));
    Observations whole = read(spark, csv);
    SparkSession split = spark.newSession();
    split.conf().set("spark.sql.files.maxPartitionBytes", 4096L);
    split.conf().set("spark.sql.files.openCostInBytes", 1L);
    assertSame(read(split, csv), whole);
    for (int r = 0; r < 3000; r++) {
      assertThat(whole.features().get(r, 0)).isEqualTo(r);
    }
  }

  @Test
  void aFolderIsReadByFileNameThenPosition(SparkSession spark) throws IOException {
    Path parts = Files.createDirectory(folder.resolve("parts"));
    // The largest file last by name: Spark plans the largest first.
    Files.writeString(parts.resolve("part-0.csv"), csv(0, 5));
    Files.writeString(parts.resolve("part-1.csv"), csv(5, 50));
    Files.writeString(parts.resolve("part-2.csv"), csv(50, 400));
    Files.writeString(parts.resolve("_SUCCESS"), "");
    Observations rows = read(spark, parts, TableFormat.CSV, List.of(), "label");
    assertThat(rows.rows()).isEqualTo(400);
    for (int r = 0; r < 400; r++) {
      assertThat(rows.features().get(r, 0)).isEqualTo(r);
    }
  }

  @Test
  void quotesBlanksCarriageReturnsAndMarks(SparkSession spark) throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("odd.csv"),
            "\uFEFF\"a,1\", b ,label\r\n\"1.5\", 2e3 ,+1\r\n\r\n-.5,0,-1\r\n");
    Observations rows = read(spark, csv);
    assertThat(rows.inputs()).containsExactly("a,1", "b");
    assertThat(rows.features().values()).containsExactly(1.5, 2000, -0.5, 0);
    assertThat(rows.targets()).containsExactly(1, -1);
  }

  @Test
  void selectsFeaturesByNameInTheirOrder(SparkSession spark) throws IOException {
    Path csv = Files.writeString(folder.resolve("wide.csv"), "a,text,b,label\n1,x,2,3\n4,y,5,6\n");
    Observations rows = read(spark, csv, null, List.of("b", "a"), "label");
    assertThat(rows.inputs()).containsExactly("b", "a");
    assertThat(rows.features().values()).containsExactly(2, 1, 5, 4);
    Observations unlabelled = read(spark, csv, null, List.of("a"), null);
    assertThat(unlabelled.targets()).isEmpty();
  }

  @Test
  void parquetWithNullsOrTextIsRefused(SparkSession spark) {
    Path nulls = folder.resolve("nulls.parquet");
    spark
        .sql("select 1.0 as a, 1 as label union all select cast(null as double), 2")
        .coalesce(1)
        .write()
        .parquet(nulls.toString());
    assertThatThrownBy(() -> read(spark, nulls))
        .isInstanceOf(BadInputException.class)
        .hasMessageEndingWith(
            "row 2 column 'a' is null, expected a value (--missing mean or median fills features)");

    Path text = folder.resolve("text.parquet");
    spark.sql("select 'x' as a, 1 as label").write().parquet(text.toString());
    assertThatThrownBy(() -> read(spark, text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("column 'a' is of type string");
  }

  @Test
  void aFileThatIsNoParquetIsRefused(SparkSession spark) throws IOException {
    Path fake = Files.writeString(folder.resolve("fake.parquet"), "a,b\n1,2\n");
    assertThatThrownBy(() -> read(spark, fake))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is no parquet file");
  }

  @Test
  void malformedLibsvmIsRefused(SparkSession spark) throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.libsvm"), "1 1:2 2:3\n-1 2:1 1:4\n");
    assertThatThrownBy(() -> read(spark, bad))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("row 2 has '1:4'");
    Path nan = Files.writeString(folder.resolve("nan.libsvm"), "1 1:2\n-1 1:nan\n");
    assertThatThrownBy(() -> read(spark, nan))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("row 2 column 'x1'");
  }

  private static void assertSame(Observations actual, Observations expected) {
    assertThat(actual.inputs()).isEqualTo(expected.inputs());
    assertThat(actual.features()).isEqualTo(expected.features());
    assertThat(actual.targets()).isEqualTo(expected.targets());
  }
}
