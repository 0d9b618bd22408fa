package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.NumberEncoding;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.data.RawColumn;
import org.relupath.core.program.Model;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;

/** Networks of several outputs, and their files beside plain loops over what these say. */
class MultiOutputNetworkTest {
  private static final List<String> INPUTS = List.of("a", "b");

  private static Matrix normal(SplittableRandom random, int rows, int columns) {
    return new Matrix(rows, columns, random.doubles((long) rows * columns, -1, 1).toArray());
  }

  private static Preparation filled(double fill) {
    return new Preparation(
        List.of(
            new NumberEncoding(RawColumn.number("a"), List.of(), new double[] {fill}, true),
            new NumberEncoding(RawColumn.number("b"), List.of(), new double[0], false)),
        List.of());
  }

  private static Network network(
      SplittableRandom random, Model model, int width, Preparation preparation) {
    int d = preparation.names(INPUTS).size();
    boolean gated = model == Model.GATED;
    double[] ones = new double[d];
    java.util.Arrays.fill(ones, 1);
    double[] labels = {-1, 1};
    return new Network(
        model,
        INPUTS,
        normal(random, width, d),
        normal(random, 1, width).values(),
        normal(random, 1, width).values(),
        random.nextDouble(),
        labels,
        gated ? normal(random, width, d) : Matrix.zeros(0, 0),
        gated ? normal(random, 1, width).values() : new double[0],
        new Preprocessing(new double[d], ones, true, random.nextDouble(), labels, preparation),
        preparation,
        new Calibration(new PlattScaling(-random.nextDouble(), 0.5), 0.25));
  }

