package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/**
 * Figures of summary.json are those of network.json on the raw rows, worked out here in exact
 * arithmetic from the two files alone; and numbers of which that cannot hold are refused.
 */
class WrittenNetworkTest {
  private static final double SAME = 1e-9;

  @TempDir Path folder;
  private final List<double[]> raw = new ArrayList<>();
  private Path input;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  private void write(double[]... rows) throws IOException {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (double[] row : rows) {
      raw.add(row);
      text.append(row[0]).append(',').append(row[1]).append(',').append(row[2]).append('\n');
    }
    input = Files.writeString(folder.resolve("rows.csv"), text);
  }

  private double[][] drawn(double offset, double spread) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] rows = new double[40][];
    for (int r = 0; r < rows.length; r++) {
      double a = random.nextDouble() - 0.5;
      double b = random.nextDouble() - 0.5;
      rows[r] = new double[] {offset + spread * a, b, Math.abs(a) - b};
    }
    return rows;
  }

  private CommandRun run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--input", input.toString()));
    args.addAll(List.of("--output", folder.resolve(command).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  private static BigDecimal score(double[] row, JsonNode w, JsonNode bias) {
    BigDecimal sum = new BigDecimal(bias.asDouble());
    for (int k = 0; k < w.size(); k++) {
      sum = sum.add(new BigDecimal(row[k]).multiply(new BigDecimal(w.get(k).asDouble())));
    }
    return sum;
  }

  private double mse(JsonNode network) {
    BigDecimal squares = BigDecimal.ZERO;
    for (double[] row : raw) {
      BigDecimal error = new BigDecimal(network.get("outputBias").asDouble());
      error = error.subtract(new BigDecimal(row[2]));
      for (int j = 0; j < network.get("output").size(); j++) {
        BigDecimal own = score(row, network.get("hidden").get(j), network.get("bias").get(j));
        boolean on =
            network.has("gates")
                ? score(row, network.get("gates").get(j), network.get("gateBias").get(j)).signum()
                    >= 0
                : own.signum() > 0;
        if (on) {
          error = error.add(own.multiply(new BigDecimal(network.get("output").get(j).asDouble())));
        }
      }
      squares = squares.add(error.multiply(error));
    }
    return squares.doubleValue() / raw.size();
  }

  private void checkFigures(CommandRun run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    JsonNode summary = json("fit/summary.json");
    double mse = mse(json("fit/network.json"));
    assertThat(summary.get("train").get("mse").asDouble()).isCloseTo(mse, within(SAME * mse));
    double loss = 0.5 * raw.size() * mse;
    assertThat(summary.get("loss").asDouble()).isCloseTo(loss, within(SAME * loss));
    double objective = summary.get("objective").asDouble();
    assertThat(summary.get("solverObjective").asDouble())
        .isCloseTo(objective, within(SAME * objective));
    assertThat(summary.get("status").asText()).isEqualTo("optimal");
  }

  @ParameterizedTest(name = "{0} at {1} + {2}")
  @CsvSource({
    "relu,1e6,1",
    "relu,1e9,3",
    "relu,1e12,3",
    "relu,1e14,3",
    "relu,1.7e18,1e9",
    "gated,1e12,3",
    "relu,0,1e150",
    "relu,0,1e-150"
  })
  void columnsFarFromZeroAndOfAnySizeAreTheSameNetwork(String model, double offset, double spread)
      throws IOException {
    write(drawn(offset, spread));
    checkFigures(run("fit", "--model", model, "--gates", "60", "--lambda-ratio", "0.03"));
  }

  @Test
  void rowsOnTheBorderOfAGateAreOnOneSideOfIt() throws IOException {
    double[] a = {-0.19999999999999998, 0.1, 0.4};
    double[] b = {-1.5999999999999999, 0.1, 1.8};
    double[] y = {-0.36, 1.2, 1.4, 0.32, 0.41, -0.49, -0.91, -0.9, -1};
    double[][] rows = new double[9][];
    for (int r = 0; r < 9; r++) {
      rows[r] = new double[] {a[r / 3], b[r % 3], y[r]};
    }
    write(rows);
    Path gates =
        Files.writeString(
            folder.resolve("gates.csv"),
            "1,0,0\n-1,0,0\n0,1,0\n0,-1,0\n1,1,0\n1,-1,0\n-1,1,0\n-1,-1,0\n");
    checkFigures(
        run("fit", "--model", "gated", "--gate-source", "file:" + gates, "--lambda", "0.001"));
  }

  @Test
  void aConstantButForRoundingIsWarnedOfAndNotUsed() throws IOException {
    double[][] rows = drawn(0, 1);
    for (int r = 0; r < rows.length; r++) {
      rows[r][1] = r % 3 == 0 ? 0.1 + 0.2 : 0.3;
    }
    write(rows);
    checkFigures(run("fit", "--gates", "60"));
    assertThat(json("fit/summary.json").get("warnings").toString())
        .contains("column 'b' is 0.3 to 0.30000000000000004, a constant but for rounding");
    assertThat(json("fit/network.json").get("preprocessing").get("scale").get(1).asDouble())
        .isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"1e300,1,1", "1.7976931348623157e308,1,1", "1,1e160,1", "1,1,1e160"})
  void numbersWhoseSquaresOverflowAreRefusedByRowAndColumn(String line) throws IOException {
    write(drawn(0, 1));
    Files.writeString(input, Files.readString(input) + line + "\n");
    CommandRun run = run("fit", "--gates", "20");
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("row 41 column '").contains("expected numbers up to 1.0E");
    assertThat(folder.resolve("fit")).doesNotExist();
  }

  @Test
  void columnsThatVanishWhenSquaredAreRefused() throws IOException {
    write(drawn(0, 1e-200));
    CommandRun run = run("fit", "--gates", "20");
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine())
        .contains("column 'a' is")
        .contains("numbers that differ by 1.0E-153");
  }

  @ParameterizedTest(name = "lambda {0}")
  @ValueSource(strings = {"1e-320", "1e300", "1e-90"})
  void lambdasBeyondArithmeticAreRefused(String lambda) throws IOException {
    write(drawn(0, 1));
    CommandRun run = run("fit", "--gates", "20", "--lambda", lambda);
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("--lambda: '");
  }

  @Test
  void aPredictionThatIsNoNumberIsRefusedByItsRow() throws IOException {
    write(drawn(0, 1e-100));
    assertThat(run("fit", "--gates", "40").status()).isEqualTo(ExitStatus.DONE);
    Files.writeString(input, "a,b\n0,0\n1e300,0\n");
    CommandRun run = run("predict", "--run", folder.resolve("fit").toString());
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("row 2: the prediction is ");
    assertThat(folder.resolve("predict")).doesNotExist();
  }

  /** Two of three labels in every fold: each is centred by its own mean. */
  @Test
  void foldsAreCentredByTheirOwnRows() throws IOException {
    write(
        new double[] {8.17949093349979, 0, -0.4763135491383076},
        new double[] {2.290942846391096, 0, 1.8184817231498083},
        new double[] {4.781586662821095, 0, 0.5195393601930505});
    // Above every lambda_max each fold predicts its own mean.
    double expected = 0;
    for (int r = 0; r < 3; r++) {
      double mean = (raw.get((r + 1) % 3)[2] + raw.get((r + 2) % 3)[2]) / 2;
      expected += (raw.get(r)[2] - mean) * (raw.get(r)[2] - mean) / 3;
    }
    CommandRun run =
        run("path", "--gates", "30", "--lambdas", "1", "--features", "b", "--standardize", "false");
    assertThat(run.err()).isEmpty();
    assertThat(json("path/summary.json").get("chosenMse").asDouble())
        .isCloseTo(expected, within(1e-12));
  }
}
