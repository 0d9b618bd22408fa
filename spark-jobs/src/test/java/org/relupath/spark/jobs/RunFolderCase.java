package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.run.ExitStatus;

/** Runs of fit and path on few rows, and the commands that go on from them. */
abstract class RunFolderCase {
  @TempDir Path folder;
  Path input;
  Path test;

  @BeforeEach
  void write(SparkSession spark) throws IOException {
    input = rows("rows.csv", 14, 5);
    test = rows("test.csv", 30, 6);
  }

  /** The label is a function of the features on any rows: two lines that meet, and noise. */
  Path rows(String name, int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < count; r++) {
      double a = 2 * random.nextDouble() - 1;
      double b = 2 * random.nextDouble() - 1;
      double label = Math.abs(a) - 0.5 * b + 0.2 * random.nextDouble();
      text.append(a).append(',').append(b).append(',').append(label).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  CommandRun run(String command, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  void done(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }

  void fit(String output, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", input.toString()));
    args.addAll(List.of("--test", test.toString(), "--gates", "400", "--intercept", "false"));
    args.addAll(List.of(more));
    done(run("fit", output, args.toArray(new String[0])));
  }

  void path(String output, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", input.toString()));
    args.addAll(List.of("--gates", "100", "--lambdas", "5", "--lambda-min-ratio", "0.05"));
    args.addAll(List.of(more));
    done(run("path", output, args.toArray(new String[0])));
  }

  String at(String name) {
    return folder.resolve(name).toString();
  }

  JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  List<Map<String, String>> csv(String file) {
    return CsvRows.of(folder.resolve(file));
  }

  List<Double> predictions(String output) {
    return csv(output + "/predictions.csv").stream()
        .map(row -> Double.parseDouble(row.get("prediction")))
        .toList();
  }

  static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
