package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.io.durable.Resealed;
import org.relupath.spark.run.ExitStatus;

/** Run folders that are not what a run left: refused in one line, whatever is wrong with them. */
@ExtendWith(SharedSpark.class)
class ChangedRunTest extends RunFolderCase {
  private static final long SEED = 11;

  @BeforeEach
  void run() {
    String[] few = {"--gates", "20", "--lambdas", "4", "--valid-fraction", "0.2"};
    List<String> args = new ArrayList<>(List.of("--input", input.toString()));
    args.addAll(List.of(few));
    done(run("path", "path", args.toArray(new String[0])));
  }

  private Path copy() throws IOException {
    Path copy = folder.resolve("changed");
    FileUtil.fullyDelete(copy.toFile());
    copy(folder.resolve("path"), copy);
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path one : walk.toList()) {
        Files.copy(one, to.resolve(from.relativize(one)));
      }
    }
  }

  private static Path part(Path table) throws IOException {
    try (Stream<Path> parts = Files.list(table)) {
      return parts.filter(one -> one.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private CommandRun predict(String... more) {
    List<String> args =
        new ArrayList<>(List.of("--run", at("changed"), "--input", input.toString()));
    args.addAll(List.of(more));
    return run("predict", "x", args.toArray(new String[0]));
  }

  /** At a lambda between the first two. */
  private CommandRun interpolate() {
    double lambda =
        (Double.parseDouble(csv("path/path.csv").get(0).get("lambda"))
                + Double.parseDouble(csv("path/path.csv").get(1).get("lambda")))
            / 2;
    return predict("--lambda", String.valueOf(lambda));
  }

  private CommandRun prune() {
    return run("prune", "x", "--run", at("changed"), "--lambda-index", "3");
  }

  private void refused(CommandRun run, String problem) {
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine())
        .startsWith("relupath: --run " + at("changed") + ": ")
        .contains(problem);
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void copiesOfARunAndOfItsBestAreRuns() throws IOException {
    copy();
    done(interpolate());
    FileUtil.fullyDelete(folder.resolve("x").toFile());
    FileUtil.fullyDelete(folder.resolve("changed").toFile());
    copy(folder.resolve("path/best"), folder.resolve("changed"));
    Files.writeString(folder.resolve("changed/notes.txt"), "mine");
    done(run("prune", "x", "--run", at("changed")));
    FileUtil.fullyDelete(folder.resolve("changed").toFile());
    copy(folder.resolve("x/minimal"), folder.resolve("changed"));
    done(run("optimal-set", "y", "--run", at("changed")));
  }

  @Test
  void filesThatAreNotTheRunsOwnAreRefused() throws IOException {
    Path run = copy();
    Files.writeString(
        run.resolve("resolved.conf"),
        Files.readString(run.resolve("resolved.conf")).replace("\"sum\"", "\"mean\""));
    refused(prune(), "resolved.conf is not what the run wrote");
    run = copy();
    Path summary = run.resolve("best/summary.json");
    Files.writeString(summary, Files.readString(summary).replaceFirst("[1-8]", "9"));
    refused(interpolate(), "best/summary.json is not what the run wrote");
    run = copy();
    Path table = run.resolve("coefficients.parquet");
    byte[] torn = Files.readAllBytes(part(table));
    torn[torn.length / 2] ^= 1;
    Files.write(part(table), torn);
    refused(interpolate(), "coefficients.parquet/part-");
    run = copy();
    Files.write(part(run.resolve("coefficients.parquet")), new byte[0]);
    refused(interpolate(), "is not what the run wrote");
    run = copy();
    Files.delete(part(run.resolve("best/blocks.parquet")));
    refused(predict(), "lacks best/blocks.parquet/part-");
    run = copy();
    Files.copy(part(run.resolve("path.parquet")), run.resolve("path.parquet/part-1.parquet"));
    refused(prune(), "holds path.parquet/part-1.parquet, which is no part of the run");
    run = copy();
    Path manifest = run.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"seed\" : 1", "\"seed\" : 2"));
    refused(predict(), "manifest.json is not as relupath wrote it");
    refused(
        run("audit", "x", "--run", at("changed"), "--input", input.toString()),
        "manifest.json is not as relupath wrote it");
    run = copy();
    Files.delete(run.resolve("manifest.json"));
    refused(predict(), "holds no manifest.json");
    Files.writeString(
        run.resolve("manifest.json"),
        "{\"format\": \"relupath-manifest\", \"version\": 1, \"command\": \"path\"}");
    refused(predict(), "is of version 1, which lists no files: make the result anew, with 'path");
  }

  /** What a file could hold with a manifest that agrees. */
  @Test
  void malformedSettingsAreRefused() throws IOException {
    String text = Files.readString(folder.resolve("path/resolved.conf"));
    String[][] cases = {
      {text.lines().limit(3).reduce("", (a, b) -> a + b + "\n"), "resolved.conf lacks "},
      {text + "seed = ${NOPE}\n", "resolved.conf is not a configuration"},
      {text + "include url(\"http://127.0.0.1:9/x\")\n", "resolved.conf is not a configuration"},
      {text + "include \"/etc/passwd\"\n", "resolved.conf is not a configuration"},
      {text + "seed = {\n", "resolved.conf is not a configuration"},
      {"", "resolved.conf lacks "},
    };
    for (String[] one : cases) {
      Path run = copy();
      Files.writeString(run.resolve("resolved.conf"), one[0]);
      Resealed.seal(run);
      refused(prune(), one[1]);
    }
  }

  /** Every change to every number of every file is refused, or does no harm. */
  @Test
  void malformedFilesNeverEndInAFailure() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> files =
        List.of("best/summary.json", "best/network.json", "bound.csv", "manifest.json");
    for (String file : files) {
      for (int k = 0; k < 8; k++) {
        Path run = copy();
        Path changed = run.resolve(file);
        String text = Files.readString(changed);
        String mutant = file.endsWith(".csv") ? cells(text, random) : tree(text, random);
        mutant = random.nextInt(6) == 0 ? cut(text, random) : mutant;
        Files.writeString(changed, mutant);
        if (!file.equals("manifest.json")) {
          Resealed.seal(run);
        }
        CommandRun outcome =
            k % 3 == 0
                ? run("audit", "x", "--run", at("changed"), "--input", input.toString())
                : interpolate();
        assertNoFailure(outcome, "seed " + SEED + " " + file + " " + k + ": " + mutant);
      }
    }
  }

  private void assertNoFailure(CommandRun outcome, String what) {
    assertThat(outcome.status())
        .as(what + outcome.err())
        .isIn(ExitStatus.DONE, ExitStatus.REFUSED, ExitStatus.NOT_CONVERGED);
    if (outcome.status() == ExitStatus.REFUSED) {
      assertThat(outcome.errorLine())
          .as(what)
          .hasSizeLessThan(600)
          .doesNotContain("Exception")
          .doesNotContain("java.");
    }
    FileUtil.fullyDelete(folder.resolve("x").toFile());
  }

  private static String cut(String text, SplittableRandom random) {
    return text.substring(0, random.nextInt(text.length()));
  }

  /** Changes a cell. */
  private static String cells(String text, SplittableRandom random) {
    String[] lines = text.split("\n");
    int line = random.nextInt(lines.length);
    String[] cells = lines[line].split(",", -1);
    String[] values = {"", "NaN", "-1", "1e400", "x", "0", "1,2"};
    cells[random.nextInt(cells.length)] = values[random.nextInt(values.length)];
    lines[line] = String.join(",", cells);
    return String.join("\n", lines) + "\n";
  }

  /** Changes a value, wherever it is in the tree, or takes it out. */
  private static String tree(String text, SplittableRandom random) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode root = json.readTree(text);
    JsonNode at = root;
    while (true) {
      List<String> names = new ArrayList<>();
      at.fieldNames().forEachRemaining(names::add);
      int k = random.nextInt(at.size());
      JsonNode next = at.isObject() ? at.get(names.get(k)) : at.get(k);
      if (next.size() > 0 && random.nextInt(3) > 0) {
        at = next;
        continue;
      }
      String[] values = {
        "null",
        "\"NaN\"",
        "-1",
        "1e400",
        "\"\"",
        "[]",
        "{}",
        "true",
        "0",
        "0.5",
        "99999999999",
        "[".repeat(1500) + "]".repeat(1500)
      };
      String value = values[random.nextInt(values.length)];
      String mark = "\"MUTANT\"";
      if (at instanceof ObjectNode object) {
        if (random.nextInt(5) == 0) {
          object.remove(names.get(k));
        } else {
          object.put(names.get(k), "MUTANT");
        }
      } else {
        ((ArrayNode) at).set(k, json.getNodeFactory().textNode("MUTANT"));
      }
      return root.toString().replace(mark, value);
    }
  }

  /** Every column of every table: gone, of another type, missing values, numbers out of range. */
  @Test
  void malformedTablesNeverEndInAFailure(SparkSession spark) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (String table : List.of("coefficients.parquet", "best/blocks.parquet", "path.parquet")) {
      Dataset<Row> whole = spark.read().parquet(at("path/" + table));
      List<String> columns =
          table.equals("path.parquet") ? List.of("index", "lambda") : List.of(whole.columns());
      for (String column : columns) {
        List<Dataset<Row>> mutants = new ArrayList<>(mutants(whole, column));
        // Two of them: together they are enough to find a reader that believes.
        while (mutants.size() > 2) {
          mutants.remove(random.nextInt(mutants.size()));
        }
        for (Dataset<Row> mutant : mutants) {
          Path run = copy();
          FileUtil.fullyDelete(run.resolve(table).toFile());
          mutant.coalesce(1).write().parquet(run.resolve(table).toString());
          try (Stream<Path> sums = Files.list(run.resolve(table))) {
            for (Path sum : sums.filter(one -> one.toString().endsWith(".crc")).toList()) {
              Files.delete(sum);
            }
          }
          Resealed.seal(run);
          String what =
              "seed "
                  + SEED
                  + " "
                  + table
                  + " "
                  + column
                  + ": "
                  + mutant.schema().simpleString()
                  + " ";
          assertNoFailure(table.startsWith("coefficients") ? interpolate() : prune(), what);
        }
      }
    }
  }

  private static List<Dataset<Row>> mutants(Dataset<Row> whole, String column) {
    List<Dataset<Row>> mutants = new ArrayList<>();
    String type = whole.schema().apply(column).dataType().simpleString();
    mutants.add(whole.drop(column));
    mutants.add(whole.withColumn(column, functions.lit("x")));
    mutants.add(whole.withColumn(column, functions.lit(null).cast(type)));
    List<Column> values =
        switch (type) {
          case "int" -> List.of(functions.lit(-1), functions.lit(1_000_000));
          case "double" -> List.of(functions.lit(Double.NaN), functions.lit(-1.0));
          case "array<double>" ->
              List.of(
                  functions.array(),
                  functions.transform(functions.col(column), v -> functions.lit(Double.NaN)),
                  functions.transform(
                      functions.col(column), v -> functions.lit(null).cast("double")));
          default -> List.<Column>of();
        };
    values.forEach(value -> mutants.add(whole.withColumn(column, value.cast(type))));
    return mutants;
  }
}
