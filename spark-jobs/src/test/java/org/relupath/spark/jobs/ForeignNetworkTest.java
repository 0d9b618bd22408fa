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
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/**
 * Networks of PyTorch, Keras and numpy, which src/test/resources/foreign/make.py wrote, against the
 * same one as a network.json.
 */
class ForeignNetworkTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FILES = Path.of("src", "test", "resources", "foreign");
  private static final int N = 12;
  private static final int D = 3;

  @TempDir Path folder;

  private final double[][] rows = new double[N][D];

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  /** Rows whose columns are not in the order of the network's inputs. */
  @BeforeEach
  void write() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder("c,label,a,label2,other,b\n");
    for (double[] row : rows) {
      for (int k = 0; k < D; k++) {
        row[k] = (k + 1) * (random.nextDouble() * 2 - 0.5);
      }
      double label = random.nextDouble() + row[0] * row[1];
      text.append("%s,%s,%s,%s,7,%s\n".formatted(row[2], label, row[0], -label, row[1]));
    }
    Files.writeString(folder.resolve("rows.csv"), text);
  }

  private CommandRun run(String command, Path network, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--network", network.toString()));
    args.addAll(List.of("--input", folder + "/rows.csv", "--output", folder + "/" + output));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private JsonNode audit(Path network, String output, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--lambda", "0.3", "--gates", "10"));
    args.addAll(List.of(more));
    done(run("audit", network, output, args.toArray(new String[0])));
    ObjectNode audit = (ObjectNode) JSON.readTree(folder.resolve(output + "/audit.json").toFile());
    audit.remove(List.of("seconds", "versions"));
    return audit;
  }

  private static void done(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private void equal(String file, String own) throws IOException {
    String[] features = {"--features", "a,b,c"};
    assertThat(audit(FILES.resolve(file), "foreign", features))
        .isEqualTo(audit(FILES.resolve(own), "own"));
    assertThat(text("foreign/improved/network.json")).isEqualTo(text("own/improved/network.json"));
    done(run("predict", FILES.resolve(file), "foreign-scores", features));
    done(run("predict", FILES.resolve(own), "own-scores"));
    assertThat(text("foreign-scores/predictions.csv"))
        .isEqualTo(text("own-scores/predictions.csv"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.npz",
        "keras.npz",
        "keras-paths.npz",
        "numpy.npz",
        "numpy-transposed.npz",
        "torch.onnx",
        "torch-script.onnx",
        "torch-external.onnx",
        "keras.onnx"
      })
  void isTheNetworkThatItsFrameworkTrained(String file) throws IOException {
    equal(file, "network.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch-no-biases.npz", "torch-script-no-biases.onnx"})
  void hasNoBiasesWhereItsFrameworkHasNone(String file) throws IOException {
    equal(file, "no-biases.json");
    assertThat(audit(FILES.resolve(file), "again", "--features", "a,b,c").at("/lowerBoundClass"))
        .isEqualTo(JSON.readTree(folder.resolve("own/audit.json").toFile()).at("/lowerBoundClass"));
  }

  /** Label columns are those of --label; a shared neuron is one of each output. */
  @Test
  void severalOutputsAreAuditedOneByOne() throws IOException {
    JsonNode audit =
        audit(
            FILES.resolve("two-outputs.npz"),
            "two",
            "--features",
            "a,b,c",
            "--label",
            "label,label2");
    assertThat(audit.get("width").asInt()).isEqualTo(6);
    assertThat(audit.at("/outputs/0/name").asText()).isEqualTo("output1");
    assertThat(audit.get("outputs")).hasSize(2);
  }

  /** The same network with its standardising folded in by hand, which carries it. */
  private Path folded(double[] mean, double[] scale) throws IOException {
    ObjectNode own = (ObjectNode) JSON.readTree(FILES.resolve("network.json").toFile());
    for (int j = 0; j < own.get("bias").size(); j++) {
      double bias = own.get("bias").get(j).doubleValue();
      ArrayNode weights = (ArrayNode) own.get("hidden").get(j);
      for (int k = 0; k < D; k++) {
        double weight = weights.get(k).doubleValue() / scale[k];
        weights.set(k, weight);
        bias -= weight * mean[k];
      }
      ((ArrayNode) own.get("bias")).set(j, bias);
    }
    ObjectNode preprocessing = own.putObject("preprocessing");
    preprocessing.set("mean", JSON.valueToTree(mean));
    preprocessing.set("scale", JSON.valueToTree(scale));
    preprocessing.put("intercept", true);
    preprocessing.put("center", own.get("outputBias").doubleValue());
    return Files.writeString(folder.resolve("folded.json"), own.toString());
  }

  private double[] means(boolean squares) {
    double[] means = new double[D];
    for (double[] row : rows) {
      for (int k = 0; k < D; k++) {
        means[k] += (squares ? row[k] * row[k] : row[k]) / N;
      }
    }
    return means;
  }

  private double[] deviations() {
    double[] mean = means(false);
    double[] scale = new double[D];
    for (double[] row : rows) {
      for (int k = 0; k < D; k++) {
        scale[k] += (row[k] - mean[k]) * (row[k] - mean[k]) / N;
      }
    }
    return roots(scale);
  }

  private static double[] roots(double[] squares) {
    return java.util.Arrays.stream(squares).map(Math::sqrt).toArray();
  }

  private static void close(JsonNode one, JsonNode other, String at) {
    if (one.isNumber() && !one.isIntegralNumber()) {
      assertThat(one.doubleValue())
          .as(at)
          .isCloseTo(
              other.doubleValue(), within(1e-8 * Math.max(1, Math.abs(other.doubleValue()))));
    } else if (one.isContainerNode()) {
      assertThat(one.size()).as(at).isEqualTo(other.size());
      Iterator<String> names = one.fieldNames();
      while (names.hasNext()) {
        String name = names.next();
        close(one.get(name), other.get(name), at + "/" + name);
      }
      for (int k = 0; one.isArray() && k < one.size(); k++) {
        close(one.get(k), other.get(k), at + "/" + k);
      }
    } else {
      assertThat(one).as(at).isEqualTo(other);
    }
  }

  /** Columns that were standardised by the rows of the audit, which penalises weights on these. */
  @Test
  void standardisedColumns() throws IOException {
    Path torch = FILES.resolve("torch.npz");
    JsonNode own = audit(torch, "one", "--features", "a,b,c", "--standardize", "true");
    close(own, audit(folded(means(false), deviations()), "two"), "");
    assertThat(own.at("/lowerBoundClass").toString()).contains("standardised");
    JsonNode scaled = audit(torch, "three", "--features", "a,b,c", "--standardize", "scale");
    close(scaled, audit(folded(new double[D], roots(means(true))), "four"), "");
    assertThat(scaled.at("/lowerBoundClass").toString()).contains("scaled");
    assertThat(audit(torch, "raw", "--features", "a,b,c").at("/lowerBoundClass").toString())
        .contains("raw");
    // What the audit improves takes raw rows.
    done(run("predict", folder.resolve("one/improved/network.json"), "improved"));
  }

  /** Means and scales beside the weights, of rows that need not be here. */
  @Test
  void standardisedByTheFilesOwnMeans() throws IOException {
    Path own = folded(new double[] {1, 2, 3}, new double[] {0.5, 2, 4});
    close(audit(FILES.resolve("scaled.npz"), "one", "--features", "a,b,c"), audit(own, "two"), "");
    done(run("predict", FILES.resolve("scaled.npz"), "scores", "--features", "a,b,c"));
    done(run("predict", own, "other"));
    List<String> scores = Files.readAllLines(folder.resolve("scores/predictions.csv"));
    List<String> other = Files.readAllLines(folder.resolve("other/predictions.csv"));
    for (int r = 1; r <= N; r++) {
      assertThat(Double.parseDouble(scores.get(r)))
          .isCloseTo(Double.parseDouble(other.get(r)), within(1e-13));
    }
  }

  /** A foreign network leaves as an ONNX model, too. */
  @Test
  void isExported() throws Exception {
    done(
        CommandRun.of(
            "export",
            "--network",
            FILES.resolve("keras.onnx").toString(),
            "--features",
            "a,b,c",
            "--output",
            folder + "/model"));
    OnnxRun model =
        new OnnxRun(
            folder.resolve("model/network.onnx"),
            List.of("a", "b", "c"),
            List.of(List.of("0.5", "-1", "2")));
    JsonNode net = JSON.readTree(FILES.resolve("network.json").toFile());
    double score = net.get("outputBias").doubleValue();
    for (int j = 0; j < 4; j++) {
      JsonNode w = net.get("hidden").get(j);
      double z = 0.5 * w.get(0).doubleValue() - w.get(1).doubleValue() + 2 * w.get(2).doubleValue();
      score +=
          Math.max(0, z + net.get("bias").get(j).doubleValue())
              * net.get("output").get(j).doubleValue();
    }
    assertThat(model.numbers("prediction")[0][0]).isCloseTo(score, within(1e-14));
  }

  @Test
  void whatIsRefused() throws IOException {
    Path torch = FILES.resolve("torch.npz");
    String named = "relupath: --network " + torch + ": ";
    assertThat(run("predict", torch, "no").errorLine())
        .isEqualTo(
            named + "has 3 inputs without names, expected --features, their columns in order");
    assertThat(run("predict", torch, "no", "--features", "a,b").errorLine())
        .isEqualTo(named + "has 3 inputs, --features names 2, expected as many");
    Path own = FILES.resolve("network.json");
    assertThat(run("predict", own, "no", "--features", "a,b,c").errorLine())
        .isEqualTo(
            "relupath: --features: --network " + own + " has names for its inputs, expected none");
    Path standardised = folded(new double[] {1, 2, 3}, new double[] {0.5, 2, 4});
    assertThat(
            run("audit", standardised, "no", "--lambda", "1", "--standardize", "true").errorLine())
        .isEqualTo(
            "relupath: --standardize: --network "
                + standardised
                + " says how its columns were"
                + " standardised, expected none");
    Path alone = Files.copy(FILES.resolve("torch-external.onnx"), folder.resolve("alone.ONNX"));
    assertThat(run("predict", alone, "no", "--features", "a,b,c").errorLine())
        .isEqualTo(
            "relupath: --network "
                + alone
                + ": lacks the file 'torch-external.onnx.data' beside it");
    assertThat(folder.resolve("no")).doesNotExist();
  }
}
