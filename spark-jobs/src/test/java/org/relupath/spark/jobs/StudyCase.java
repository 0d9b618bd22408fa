package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.spark.SharedSpark;

/**
 * A study so small that it takes seconds: 2 data sets x 2 models x 2 seeds x 2 folds x 10 lambdas.
 *
 * @param folder where its files are
 * @param conf its configuration
 */
record StudyCase(Path folder, Path conf) {
  static final int LAMBDAS = 10;
  static final List<String> DATA_SETS = List.of("line", "sides");

  /** Writes rows and configuration. */
  static StudyCase in(Path folder) throws IOException {
    Files.writeString(folder.resolve("sides.csv"), rows(3, 44, true));
    Files.writeString(folder.resolve("line.csv"), rows(2, 37, false));
    String text =
        """
        datasets {
          sides { input = "%s/sides.csv" }
          line { input = "%s/line.csv", label = target }
        }
        models = [relu, gated]
        gate-counts = [12]
        seeds = [3, 4]
        folds = 2
        lambdas = %d
        tolerance = 1e-6
        """
            .formatted(folder, folder, LAMBDAS);
    return new StudyCase(folder, Files.writeString(folder.resolve("study.conf"), text));
  }

  /** Rows drawn by a seed of their own; a label of two values, or any. */
  private static String rows(int features, int rows, boolean two) {
    SplittableRandom random = new SplittableRandom(17 * features + rows);
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < features; k++) {
      text.append("x").append(k).append(',');
    }
    text.append(two ? "label\n" : "target\n");
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int k = 0; k < features; k++) {
        double x = random.nextInt(-40, 41) / 8.0;
        sum += Math.abs(x - 1);
        text.append(x).append(',');
      }
      double value = sum - 2.5 * features + random.nextDouble();
      text.append(two ? (value > 0 ? "1" : "0") : Double.toString(value)).append('\n');
    }
    return text.toString();
  }

  /** Arguments of the command. */
  String[] args(String output, String... more) {
    List<String> args = new ArrayList<>(List.of("study", "--config", conf.toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of(more));
    return args.toArray(new String[0]);
  }

  /** Runs the command on the tests' session. */
  CommandRun run(String output, String... more) {
    return CommandRun.of(args(output, more));
  }

  /** The rows of one of its data sets. */
  Observations observations(String name) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(name + ".csv"));
    List<String> header = List.of(lines.get(0).split(","));
    int d = header.size() - 1;
    double[][] cells =
        lines.stream()
            .skip(1)
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    return new Observations(
        header.subList(0, d),
        Matrix.ofRows(
            Arrays.stream(cells).map(row -> Arrays.copyOf(row, d)).toArray(double[][]::new)),
        Arrays.stream(cells).mapToDouble(row -> row[d]).toArray());
  }

  /** Writes rows as a file of their own, the label last. */
  static Path write(Path file, Observations rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(String.join(",", rows.inputs()) + ",label"));
    for (int r = 0; r < rows.rows(); r++) {
      StringBuilder line = new StringBuilder();
      for (double value : rows.features().row(r)) {
        line.append(value).append(',');
      }
      lines.add(line.append(rows.targets()[r]).toString());
    }
    return Files.write(file, lines);
  }

  /** Asserts that resolved.conf of a study makes it again, and its files. */
  void assertRepeatable(String output) throws IOException {
    String resolved = folder.resolve(output + "/resolved.conf").toString();
    String repeated = folder.resolve(output + "-repeated").toString();
    CommandRun again = CommandRun.of("study", "--config", resolved, "--output", repeated);
    assertThat(again.err()).isEmpty();
    assertContents(output + "-repeated", contents(output));
  }

  /** The folder in which an unfinished study is. */
  Path unfinished(String output) {
    return folder.resolve("." + output + ".unfinished");
  }

  /** The stored units of an unfinished study, in alphabetical order; it may be at work. */
  List<Path> units(String output) {
    File[] folders =
        unfinished(output).toFile().listFiles((folder, name) -> name.startsWith("units-"));
    return Stream.of(folders == null ? new File[0] : folders)
        .flatMap(folder -> Stream.of(folder.listFiles((in, name) -> !name.startsWith("."))))
        .map(File::toPath)
        .sorted()
        .toList();
  }

  /** All files of an output folder by name: texts without what tells times, parquet by its rows. */
  Map<String, String> contents(String output) throws IOException {
    Path root = folder.resolve(output);
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("_"))
          .forEach(
              file -> {
                boolean parquet = file.toString().endsWith(".parquet");
                Path named = parquet ? file.getParent() : file;
                contents.merge(root.relativize(named).toString(), content(file), String::concat);
              });
    }
    return contents;
  }

  /** Asserts that an output folder has these files, and nothing else. */
  void assertContents(String output, Map<String, String> expected) throws IOException {
    Map<String, String> actual = contents(output);
    assertThat(actual).containsOnlyKeys(expected.keySet());
    for (String name : expected.keySet()) {
      // Line by line, so that a difference can be seen.
      List<String> lines = actual.get(name).lines().toList();
      assertThat(lines).as(name).hasSameSizeAs(expected.get(name).lines().toList());
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i)).as(name).isEqualTo(expected.get(name).lines().toList().get(i));
      }
    }
  }

  private static String content(Path file) {
    try {
      String name = file.getFileName().toString();
      if (name.endsWith(".parquet")) {
        return String.join(
            "\n",
            SharedSpark.session()
                .read()
                .parquet(file.toString())
                .drop("seconds")
                .toJSON()
                .collectAsList());
      }
      String text = Files.readString(file);
      if (name.equals("summary.json") || name.equals("manifest.json")) {
        ObjectNode summary = (ObjectNode) new ObjectMapper().readTree(text);
        // Files have times in them, and parts of tables names of their own.
        summary.remove(List.of("seconds", "files", "hash"));
        return summary.toPrettyString();
      }
      return name.endsWith(".csv") ? withoutSeconds(text) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutSeconds(String csv) {
    List<String> header = Arrays.asList(csv.lines().findFirst().orElseThrow().split(","));
    int seconds = header.indexOf("seconds");
    return csv.lines()
        .map(line -> line.split(",", -1))
        .map(
            cells ->
                IntStream.range(0, cells.length)
                    .filter(k -> k != seconds)
                    .mapToObj(k -> cells[k])
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n"));
  }
}
