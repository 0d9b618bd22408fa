package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** Runs of several outputs, beside runs of one output each. */
abstract class OutputsCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is of a run and not of its rows: when it was, and where. */
  private static final Set<String> OWN = Set.of("seconds", "configHash", "files", "hash");

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  /** Rows of two features, and a label that depends on where they are: one class a third. */
  Path classes(String name, int n, long seed, String... labels) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < n; r++) {
      double a = 2 * random.nextDouble() - 1;
      double b = 10 + 3 * random.nextDouble();
      double at = (Math.abs(a) + 0.3 * (b - 10) + 0.3 * random.nextDouble()) / 2.2;
      String label = labels[(int) Math.min(labels.length - 1, at * labels.length)];
      text.append(a).append(',').append(b).append(',').append(label).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  CommandRun run(String command, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--output", at(output)));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  CommandRun done(String command, String output, String... more) {
    CommandRun run = run(command, output, more);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return run;
  }

  /** The one line of a command that is refused and leaves nothing. */
  String refused(String command, String... more) {
    CommandRun run = run(command, "never", more);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.REFUSED);
    assertThat(folder.resolve("never")).doesNotExist();
    return run.errorLine();
  }

  static String[] with(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }

  String at(String name) {
    return folder.resolve(name).toString();
  }

  JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  List<String[]> csv(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .map(line -> line.split(",", -1))
        .toList();
  }

  /** The lines of a csv with nothing in its column of seconds. */
  List<String> withoutSeconds(String file) throws IOException {
    List<String[]> lines = csv(file);
    int seconds = Arrays.asList(lines.get(0)).indexOf("seconds");
    return lines.stream()
        .map(
            line -> {
              if (seconds >= 0) {
                line[seconds] = "";
              }
              return String.join(",", line);
            })
        .toList();
  }

  /** Every file of a folder is that of another, but for when and where the runs were. */
  void sameFolder(String own, String alone) throws IOException {
    assertThat(files(own)).isEqualTo(files(alone));
    for (String file : files(alone)) {
      String one = own + "/" + file;
      String other = alone + "/" + file;
      if (file.endsWith(".parquet")) {
        assertThat(table(one)).as(file).isEqualTo(table(other));
      } else if (file.endsWith(".csv")) {
        assertThat(withoutSeconds(one)).as(file).isEqualTo(withoutSeconds(other));
      } else if (file.endsWith(".json") && !file.endsWith("network.json")) {
        assertThat(plain(json(one))).as(file).isEqualTo(plain(json(other)));
      } else if (file.endsWith(".conf")) {
        assertThat(keys(one)).as(file).isEqualTo(keys(other));
      } else {
        assertThat(folder.resolve(one)).as(file).hasSameBinaryContentAs(folder.resolve(other));
      }
    }
  }

  private static JsonNode plain(JsonNode node) {
    return node instanceof ObjectNode object ? object.remove(OWN) : node;
  }

  /** The keys of a resolved.conf, whether options gave them as texts or not. */
  private List<String> keys(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .filter(line -> !line.startsWith("output = "))
        .map(line -> line.replaceAll("[\\\\\"\\[\\]]", "").replaceFirst("(= -?[0-9]+)\\.0$", "$1"))
        .toList();
  }

  /** Names of files; a parquet folder is one. */
  private Set<String> files(String of) throws IOException {
    Path top = folder.resolve(of);
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isRegularFile)
          .map(file -> top.relativize(file).toString().replaceFirst("\\.parquet/.*", ".parquet"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  List<String> table(String file) {
    return SharedSpark.session().read().parquet(at(file)).drop("seconds").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }
}
