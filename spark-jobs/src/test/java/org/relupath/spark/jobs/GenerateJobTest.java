package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Observations;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.Teacher;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.io.rows.ColumnChoice;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableFormat;
import org.relupath.spark.io.rows.TableReader;
import org.relupath.spark.run.ExitStatus;

/** Generated rows are those of their seed and number, in either format. */
class GenerateJobTest {
  private static final int ROWS = 3000;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  private CommandRun generate(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("generate", "--rows", "" + ROWS));
    args.addAll(List.of("--feature-count", "3", "--teacher-neurons", "2", "--noise", "0.5"));
    args.addAll(List.of("--output", folder.resolve(name).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  @ParameterizedTest
  @CsvSource({"parquet, rows.parquet", "csv, rows.csv"})
  void rowsAreTheTeachers(String format, String name) throws IOException {
    CommandRun run = generate("data", "--format", format, "--seed", "4", "--label", "y");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .startsWith("3000 rows of 3 features, a teacher of 2 neurons, noise 0.5\n");
    TableReader reader = new TableReader(SharedSpark.session());
    Source source =
        Source.open(
            "--input",
            folder.resolve("data").resolve(name).toString(),
            TableFormat.valueOf(format.toUpperCase(java.util.Locale.ROOT)),
            new Configuration());
    Observations rows =
        reader.read(source, reader.columns(source, ColumnChoice.numbers(List.of(), "y")));
    assertThat(rows.inputs()).containsExactly("x1", "x2", "x3");
    assertThat(rows.rows()).isEqualTo(ROWS);
    Teacher teacher = Teacher.draw(4, 3, 2);
    for (int r = 0; r < ROWS; r++) {
      double[] row = teacher.row(r, 0.5);
      assertThat(rows.features().row(r)).isEqualTo(Arrays.copyOf(row, 3));
      assertThat(rows.targets()[r]).isEqualTo(row[3]);
    }
    Network network =
        NetworkFile.read(Files.readString(folder.resolve("data").resolve("teacher.json")));
    assertThat(network.hidden()).isEqualTo(teacher.hidden());
    assertThat(folder.resolve("data/manifest.json")).content().contains("\"output\" : 3000");
  }

  @ParameterizedTest
  @CsvSource({
    "rows, 0, a whole number of at least 1",
    "feature-count, 0, a whole number",
    "teacher-neurons, many, a whole number",
    "noise, -0.1, a number of at least 0",
    "format, libsvm, parquet (auto) or csv",
    "label, x2, not one of x1"
  })
  void valuesOutOfRangeAreRefused(String key, String value, String expected) {
    CommandRun run =
        CommandRun.of("generate", "--" + key, value, "--output", "" + folder.resolve("no"));
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("--" + key + ": '" + value + "'").contains(expected);
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void anOutputThatExistsIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    CommandRun run = generate("data");
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("exists");
  }
}