  /** Raw rows, some with a missing cell, against the numbers of the file. */
  @Test
  void theFileSaysWhatIsPredicted() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Model model = Model.values()[(int) (seed % 2)];
      List<Network> networks = new ArrayList<>();
      List<String> names = new ArrayList<>();
      List<Object> classes = new ArrayList<>();
      for (int k = 0; k < 2 + seed % 3; k++) {
        networks.add(network(random, model, (int) ((seed + k) % 4), filled(0.5)));
        names.add("class " + k);
        classes.add(seed % 5 == 0 ? (Object) (double) k : "class " + k);
      }
      MultiOutputNetwork network =
          new MultiOutputNetwork(names, networks, seed % 3 == 0 ? List.of() : classes);
      String text = NetworkFile.write(network);
      JsonNode file = new ObjectMapper().readTree(text);
      assertThat(file.get("version").intValue()).isEqualTo(2);
      Matrix raw = normal(random, 8, 2);
      raw.values()[2] = Double.NaN;
      Matrix scores = network.scores(raw);
      int[] largest = MultiOutputNetwork.largest(scores);
      for (int r = 0; r < 8; r++) {
        double[] expected = scores(file, raw.get(r, 0), raw.get(r, 1));
        int best = 0;
        for (int k = 0; k < expected.length; k++) {
          assertThat(scores.get(r, k))
              .as("seed %d row %d output %d", seed, r, k)
              .isCloseTo(expected[k], Offset.offset(1e-13));
          best = expected[k] > expected[best] ? k : best;
        }
        assertThat(largest[r]).isEqualTo(best);
      }
      MultiOutputNetwork read = (MultiOutputNetwork) NetworkFile.readStored(text);
      assertThat(NetworkFile.write(read)).isEqualTo(text);
      assertThat(read.scores(raw)).isEqualTo(scores);
      assertThat(read.classes()).isEqualTo(network.classes());
      assertThat(read.width()).isEqualTo(network.width());
      for (int k = 0; k < names.size(); k++) {
        assertThat(NetworkFile.write(read.networks().get(k)))
            .isEqualTo(NetworkFile.write(networks.get(k)));
      }
      assertThatThrownBy(() -> NetworkFile.read(text)).hasMessageContaining("several outputs");
    }
  }

  private static double[] scores(JsonNode file, double a, double b) {
    double[] x = {Double.isNaN(a) ? 0.5 : a, Double.isNaN(a) ? 1 : 0, b};
    double[] scores = new double[file.get("outputBias").size()];
    for (int k = 0; k < scores.length; k++) {
      scores[k] = file.get("outputBias").get(k).doubleValue();
    }
    for (int j = 0; j < file.get("hidden").size(); j++) {
      double own = file.get("bias").get(j).doubleValue();
      double gate = file.has("gates") ? file.get("gateBias").get(j).doubleValue() : own;
      for (int i = 0; i < x.length; i++) {
        double weight = file.get("hidden").get(j).get(i).doubleValue();
        own += weight * x[i];
        gate += (file.has("gates") ? file.get("gates").get(j).get(i).doubleValue() : weight) * x[i];
      }
      for (int k = 0; k < scores.length; k++) {
        scores[k] += gate >= 0 ? own * file.get("output").get(j).get(k).doubleValue() : 0;
      }
    }
    return scores;
  }

  @Test
  void theFirstOfEqualScoresIsTaken() {
    Matrix scores = Matrix.ofRows(new double[][] {{1, 2, 2}, {0, 0, 0}, {-3, -2, -1}});
    assertThat(MultiOutputNetwork.largest(scores)).containsExactly(1, 0, 2);
  }

  private static final String WHOLE =
      """
      {"format": "relupath-network", "version": 2, "activation": "gated", "inputs": ["a", "b"],
       "outputs": [{"name": "u"}, {"name": "v", "labels": [0, 1], "calibration": {"threshold": 2}}],
       "classes": [3, 1], "hidden": [[1, 2], [3, 4], [5, 6]], "bias": [0.5, 0, 1],
       "output": [[0, 2], [-1, 3], [0, 0]], "outputBias": [10, 20],
       "gates": [[1, 0], [0, 1], [1, 1]], "gateBias": [0, 0, 0]}
      """;

  /** A neuron of both becomes one of each; one of none stays, as the first output's. */
  @Test
  void neuronsThatOutputsShareAreReadForEach() {
    MultiOutputNetwork read = (MultiOutputNetwork) NetworkFile.readStored(WHOLE);
    assertThat(read.networks()).extracting(Network::width).containsExactly(2, 2);
    assertThat(read.networks().get(0).output()).containsExactly(-1, 0);
    assertThat(read.networks().get(1).output()).containsExactly(2, 3);
    assertThat(read.networks().get(1).calibration().threshold()).isEqualTo(2);
    assertThat(read.classes()).isEqualTo(List.of(3.0, 1.0));
    Matrix raw = Matrix.ofRows(new double[][] {{1, -1}, {0, 1}});
    // Hidden -0.5, -1 and 0, on are the first and third; 2.5, 4 and 7, on are all.
    assertThat(read.scores(raw)).isEqualTo(Matrix.ofRows(new double[][] {{10, 19}, {6, 37}}));
  }

  @Test
  void aMalformedPartIsNamed() {
    String[][] cases = {
      {"\"version\": 2", "\"version\": 1", "version is 1, expected 2 with a preparation"},
      {"\"name\": \"u\"", "\"name\": \"v\"", "outputs name is \"v\", expected distinct names"},
      {"{\"name\": \"u\"}", "{}", "outputs name is nothing"},
      {"{\"name\": \"u\"}, ", "", "outputs has 1, expected two or more"},
      {"[0, 1]", "[1, 0]", "labels is [1,0], expected two numbers"},
      {"\"labels\": [0, 1], ", "", "calibration without labels"},
      {"[3, 1]", "[3]", "classes has 1 entries, expected 2"},
      {"[3, 1]", "[3, 3.0]", "classes is [3,3], expected distinct labels"},
      {"[3, 1]", "[\"a\", \"a\"]", "classes holds \"a\", expected distinct names"},
      {"[3, 1]", "[\"a\", 1]", "classes holds 1, expected distinct names"},
      {"[0, 2]", "[0]", "output row 0 has 1 values, expected 2"},
      {", [0, 0]]", "]", "output has 2 rows, expected 3"},
      {"[10, 20]", "10", "outputBias is missing or not a list"},
      {"[10, 20]", "[10]", "outputBias has 1 entries, expected 2"},
      {"[0.5, 0, 1]", "[0.5, 0]", "bias has 2 entries, expected 3"},
      {", [1, 1]]", "]", "gates has 2 rows, expected 3"},
      {"\"gateBias\": [0, 0, 0]", "\"gateBias\": [0]", "gateBias has 1 entries, expected 3"},
      {"\"bias\"", "\"labels\": [0, 1], \"bias\"", "labels beside outputs, expected classes"},
    };
    for (String[] one : cases) {
      String changed = WHOLE.replace(one[0], one[1]);
      assertThat(changed).as(one[0]).isNotEqualTo(WHOLE);
      assertThatThrownBy(() -> NetworkFile.readStored(changed))
          .as(one[0])
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("network: ")
          .hasMessageContaining(one[2]);
    }
  }

  @Test
  void whatDoesNotFitTogether() {
    SplittableRandom random = new SplittableRandom(1);
    Network one = network(random, Model.RELU, 2, filled(0.5));
    Network gated = network(random, Model.GATED, 2, filled(0.5));
    Network other = network(random, Model.RELU, 2, filled(0.75));
    List<String> names = List.of("u", "v");
    for (Network second : List.of(gated, other)) {
      assertThatThrownBy(() -> new MultiOutputNetwork(names, List.of(one, second), List.of()))
          .hasMessageContaining("output 'v' has another model, other inputs or preparation");
    }
    assertThatThrownBy(() -> new MultiOutputNetwork(List.of("u"), List.of(one), List.of()))
        .hasMessageContaining("has 1 outputs, expected two or more");
    for (List<?> classes : List.of(List.of(1.0), List.of("a", 1.0), List.of("a", "a"))) {
      assertThatThrownBy(() -> new MultiOutputNetwork(names, List.of(one, one), classes))
          .hasMessageContaining("class");
    }
  }
}
