package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.Teacher;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.run.ExitStatus;

/**
 * Commands over generated rows of four features, and what they leave in folders of one folder.
 *
 * @param folder of the rows and of all results
 * @param n rows
 */
record RowRuns(Path folder, int n) {
  private static final int FEATURES = 4;
  private static final int SEED = 11;
  private static final double NOISE = 0.2;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Generates the rows. */
  static RowRuns generated(Path folder, int n) {
    SharedSpark.session();
    RowRuns runs = new RowRuns(folder, n);
    String[] size = {"--rows", "" + n, "--feature-count", "" + FEATURES, "--teacher-neurons", "3"};
    CommandRun run =
        runs.run("generate", "teacher", size, "--noise", "" + NOISE, "--seed", "" + SEED);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return runs;
  }

  String rows() {
    return folder.resolve("teacher/rows.parquet").toString();
  }

  /** Runs a command that leaves its results under a name. */
  CommandRun run(String command, String name, String[] some, String... more) {
    String[] begin = {command, "--output", folder.resolve(name).toString()};
    return CommandRun.of(
        Stream.of(begin, some, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  /** The summary of a command that is done without a word on standard error. */
  JsonNode done(String command, String name, String[] some, String... more) throws IOException {
    CommandRun run = run(command, name, some, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return json(name + "/summary.json");
  }

  JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  void assertRefused(CommandRun run, String name, String expected) {
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains(expected);
    assertThat(folder.resolve(name)).doesNotExist();
  }

  /** A column of path.csv, as text. */
  String[] texts(String name, String column) throws IOException {
    int place = PathRow.COLUMNS.indexOf(column);
    return Files.readAllLines(folder.resolve(name).resolve("path.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1)[place])
        .toArray(String[]::new);
  }

  double[] column(String name, String column) throws IOException {
    return Arrays.stream(texts(name, column)).mapToDouble(Double::parseDouble).toArray();
  }

  /** Two paths are the same to the last byte, but for the time that they took. */
  void assertSameBytes(String one, String other) throws IOException {
    assertThat(withoutSeconds(one)).isEqualTo(withoutSeconds(other));
    for (String file : List.of("best/network.json", "report.html", "best/report.html")) {
      assertThat(folder.resolve(one).resolve(file))
          .hasSameTextualContentAs(folder.resolve(other).resolve(file));
    }
  }

  private List<String> withoutSeconds(String name) throws IOException {
    int seconds = PathRow.COLUMNS.indexOf("seconds");
    try (Stream<String> lines = Files.lines(folder.resolve(name).resolve("path.csv"))) {
      return lines
          .map(
              line -> {
                String[] cells = line.split(",", -1);
                cells[seconds] = "";
                return String.join(",", cells);
              })
          .toList();
    }
  }

  Network network(String name) throws IOException {
    return NetworkFile.read(Files.readString(folder.resolve(name).resolve("best/network.json")));
  }

  /** Half the squared error of a network, on the rows as their teacher makes them. */
  double loss(Network network) {
    Teacher teacher = Teacher.draw(SEED, FEATURES, 3);
    double loss = 0;
    for (int r = 0; r < n; r++) {
      double[] row = teacher.row(r, NOISE);
      Matrix features = new Matrix(1, FEATURES, Arrays.copyOf(row, FEATURES));
      double u = row[FEATURES] - network.predict(features)[0];
      loss += 0.5 * u * u;
    }
    return loss;
  }

  List<Row> blocks(String name) {
    return SharedSpark.session()
        .read()
        .parquet(folder.resolve(name).resolve("best/blocks.parquet").toString())
        .collectAsList();
  }

  /**
   * ||v_b|| of every block is at most lambda, and of active ones lambda, but for a share of it.
   *
   * @return how many blocks are active
   */
  static int active(List<Row> blocks, double lambda, double share) {
    int active = 0;
    for (Row block : blocks) {
      double norm = block.getDouble(block.fieldIndex("vNormUpper"));
      assertThat(norm).isBetween(0.0, lambda * (1 + share));
      if (block.<Double>getList(block.fieldIndex("w")).stream().anyMatch(value -> value != 0)) {
        assertThat(norm).isGreaterThan(lambda * (1 - share));
        active++;
      }
    }
    return active;
  }
}
