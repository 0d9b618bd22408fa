package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** fit and path with --warm-start: certified as without, in fewer iterations. */
class WarmStartTest extends OutputsCase {
  private static final double TOLERANCE = 1e-8;

  /** The same rows but for the last ones, of three features on scales of their own. */
  @BeforeEach
  void write() throws IOException {
    rows("rows.csv", 200);
    rows("more.csv", 202);
  }

  private void rows(String name, int n) throws IOException {
    SplittableRandom random = new SplittableRandom(17);
    StringBuilder text = new StringBuilder("a,b,c,label\n");
    for (int r = 0; r < n; r++) {
      double a = random.nextDouble() - 0.5;
      double b = 100 + 20 * random.nextDouble();
      double c = random.nextDouble();
      double label = Math.abs(a) + 0.01 * b * c + 0.3 * random.nextDouble();
      text.append(a).append(',').append(b).append(',').append(c).append(',').append(label);
      text.append('\n');
    }
    Files.writeString(folder.resolve(name), text);
  }

  private String[] fit(String rows, String... more) {
    return with(
        new String[] {"--input", at(rows), "--lambda-ratio", "0.03", "--gates", "100"}, more);
  }

  private static double number(JsonNode summary, String key) {
    return summary.get(key).doubleValue();
  }

  /** Both are optimal to the gap for the same program, and the second took fewer iterations. */
  private void sameOptimum(JsonNode cold, JsonNode warm) {
    for (JsonNode one : List.of(cold, warm)) {
      assertThat(one.get("status").textValue()).isEqualTo("optimal");
      assertThat(number(one, "relativeGap")).isLessThanOrEqualTo(TOLERANCE);
    }
    assertThat(number(warm, "lambda")).isEqualTo(number(cold, "lambda"));
    double objective = number(cold, "objective");
    assertThat(number(warm, "objective")).isCloseTo(objective, within(2 * TOLERANCE * objective));
    assertThat(number(warm, "iterations")).isLessThan(number(cold, "iterations"));
  }

