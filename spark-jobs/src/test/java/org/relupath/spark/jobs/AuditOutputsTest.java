package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** An audit of several outputs is the audit of each, and the worst of them. */
class AuditOutputsTest {
  private static final long SEED = 11;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CLASSES = List.of("cow", "hen", "ox");

  @TempDir static Path folder;

  @BeforeAll
  static void fit() throws IOException {
    SharedSpark.session();
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder text = new StringBuilder("a,b,c,kind\n");
    for (int r = 0; r < 24; r++) {
      double a = 2 * random.nextDouble() - 1;
      double b = 2 * random.nextDouble() - 1;
      String kind = a > 0.2 ? "ox" : b > 0 ? "cow" : "hen";
      text.append(a).append(',').append(b).append(',');
      text.append(a * b + random.nextDouble()).append(',').append(kind).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
    done(run("fit", "kinds", "--label", "kind", "--gates", "20", "--lambda-ratio", "0.2"));
    done(run("fit", "numbers", "--label", "c,b", "--drop", "kind", "--gates", "20"));
  }

  private static CommandRun run(String command, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--input", at("rows.csv")));
    args.addAll(List.of("--output", at(output), "--overwrite"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private static void done(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonNode json(String file) throws IOException {
    JsonNode own = JSON.readTree(folder.resolve(file).toFile());
    if (own instanceof ObjectNode object) {
      object.remove("seconds");
    }
    return own;
  }

  private static String single(String network, int k) throws IOException {
    MultiOutputNetwork joint =
        (MultiOutputNetwork) NetworkFile.readStored(Files.readString(folder.resolve(network)));
    String file = "single-" + k + ".json";
    Files.writeString(folder.resolve(file), NetworkFile.write(joint.networks().get(k)));
    return at(file);
  }

  private static void assertWorst(JsonNode audit) {
    double objective = 0;
    double bound = 0;
    double residual = 0;
    double gap = 0;
    boolean critical = true;
    for (JsonNode own : audit.get("outputs")) {
      objective += own.get("objective").doubleValue();
      bound += own.get("lowerBound").doubleValue();
      residual = Math.max(residual, own.get("stationarityResidual").doubleValue());
      gap = Math.max(gap, own.get("gapToGlobal").doubleValue());
      critical &= own.get("critical").booleanValue();
    }
    assertThat(audit.get("objective").doubleValue()).isCloseTo(objective, within(1e-12));
    assertThat(audit.get("lowerBound").doubleValue()).isCloseTo(bound, within(1e-12));
    assertThat(audit.get("stationarityResidual").doubleValue()).isEqualTo(residual);
    assertThat(audit.get("gapToGlobal").doubleValue()).isEqualTo(gap);
    assertThat(audit.get("critical").booleanValue()).isEqualTo(critical);
    for (JsonNode own : audit.get("outputs")) {
      if (own.get("gapToGlobal").doubleValue() == gap) {
        assertThat(audit.get("worst").get("gapToGlobal")).isEqualTo(own.get("name"));
        return;
      }
    }
  }

  @Test
  void aFileOfClasses() throws IOException {
    String file = at("kinds/network.json");
    done(run("audit", "all", "--network", file, "--label", "kind", "--lambda", "0.5"));
    for (int k = 0; k < 3; k++) {
      String name = CLASSES.get(k);
      done(
          run(
              "audit",
              "one",
              "--network",
              single("kinds/network.json", k),
              "--label",
              "kind",
              "--positive",
              name,
              "--lambda",
              "0.5"));
      String inner = "all/outputs/" + (k + 1) + "-" + name;
      assertThat(json(inner + "/audit.json")).isEqualTo(json("one/audit.json"));
      assertThat(folder.resolve(inner + "/report.html")).exists();
      assertThat(json(inner + "/manifest.json").get("dataHash"))
          .isEqualTo(json("one/manifest.json").get("dataHash"));
      assertThat(json("all/audit.json").get("outputs").get(k).get("name").textValue())
          .isEqualTo(name);
    }
    assertWorst(json("all/audit.json"));
    // At another lambda than theirs no network is optimal: better ones make a network together.
    MultiOutputNetwork improved =
        (MultiOutputNetwork)
            NetworkFile.readStored(Files.readString(folder.resolve("all/improved/network.json")));
    assertThat(improved.names()).isEqualTo(CLASSES);
  }

  private static void assertObjective(String audit, String summary) throws IOException {
    double own = json(summary).get("objective").doubleValue();
    assertThat(json(audit).get("objective").doubleValue()).isCloseTo(own, within(1e-9 * own));
  }

  /** Without a lambda it is that of the run, at which objectives are those of the run. */
  @Test
  void aRunOfClasses() throws IOException {
    done(run("audit", "all", "--run", at("kinds")));
    assertObjective("all/audit.json", "kinds/summary.json");
    assertWorst(json("all/audit.json"));
    for (int k = 0; k < 3; k++) {
      String inner = "outputs/" + (k + 1) + "-" + CLASSES.get(k);
      done(run("audit", "one", "--run", at("kinds/" + inner)));
      assertThat(json("all/" + inner + "/audit.json")).isEqualTo(json("one/audit.json"));
    }
  }

  @Test
  void aRatioIsOneOfTheLargestLambdaMax() throws IOException {
    String file = at("kinds/network.json");
    done(run("audit", "all", "--network", file, "--label", "kind", "--lambda-ratio", "0.3"));
    double largest = 0;
    for (int k = 0; k < 3; k++) {
      done(
          run(
              "audit",
              "one",
              "--network",
              single("kinds/network.json", k),
              "--label",
              "kind",
              "--positive",
              CLASSES.get(k),
              "--lambda-ratio",
              "0.3"));
      largest = Math.max(largest, json("one/audit.json").get("lambda").doubleValue());
    }
    for (JsonNode own : json("all/audit.json").get("outputs")) {
      assertThat(own.get("lambda").doubleValue()).isCloseTo(largest, within(1e-12 * largest));
    }
  }

  @Test
  void labelColumns() throws IOException {
    done(run("audit", "run", "--run", at("numbers")));
    done(run("audit", "file", "--network", at("numbers/network.json"), "--lambda", "0.5"));
    assertObjective("run/audit.json", "numbers/summary.json");
    for (int k = 0; k < 2; k++) {
      String name = List.of("c", "b").get(k);
      done(
          run(
              "audit",
              "one",
              "--network",
              single("numbers/network.json", k),
              "--label",
              name,
              "--lambda",
              "0.5"));
      assertThat(json("file/outputs/" + (k + 1) + "-" + name + "/audit.json"))
          .isEqualTo(json("one/audit.json"));
    }
    done(
        run(
            "audit",
            "other",
            "--network",
            at("numbers/network.json"),
            "--label",
            "b,c",
            "--lambda",
            "0.5"));
    assertThat(json("other/audit.json").get("objective"))
        .isNotEqualTo(json("file/audit.json").get("objective"));
  }

  @Test
  void predictTakesTheRun() throws IOException {
    done(run("predict", "run", "--run", at("kinds"), "--id", "kind"));
    done(run("predict", "file", "--network", at("kinds/network.json"), "--id", "kind"));
    String text = Files.readString(folder.resolve("run/predictions.csv"));
    assertThat(text)
        .startsWith("kind,prediction_cow,prediction_hen,prediction_ox,predictedLabel\n")
        .isEqualTo(Files.readString(folder.resolve("file/predictions.csv")));
  }

  /** A label that training never saw is none of the others that one was fitted against. */
  @Test
  void oneClassKnowsTheOthers() throws IOException {
    done(run("fit", "one", "--label", "kind", "--positive", "ox", "--gates", "20"));
    assertThat(json("one/manifest.json").get("classes").toString())
        .isEqualTo("[\"cow\",\"hen\",\"ox\"]")
        .isEqualTo(json("kinds/outputs/3-ox/manifest.json").get("classes").toString());
    Files.writeString(folder.resolve("others.csv"), "a,b,c,kind\n1,2,3,ox\n1,3,2,cow\n");
    Files.writeString(folder.resolve("unseen.csv"), "a,b,c,kind\n1,2,3,ox\n1,3,2,dog\n");
    for (String own : List.of("one", "kinds/outputs/3-ox")) {
      String[] audit = {"audit", "--output", at("others"), "--overwrite", "--run", at(own)};
      done(CommandRun.of(with(audit, "--input", at("others.csv"))));
      double objective = json("others/audit.json").get("objective").doubleValue();
      CommandRun unseen = CommandRun.of(with(audit, "--input", at("unseen.csv")));
      assertThat(unseen.status()).isEqualTo(ExitStatus.REFUSED);
      assertThat(unseen.errorLine())
          .contains(
              at("unseen.csv")
                  + ": row 2 column 'kind' is dog, expected one of the network's classes: cow, hen,"
                  + " ox");
      // Who says again which label is the positive one takes all others for the rest.
      done(CommandRun.of(with(audit, "--input", at("unseen.csv"), "--positive", "ox")));
      assertThat(json("others/audit.json").get("objective").doubleValue()).isEqualTo(objective);
    }
  }

  @Test
  void numbersAgainstTheRest() throws IOException {
    String text = Files.readString(folder.resolve("rows.csv"));
    text = text.replace("cow", "1").replace("hen", "2.5").replace("ox", "3");
    Files.writeString(folder.resolve("numbers.csv"), text);
    String[] fit = {"fit", "--input", at("numbers.csv"), "--label", "kind", "--gates", "9"};
    done(CommandRun.of(with(fit, "--positive", "2.5", "--output", at("number"))));
    Files.writeString(folder.resolve("unseen.csv"), "a,b,c,kind\n1,2,3,2.5\n1,3,2,2\n");
    String[] audit = {"audit", "--output", at("of-number"), "--run", at("number")};
    CommandRun unseen = CommandRun.of(with(audit, "--input", at("unseen.csv")));
    assertThat(unseen.errorLine())
        .contains("row 2 column 'kind' is 2.0, expected one of the network's classes: 1.0, 2.5, 3");
    done(CommandRun.of(with(audit, "--input", at("numbers.csv"))));
    assertObjective("of-number/audit.json", "number/summary.json");
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void refusals() throws IOException {
    String kinds = at("kinds/network.json");
    String[][] cases = {
      {"audit", "--positive", "ox", "--positive: --network " + kinds + " has several outputs"},
      {"predict", "--lambda", "1", "--lambda: a run of several outputs has one in each"},
    };
    for (String[] one : cases) {
      boolean file = one[0].equals("audit");
      CommandRun run =
          run(
              one[0],
              "no",
              file ? "--network" : "--run",
              file ? kinds : at("kinds"),
              one[1],
              one[2]);
      assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
      assertThat(run.errorLine()).contains(one[3]);
    }
    Files.writeString(folder.resolve("other.csv"), "a,b,c,kind\n1,2,3,ox\n1,3,2,dog\n");
    CommandRun unseen =
        CommandRun.of(
            "audit",
            "--input",
            at("other.csv"),
            "--network",
            kinds,
            "--label",
            "kind",
            "--lambda",
            "1",
            "--output",
            at("no"));
    assertThat(unseen.errorLine())
        .contains(
            "row 2 column 'kind' is dog, expected one of the network's classes: cow, hen, ox");
    CommandRun columns =
        run(
            "audit",
            "no",
            "--network",
            at("numbers/network.json"),
            "--label",
            "c",
            "--lambda",
            "1");
    assertThat(columns.errorLine())
        .contains("--label: 'c', expected a column for each of 2 outputs");
    assertThat(folder.resolve("no")).doesNotExist();
  }
}
