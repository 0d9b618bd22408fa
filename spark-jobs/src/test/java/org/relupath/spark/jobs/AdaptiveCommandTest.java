package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.run.ExitStatus;

/** {@code --gate-source adaptive} through the commands. */
class AdaptiveCommandTest {
  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    SharedSpark.session();
    SplittableRandom random = new SplittableRandom(23);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 26; r++) {
      double a = random.nextDouble(-1, 1);
      double b = random.nextDouble(-1, 1);
      text.append(a).append(',').append(b).append(',');
      text.append(Math.abs(a) - a * b + 0.1 * random.nextDouble()).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
  }

  private static CommandRun command(String command, String name, String... more) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--input", folder.resolve("rows.csv").toString()));
    args.addAll(List.of("--output", folder.resolve(name).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private static JsonNode run(String command, String name, String... more) throws IOException {
    CommandRun run = command(command, name, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return json(name + "/summary.json");
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private static JsonNode adaptive(String command, String name, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--gate-source", "adaptive"));
    args.addAll(Arrays.asList(more));
    return run(command, name, args.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void reachesTheOptimumOverAllPatternsWithFewOfThem(String model) throws IOException {
    JsonNode all = run("fit", "all-" + model, "--model", model, "--gate-source", "exhaustive");
    String lambda = all.get("lambda").asText();
    JsonNode few = adaptive("fit", "few-" + model, "--model", model, "--lambda", lambda);
    assertThat(few.get("objective").asDouble())
        .isCloseTo(all.get("objective").asDouble(), within(2e-6 * all.get("objective").asDouble()));
    assertThat(few.get("distinctPatterns").asInt())
        .isLessThan(all.get("distinctPatterns").asInt() / 3);
    JsonNode search = few.get("search");
    assertThat(search.get("searchedGap").asDouble()).isLessThanOrEqualTo(1e-6);
    assertThat(search.get("patterns").asText())
        .isEqualTo(model.equals("gated") ? "open-cells" : "all");
    assertThat(search.get("coordinates").asText()).isEqualTo("isotropic");
    assertThat(search.get("rank").asInt()).isEqualTo(few.get("d").asInt());
    assertThat(search.get("limitReached").asBoolean()).isFalse();
    JsonNode seconds = few.get("seconds");
    double parts = 0;
    for (String part : List.of("gatherSlide", "gatherSolve", "gatherSearch")) {
      parts += seconds.get(part).asDouble();
    }
    assertThat(seconds.get("gather").asDouble()).isCloseTo(parts, within(1e-9));
    assertThat(parts).isBetween(0.0, seconds.get("prepare").asDouble());
    assertThat(all.get("seconds").has("gather")).isFalse();
    assertThat(few.get("lambdaMax").asDouble())
        .isCloseTo(all.get("lambdaMax").asDouble(), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"relu, driver", "relu, gates", "relu, lambdas", "gated, gates"})
  void everyLambdaOfAPathIsCertifiedAndSearched(String model, String engine) throws IOException {
    String name = model + "-" + engine;
    JsonNode summary =
        adaptive("path", name, "--model", model, "--engine", engine, "--lambdas", "8");
    assertThat(summary.get("search").get("searchedGap").asDouble()).isLessThan(1e-5);
    List<String> lines = Files.readAllLines(folder.resolve(name).resolve("path.csv"));
    List<String> columns = Arrays.asList(lines.get(0).split(","));
    assertThat(lines).hasSize(9);
    for (String line : lines.subList(1, 9)) {
      String[] cells = line.split(",", -1);
      assertThat(cells[columns.indexOf("status")]).isEqualTo("optimal");
      assertThat(Double.parseDouble(cells[columns.indexOf("relativeGap")])).isLessThan(1e-8);
      assertThat(Double.parseDouble(cells[columns.indexOf("bestViolation")])).isLessThan(1.001);
    }
    double zero = Double.parseDouble(lines.get(1).split(",")[columns.indexOf("penalty")]);
    assertThat(zero).isZero();
  }

  @Test
  void aCertifiedPathIsCertifiedOverAllPatternsGathered() throws IOException {
    JsonNode summary =
        adaptive("path", "certified", "--certify", "1e-2", "--lambda-min-ratio", "0.05");
    assertThat(summary.get("certifiedGap").asDouble()).isLessThanOrEqualTo(1e-2);
    List<String> lines = Files.readAllLines(folder.resolve("certified").resolve("path.csv"));
    List<String> columns = Arrays.asList(lines.get(0).split(","));
    String[] top = lines.get(1).split(",", -1);
    assertThat(Double.parseDouble(top[columns.indexOf("lambda")]))
        .isGreaterThanOrEqualTo(summary.get("lambdaMax").asDouble() * (1 - 1e-12));
    assertThat(Double.parseDouble(top[columns.indexOf("bestViolation")])).isLessThan(1 + 1e-9);
    String lambda = lines.get(2).split(",")[columns.indexOf("lambda")];
    CommandRun scored =
        command(
            "predict",
            "between",
            "--run",
            folder.resolve("certified").toString(),
            "--lambda",
            String.valueOf(1.1 * Double.parseDouble(lambda)));
    assertThat(scored.err()).isEmpty();
    assertThat(scored.status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void theSearchIsTheSameWhereverItRuns() throws IOException {
    adaptive("path", "here", "--engine", "driver", "--lambdas", "5");
    adaptive("path", "again", "--engine", "driver", "--lambdas", "5");
    adaptive("path", "there", "--engine", "gates", "--lambdas", "5");
    assertThat(withoutSeconds("again")).isEqualTo(withoutSeconds("here"));
    assertThat(gates("there")).isEqualTo(gates("here")).hasSizeGreaterThan(10);
    assertThat(json("there/summary.json").get("lambdaMax"))
        .isEqualTo(json("here/summary.json").get("lambdaMax"));
  }

  /** The gates of the run's patterns, in their order. */
  private static List<List<Double>> gates(String name) {
    String blocks = folder.resolve(name).resolve("best/blocks.parquet").toString();
    return SharedSpark.session().read().parquet(blocks).collectAsList().stream()
        .map(row -> row.<Double>getList(row.fieldIndex("gate")).stream().toList())
        .toList();
  }

  private static List<String> withoutSeconds(String name) throws IOException {
    int seconds = PathRow.COLUMNS.indexOf("seconds");
    return Files.readAllLines(folder.resolve(name).resolve("path.csv")).stream()
        .map(
            line -> {
              List<String> cells = new ArrayList<>(Arrays.asList(line.split(",", -1)));
              cells.remove(seconds);
              return String.join(",", cells);
            })
        .toList();
  }

  @Test
  void laterCommandsGoOnFromItsPatterns() throws IOException {
    JsonNode fit = adaptive("fit", "base", "--lambda-ratio", "0.05");
    String base = folder.resolve("base").toString();
    CommandRun set = command("optimal-set", "set", "--run", base);
    assertThat(set.err()).isEmpty();
    assertThat(set.status()).isEqualTo(ExitStatus.DONE);
    JsonNode found = json("set/optimal-set.json");
    assertThat(found.get("smallestWidth").asInt()).isLessThanOrEqualTo(fit.get("neurons").asInt());
    assertThat(command("prune", "pruned", "--run", base).status()).isEqualTo(ExitStatus.DONE);
    assertThat(command("predict", "scores", "--run", base).status()).isEqualTo(ExitStatus.DONE);
    CommandRun audit = command("audit", "audited", "--run", base, "--gate-source", "adaptive");
    assertThat(audit.err()).isEmpty();
    JsonNode audited = json("audited/audit.json");
    assertThat(audited.get("gapToGlobal").asDouble()).isLessThan(2e-6);
    assertThat(audited.get("lowerBoundSource").asText()).isEqualTo("enumeration");
  }

  @Test
  void blocksThatShareARayAreOneNeuron() throws IOException {
    String[] options = {"--gate-source", "exhaustive", "--lambda-ratio", "0.05"};
    JsonNode fit = run("fit", "merged", options);
    JsonNode network = json("merged/network.json");
    assertThat(network.get("hidden").size()).isEqualTo(fit.get("neurons").asInt());
    assertThat(fit.get("neurons").asInt()).isLessThan(fit.get("activeBlocks").asInt());
    List<double[]> units = new ArrayList<>();
    for (int j = 0; j < network.get("hidden").size(); j++) {
      double[] w = {
        network.get("hidden").get(j).get(0).asDouble(),
        network.get("hidden").get(j).get(1).asDouble(),
        network.get("bias").get(j).asDouble()
      };
      double length = Math.sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
      double sign = Math.signum(network.get("output").get(j).asDouble());
      double[] unit = {w[0] / length, w[1] / length, w[2] / length, sign};
      for (double[] other : units) {
        double distance = 0;
        for (int k = 0; k < 4; k++) {
          distance += (unit[k] - other[k]) * (unit[k] - other[k]);
        }
        assertThat(Math.sqrt(distance)).isGreaterThan(1e-7);
      }
      units.add(unit);
    }
  }

  @Test
  void gatesAreTheLimitOfPatternsAndReachingItIsSaid() throws IOException {
    JsonNode fit = adaptive("fit", "few", "--gates", "5", "--lambda-ratio", "0.01");
    assertThat(fit.get("distinctPatterns").asInt()).isLessThanOrEqualTo(5);
    assertThat(fit.get("search").get("limitReached").asBoolean()).isTrue();
    assertThat(fit.get("search").get("searchedGap").asDouble()).isGreaterThan(1e-6);
    assertThat(fit.get("warnings").toString())
        .contains("5 patterns")
        .contains("--gates")
        .contains("at 1 of 1 lambdas patterns may be missing that leave a gap above 1.0E-6");
  }

  @ParameterizedTest
  @CsvSource({"--search-starts, 0", "--search-tolerance, 0", "--search-tolerance, 1"})
  void refusesASearchThatIsNone(String option, String value) {
    CommandRun run = command("fit", "none", "--gate-source", "adaptive", option, value);
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains(option + ": '" + value + "', expected");
  }
}