  @ParameterizedTest
  @CsvSource({
    "rows.csv,relu,gaussian,driver", "rows.csv,gated,gaussian,driver",
    "more.csv,relu,gaussian,driver", "more.csv,gated,gaussian,driver",
    "more.csv,relu,sparse,gates", "rows.csv,gated,gaussian,gates",
  })
  void aFitEndsAtTheSameOptimum(String rows, String model, String gates, String engine)
      throws IOException {
    String[] options = {"--model", model, "--gate-source", gates, "--engine", engine};
    done("fit", "first", fit("rows.csv", options));
    done("fit", "cold", fit(rows, options));
    done("fit", "warm", fit(rows, with(options, "--warm-start", at("first"))));
    sameOptimum(json("cold/summary.json"), json("warm/summary.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void adaptivePatternsAreThoseOfTheEarlierNetworkAndWhatASearchFinds(String model)
      throws IOException {
    String[] options = {"--model", model, "--gate-source", "adaptive"};
    done("fit", "first", fit("rows.csv", options));
    done("fit", "cold", fit("more.csv", options));
    String lambda = json("cold/summary.json").get("lambda").asText();
    String[] same = with(options, "--lambda", lambda, "--warm-start", at("first"));
    String[] more = with(new String[] {"--input", at("more.csv"), "--gates", "100"}, same);
    done("fit", "warm", more);
    JsonNode cold = json("cold/summary.json");
    JsonNode warm = json("warm/summary.json");
    double objective = number(cold, "objective");
    // More patterns are known from the start, so that it may be lower.
    assertThat(number(warm, "objective")).isLessThan(1.001 * objective);
    assertThat(number(warm, "relativeGap")).isLessThanOrEqualTo(TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"driver,1e-8", "lambdas,1e-8", "driver,1e-3"})
  void aPathEndsAtTheSameOptima(String engine, String tolerance) throws IOException {
    String[] options = {
      "--gates", "100", "--lambdas", "12", "--engine", engine, "--tolerance", tolerance
    };
    done("path", "first", with(options, "--input", at("rows.csv")));
    done("path", "cold", with(options, "--input", at("more.csv")));
    String[] warm = with(options, "--input", at("more.csv"), "--warm-start", at("first"));
    done("path", "warm", warm);
    double[] cold = column("cold", "objective");
    double[] again = column("warm", "objective");
    double gap = Double.parseDouble(tolerance);
    for (int k = 0; k < cold.length; k++) {
      assertThat(again[k]).isCloseTo(cold[k], within(2 * gap * cold[k]));
      assertThat(column("warm", "relativeGap")[k]).isLessThanOrEqualTo(gap);
    }
    assertThat(sum(column("warm", "iterations"))).isLessThan(sum(column("cold", "iterations")));
    // A fit starts from what the path has beside its lambda.
    done("fit", "fit", fit("more.csv"));
    done("fit", "from-path", fit("more.csv", "--warm-start", at("first")));
    sameOptimum(json("fit/summary.json"), json("from-path/summary.json"));
  }

  private double[] column(String run, String name) throws IOException {
    List<String[]> lines = csv(run + "/path.csv");
    int column = List.of(lines.get(0)).indexOf(name);
    return lines.stream().skip(1).mapToDouble(line -> Double.parseDouble(line[column])).toArray();
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  @Test
  void aCertifiedPathIsCertifiedToTheSame() throws IOException {
    String[] options = {"--gates", "100", "--certify", "1e-3"};
    done("path", "first", with(options, "--input", at("rows.csv")));
    String[] warm = with(options, "--input", at("more.csv"), "--warm-start", at("first"));
    done("path", "warm", warm);
    List<String[]> lines = csv("warm/path.csv");
    int gap = List.of(lines.get(0)).indexOf("certifiedGap");
    for (String[] line : lines.subList(1, lines.size() - 1)) {
      assertThat(Double.parseDouble(line[gap])).isLessThanOrEqualTo(1e-3);
    }
  }

  @Test
  void everyOutputStartsFromItsOwn() throws IOException {
    classes("kinds.csv", 150, 4, "ox", "cow", "hen");
    String[] options = {"--input", at("kinds.csv"), "--gates", "50", "--lambda", "0.3"};
    done("fit", "first", options);
    done("fit", "warm", with(options, "--warm-start", at("first")));
    for (JsonNode output : json("warm/summary.json").get("outputs")) {
      String own = output.get("folder").textValue() + "/summary.json";
      sameOptimum(json("first/" + own), json("warm/" + own));
    }
    classes("others.csv", 150, 4, "ox", "cow", "dog");
    String[] others = {"--input", at("others.csv"), "--lambda", "0.3"};
    assertThat(refused("fit", with(others, "--warm-start", at("first"))))
        .isEqualTo(
            "relupath: --warm-start "
                + at("first")
                + ": has the outputs cow, hen, ox, expected cow, dog, ox");
  }

  @Test
  void theManifestSaysWhereItStarted() throws IOException {
    done("fit", "first", fit("rows.csv"));
    done("fit", "warm", fit("more.csv", "--warm-start", at("first")));
    JsonNode manifest = json("warm/manifest.json");
    assertThat(manifest.get("warmStart").textValue()).isEqualTo(at("first"));
    assertThat(manifest.get("warmStartHash")).isEqualTo(json("first/manifest.json").get("hash"));
    assertThat(json("first/manifest.json").has("warmStart")).isFalse();
    assertThat(Files.readString(folder.resolve("warm/resolved.conf")))
        .contains("warm-start = \"" + at("first") + "\"");
  }

  @Test
  void whatItCannotStartFromIsRefused() throws IOException {
    done("fit", "first", fit("rows.csv"));
    String from = "relupath: --warm-start " + at("first") + ": ";
    String[] warm = fit("rows.csv", "--warm-start", at("first"));
    assertThat(refused("fit", with(warm, "--model", "gated")))
        .isEqualTo(from + "is of model relu, expected gated");
    assertThat(refused("fit", with(warm, "--drop", "c")))
        .isEqualTo(from + "has the columns a, b, c, expected a, b");
    assertThat(refused("fit", with(warm, "--intercept", "false")))
        .isEqualTo(from + "has an intercept, expected no intercept");
    assertThat(refused("fit", with(warm, "--label", "c")))
        .isEqualTo(from + "has the outputs label, expected c");
    Files.writeString(folder.resolve("two.csv"), "a,b,c,label\n1,2,3,0\n2,1,1,1\n4,1,2,0\n");
    assertThat(refused("fit", fit("two.csv", "--warm-start", at("first"))))
        .isEqualTo(from + "has labels of many values, expected the labels [0.0, 1.0]");
    assertThat(refused("fit", with(warm, "--solver", "cone-decomposition")))
        .isEqualTo("relupath: --warm-start: with --solver cone-decomposition, expected newton");
    assertThat(refused("fit", with(warm, "--engine", "rows", "--model", "gated")))
        .isEqualTo("relupath: --warm-start: with engine rows, expected another engine");
    assertThat(refused("fit", fit("rows.csv", "--warm-start", at("nothing"))))
        .isEqualTo("relupath: --warm-start " + at("nothing") + ": no such folder");
    assertThat(run("fit", "first", with(warm, "--overwrite")).errorLine()).contains("--warm-start");
  }
}
