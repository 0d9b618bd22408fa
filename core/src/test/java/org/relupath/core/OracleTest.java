package org.relupath.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.reference.CsvTable;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;

/**
 * Optima of real data sets that other solvers found: X and y as they are, the gates of gates.csv.
 */
class OracleTest {

  /** A data set, a model, a lambda and what is known about the optimum. */
  record Case(Instance data, Model model, JsonNode expected) {
    double number(String key) {
      return expected.get(key).asDouble();
    }

    @Override
    public String toString() {
      return data + " " + model + " " + expected.get("lambdaRatio");
    }
  }

  static Stream<Case> cases() {
    return Stream.of("diab-P60-s1", "dig-P50-s3").flatMap(OracleTest::read);
  }

  private static Stream<Case> read(String name) {
    String folder = "/oracle/" + name + "/";
    double[][] table = CsvTable.read(folder + "data.csv.gz", true);
    Instance data =
        new Instance(
            name,
            CsvTable.withoutLastColumn(table),
            CsvTable.lastColumn(table),
            CsvTable.read(folder + "gates.csv", false));
    try (InputStream json = OracleTest.class.getResourceAsStream(folder + "cases.json")) {
      List<JsonNode> nodes = List.of(new ObjectMapper().readValue(json, JsonNode[].class));
      return nodes.stream()
          .map(
              node ->
                  new Case(
                      data,
                      Model.valueOf(node.get("model").asText().toUpperCase(Locale.ROOT)),
                      node));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void reachesTheOptimumOfOtherSolvers(Case known) {
    Instance data = known.data();
    assertThat(data.x()).hasDimensions(known.expected().get("n").asInt(), (int) known.number("d"));
    // The oracle counts the pattern without an active row too, which makes no block here.
    assertThat(data.program(known.model()).patterns().count() + emptyPatterns(data))
        .isEqualTo((int) known.number("distinctPatterns"));
    double lambdaMax = known.number("lambdaMax");
    assertThat(data.lambdaMax(known.model())).isCloseTo(lambdaMax, within(1e-10 * lambdaMax));

    Solution solution = data.solver(known.model()).solve(known.number("lam"), Settings.DEFAULT);

    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    Certificate proof = solution.certificate();
    double optimum = known.number("objective");
    assertThat(proof.objective()).isCloseTo(optimum, within(1e-8 * optimum));
    assertThat(proof.dualObjective())
        .isCloseTo(optimum, within(1e-8 * optimum))
        .isLessThanOrEqualTo(proof.objective() * (1 + 1e-12));
    assertThat(proof.relativeGap()).isBetween(0.0, 1e-8);
    assertThat(proof.maxConeViolation()).isBetween(0.0, 1e-10);
  }

  private static int emptyPatterns(Instance data) {
    boolean empty =
        Arrays.stream(data.gates())
            .anyMatch(gate -> Arrays.stream(data.x()).allMatch(row -> Dense.dot(row, gate) < 0));
    return empty ? 1 : 0;
  }
}
