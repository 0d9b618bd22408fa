package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** audit of networks from here and from elsewhere, through their files. */
@ExtendWith(SharedSpark.class)
class AuditJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void write(SparkSession spark) throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 12; r++) {
      double a = 2 * random.nextDouble() - 1;
      double b = 2 * random.nextDouble() - 1;
      text.append(a).append(',').append(b).append(',');
      text.append(Math.abs(a) - 0.5 * b + 0.2 * random.nextDouble()).append('\n');
    }
    input = Files.writeString(folder.resolve("rows.csv"), text);
  }

  private CommandRun run(String command, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--input", input.toString()));
    args.addAll(List.of("--output", at(output)));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private void done(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  private String network(ObjectNode network) throws IOException {
    return Files.writeString(folder.resolve("network.json"), network.toString()).toString();
  }

  private static ObjectNode foreign(double[][] hidden, double[] bias, double[] output) {
    ObjectNode network = JSON.createObjectNode();
    network.put("format", "relupath-network").put("version", 1).put("activation", "relu");
    network.putArray("inputs").add("a").add("b");
    ArrayNode rows = network.putArray("hidden");
    for (double[] row : hidden) {
      ArrayNode node = rows.addArray();
      for (double w : row) {
        node.add(w);
      }
    }
    ArrayNode biases = network.putArray("bias");
    for (double b : bias) {
      biases.add(b);
    }
    ArrayNode outputs = network.putArray("output");
    for (double a : output) {
      outputs.add(a);
    }
    return network.put("outputBias", 0.0);
  }

  @Test
  void aFitOverAllPatternsIsCriticalAndGloballyOptimal() throws IOException {
    done(run("fit", "fit", "--gate-source", "exhaustive", "--tolerance", "1e-12"));
    done(run("audit", "audit", "--run", at("fit"), "--gates", "50"));
    JsonNode audit = json("audit/audit.json");
    JsonNode summary = json("fit/summary.json");
    assertThat(audit.get("lambda").asDouble()).isEqualTo(summary.get("lambda").asDouble());
    assertThat(audit.get("objective").asDouble())
        .isCloseTo(summary.get("objective").asDouble(), within(1e-9));
    assertThat(audit.get("critical").asBoolean()).isTrue();
    assertThat(audit.get("lowerBoundSource").asText()).isEqualTo("enumeration");
    assertThat(audit.get("gapToGlobal").asDouble()).isBetween(-1e-12, 1e-9);
    assertThat(audit.get("optimalSetDimension").isInt()).isTrue();
    assertThat(audit.get("improvement").isNull()).isTrue();
    assertThat(folder.resolve("audit/improved")).doesNotExist();
    assertThat(folder.resolve("audit/report.html")).exists();
  }

  @Test
  void aRunIsAuditedInItsOwnLossScaling() throws IOException {
    done(run("fit", "fit", "--gates", "100", "--loss-scaling", "mean"));
    done(run("audit", "mean", "--run", at("fit"), "--gates", "50"));
    done(run("audit", "sum", "--run", at("fit"), "--gates", "50", "--loss-scaling", "sum"));
    JsonNode summary = json("fit/summary.json");
    JsonNode mean = json("mean/audit.json");
    JsonNode sum = json("sum/audit.json");
    assertThat(mean.get("lossScaling").asText()).isEqualTo("mean");
    for (String field : List.of("lambda", "objective")) {
      double own = summary.get(field).asDouble();
      assertThat(mean.get(field).asDouble()).as(field).isCloseTo(own, within(1e-12));
      assertThat(sum.get(field).asDouble()).as(field).isCloseTo(12 * own, within(1e-11));
    }
    CommandRun replacing = run("audit", "fit", "--run", at("fit"), "--overwrite");
    assertThat(replacing.errorLine()).contains("would replace --run");
    // On some of the rows a mean still weighs lambda as the user gave it.
    List<String> lines = Files.readAllLines(input);
    Files.write(input, lines.subList(0, 9));
    done(run("audit", "fewer", "--run", at("fit"), "--gates", "50"));
    assertThat(json("fewer/audit.json").get("n").asInt()).isEqualTo(8);
    assertThat(json("fewer/audit.json").get("lambda").asDouble())
        .isCloseTo(summary.get("lambda").asDouble(), within(1e-12));
  }

  @Test
  void theRowsThatWereHeldOutAreNotAudited() throws IOException {
    done(run("fit", "fit", "--gate-source", "exhaustive", "--valid-fraction", "0.25"));
    done(run("audit", "audit", "--run", at("fit"), "--gates", "50"));
    assertThat(json("audit/audit.json").get("n").asInt()).isEqualTo(9);
    assertThat(json("audit/audit.json").get("objective").asDouble())
        .isCloseTo(json("fit/summary.json").get("objective").asDouble(), within(1e-9));
  }

  @Test
  void aForeignNetworkIsTakenAsItIsAndImproved() throws IOException {
    String file =
        network(
            foreign(
                new double[][] {{1, -0.5}, {-3, 0.2}, {0, 0}, {0.1, 0.1}},
                new double[] {0.1, 0, 0, -5},
                new double[] {0.8, 0.3, 1, 1}));
    done(run("audit", "audit", "--network", file, "--lambda", "0.1", "--gates", "200"));
    JsonNode audit = json("audit/audit.json");
    assertThat(audit.get("critical").asBoolean()).isFalse();
    assertThat(audit.get("d").asInt()).isEqualTo(3);
    assertThat(audit.get("zeroNeurons").toString()).isEqualTo("[2]");
    assertThat(audit.get("deadNeurons").toString()).isEqualTo("[3]");
    // W = 0 and a = 1: the penalty on a remains.
    assertThat(audit.get("neurons").get(2).get("stationarityResidual").asDouble())
        .isGreaterThanOrEqualTo(0.1);
    assertThat(audit.get("lowerBoundClass").asText())
        .contains("ReLU networks of any width", "with biases", "raw columns");
    // In order: every network found is better than the last, and every bound is below all of them.
    double objective = audit.get("objective").asDouble();
    double balanced = audit.get("balancedObjective").asDouble();
    double subsampled = audit.get("subsampledObjective").asDouble();
    double bound = audit.get("patternSetBound").asDouble();
    double lower = audit.get("lowerBound").asDouble();
    assertThat(balanced).isLessThan(objective);
    assertThat(subsampled).isLessThan(balanced);
    assertThat(bound).isLessThanOrEqualTo(subsampled * (1 + 1e-9));
    assertThat(lower).isLessThanOrEqualTo(bound * (1 + 1e-9));
    // The objective again, from the file alone.
    assertThat(objective).isCloseTo(objective(json("network.json"), 0.1), within(1e-12));
    JsonNode improved = json("audit/improved/network.json");
    assertThat(objective(improved, 0.1))
        .isCloseTo(audit.get("improvement").get("objective").asDouble(), within(1e-9));
    done(run("audit", "again", "--network", at("audit/improved/network.json"), "--lambda", "0.1"));
    assertThat(json("again/audit.json").get("objective").asDouble())
        .isCloseTo(audit.get("improvement").get("objective").asDouble(), within(1e-9));
    done(run("predict", "scores", "--network", at("audit/improved/network.json")));
  }

  /** 1/2 sum (f - y)^2 + lambda/2 sum (||W||^2 + a^2) of a network without preprocessing. */
  private double objective(JsonNode network, double lambda) throws IOException {
    double sum = 0;
    for (String line : Files.readAllLines(input).stream().skip(1).toList()) {
      String[] cells = line.split(",");
      double f = network.get("outputBias").asDouble() - Double.parseDouble(cells[2]);
      for (int j = 0; j < network.get("output").size(); j++) {
        double score = network.get("bias").get(j).asDouble();
        for (int k = 0; k < 2; k++) {
          score += network.get("hidden").get(j).get(k).asDouble() * Double.parseDouble(cells[k]);
        }
        f += Math.max(score, 0) * network.get("output").get(j).asDouble();
      }
      sum += 0.5 * f * f;
    }
    for (int j = 0; j < network.get("output").size(); j++) {
      double a = network.get("output").get(j).asDouble();
      double b = network.get("bias").get(j).asDouble();
      sum += lambda / 2 * (a * a + b * b);
      for (JsonNode w : network.get("hidden").get(j)) {
        sum += lambda / 2 * w.asDouble() * w.asDouble();
      }
    }
    return sum;
  }

  @Test
  void aNetworkWhoseObjectiveIsNoNumberIsRefused() throws IOException {
    double[][] sizes = {{1e200, 1e200}, {1e200, 1e-200}, {1e-200, 1e200}, {1e300, 1}, {1e160, 0}};
    for (double[] size : sizes) {
      String file =
          network(
              foreign(
                  new double[][] {{size[0], 0}, {size[0], 0}},
                  new double[2],
                  new double[] {size[1], -size[1]}));
      CommandRun run = run("audit", "audit", "--network", file, "--lambda", "1", "--gates", "20");
      assertThat(run.status()).as("W %g, a %g", size[0], size[1]).isEqualTo(ExitStatus.REFUSED);
      assertThat(run.err()).contains("network.json: its loss on these rows").hasLineCount(1);
      assertThat(folder.resolve("audit")).doesNotExist();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aNetworkOfAnySizeIsAuditedOrRefused(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] hidden = new double[3][2];
    double[] bias = new double[3];
    double[] output = new double[3];
    for (int j = 0; j < 3; j++) {
      hidden[j][0] = sized(random);
      hidden[j][1] = sized(random);
      bias[j] = random.nextBoolean() ? 0 : sized(random);
      output[j] = sized(random);
    }
    String file = network(foreign(hidden, bias, output));
    CommandRun run = run("audit", "audit", "--network", file, "--lambda", "1", "--gates", "20");
    assertThat(run.status()).as(run.err()).isIn(ExitStatus.DONE, ExitStatus.REFUSED);
  }

  /** A number of either sign, of a size from 1e-300 to 1e300. */
  private static double sized(SplittableRandom random) {
    return (2 * random.nextDouble() - 1) * Math.pow(10, random.nextInt(-300, 301));
  }

  @Test
  void aZeroNetworkAndMeanLoss() throws IOException {
    String file = network(foreign(new double[0][], new double[0], new double[0]));
    done(run("audit", "sum", "--network", file, "--lambda", "1.2"));
    done(run("audit", "mean", "--network", file, "--lambda", "0.1", "--loss-scaling", "mean"));
    JsonNode sum = json("sum/audit.json");
    JsonNode mean = json("mean/audit.json");
    assertThat(sum.get("critical").asBoolean()).isTrue();
    assertThat(mean.get("critical").asBoolean()).isTrue();
    for (String field : List.of("objective", "lowerBound", "patternSetBound")) {
      assertThat(mean.get(field).asDouble() * 12)
          .as(field)
          .isCloseTo(sum.get(field).asDouble(), within(1e-9));
    }
    assertThat(mean.get("gapToGlobal").asDouble())
        .isCloseTo(sum.get("gapToGlobal").asDouble(), within(1e-9));
  }

  /** Neurons that add nothing, but whose one weight is penalised, are not at rest. */
  @Test
  void oneZeroFactorIsNotCritical() throws IOException {
    double[][] hidden = {{2, 1}, {0, 0}, {0, 0}};
    double[] none = new double[3];
    String file = network(foreign(hidden, none, none));
    CommandRun run = run("audit", "half", "--network", file, "--lambda", "100");
    done(run);
    JsonNode audit = json("half/audit.json");
    assertThat(audit.get("critical").asBoolean()).isFalse();
    assertThat(audit.get("stationarityResidual").asDouble())
        .isGreaterThanOrEqualTo(100 * Math.sqrt(5));
    assertThat(audit.get("stationaritySet").asText()).isEqualTo("clarke");
    assertThat(audit.get("neurons").get(1).get("stationarityResidual").isNull()).isTrue();
    assertThat(audit.get("lowerBoundClass").asText()).contains("without biases");
    assertThat(run.out()).contains("gap to all ReLU networks without biases");
  }

  /** A network at rest on a concave kink is among the critical values of its data. */
  @Test
  void everyCriticalNetworkHasItsValueListed() throws IOException {
    Files.writeString(input, "a,b,label\n1,0,1\n-1,1,1.5\n");
    String file = network(foreign(new double[][] {{0, 1}}, new double[1], new double[] {1}));
    done(run("audit", "kink", "--network", file, "--lambda", "0.5"));
    JsonNode audit = json("kink/audit.json");
    assertThat(audit.get("critical").asBoolean()).isTrue();
    assertThat(audit.get("directionallyStationary").asBoolean()).isFalse();
    assertThat(audit.get("objective").asDouble()).isEqualTo(1.125);
    assertThat(audit.get("criticalValues"))
        .anyMatch(
            value ->
                value.get("critical").asBoolean()
                    && Math.abs(value.get("objective").asDouble() - 1.125) < 1e-9);
  }

  @Test
  void refusesWhatItCannotAudit() throws IOException {
    String file = network(foreign(new double[][] {{1, 1}}, new double[] {0}, new double[] {1}));
    assertThat(run("audit", "x").errorLine()).contains("--network is missing");
    assertThat(run("audit", "x", "--network", at("nothing.json")).errorLine())
        .contains("no such file");
    assertThat(run("audit", "x", "--network", file).errorLine()).contains("--lambda is missing");
    assertThat(run("audit", "x", "--network", file, "--lambda", "1", "--label", "c").errorLine())
        .contains("no column 'c'");
    Files.writeString(input, "a,c,label\n1,2,3\n2,3,4\n");
    assertThat(run("audit", "x", "--network", file, "--lambda", "1").errorLine())
        .contains("no column 'b'");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void patternsTooManyToEnumerateAreRefusedBeforeWork() {
    assertThat(
            run("fit", "x", "--gate-source", "exhaustive", "--enumeration-limit", "10").errorLine())
        .contains("--gate-source exhaustive")
        .contains("expected at most 10");
  }
}
