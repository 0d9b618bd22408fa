package org.relupath.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.program.Model;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.jobs.CommandRun;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.train.TrainSettings;
import org.relupath.spark.train.program.Program;

class MemoryNeedTest {
  private static final long GIGABYTE = 1L << 30;

  @TempDir Path folder;

  @Test
  void countsXAndTheSquareMatricesOfNewtonSystems() {
    MemoryNeed relu = MemoryNeed.of(10_000, 100, 500, Model.RELU);
    assertThat(relu.certain()).isBetween(6 * 8e6, 8 * 8e6);
    assertThat(relu.possible()).isBetween(2 * 8e8, 2 * 8e8 + 8 * 8e6);
    // Few blocks never make a system of the order of the rows.
    MemoryNeed few = MemoryNeed.of(1_000_000, 10, 20, Model.RELU);
    assertThat(few.possible()).isBetween(6 * 8e7, 7 * 8e7);
  }

  /** A million gates on 569 rows: the bits are elsewhere, gates and keys are not. */
  @Test
  void executorsTakeThePatternsOfManyGates() {
    double here = MemoryNeed.of(569, 31, 1_000_000, Model.RELU).certain();
    double there =
        MemoryNeed.ofGatesElsewhere(Matrix.zeros(569, 31), 1_000_000, Model.RELU).certain();
    assertThat(here - there).isGreaterThan(569 / 8.0 * 1e6);
    assertThat(there).isBetween(2 * 8 * 31e6, 2 * 8 * 31e6 + 4e8);
    // The rows' own share, and that of Newton systems, stay.
    double rows = MemoryNeed.ofGatesElsewhere(Matrix.zeros(100_000, 50), 10, Model.GATED).certain();
    assertThat(rows).isGreaterThan(6 * 8 * 5e6);
    assertThat(
            MemoryNeed.ofGatesElsewhere(Matrix.zeros(569, 31), 1_000_000, Model.RELU).possible()
                - there)
        .isEqualTo(2 * 8.0 * 569 * 569);
  }

  private static MemoryNeed outputs(String key, Object value, int outputs, int sideBySide) {
    ModelSettings model =
        TrainSettings.defaults().with("model", "relu").with(key, value).checked().model();
    return MemoryNeed.ofOutputs(Matrix.zeros(20_000, 50), 500, false, model, outputs, sideBySide);
  }

  /** What outputs share counts once, what each has as often as there are outputs. */
  @Test
  void severalOutputs() {
    double x = 8.0 * 20_000 * 50;
    double patterns = 20_000 * 500 / 4.0;
    double one = MemoryNeed.of(20_000, 50, 500, Model.RELU).certain();
    double solving = one - 6 * x - patterns;
    assertThat(outputs("gates", 500, 1, 1).certain()).isCloseTo(one, within(1e-9 * one));
    assertThat(outputs("gates", 500, 10, 1).certain()).isCloseTo(one, within(1e-9 * one));
    assertThat(outputs("gates", 500, 10, 4).certain())
        .isCloseTo(one + 3 * solving, within(1e-9 * one));
    assertThat(outputs("gate-source", "adaptive", 10, 1).certain())
        .isCloseTo(one + 9 * patterns, within(1e-9 * one));
    // Weights of classes make an X of each output: the raw rows alone are those of all.
    assertThat(outputs("class-weights", "balanced", 10, 2).certain())
        .isCloseTo(one + 9 * (5 * x + patterns) + solving, within(1e-9 * one));
    assertThat(outputs("gates", 500, 10, 4).possible() - outputs("gates", 500, 10, 4).certain())
        .isEqualTo(4 * 2 * 8 * 20_000.0 * 20_000);
    MemoryNeed balanced = outputs("class-weights", "balanced", 100, 1);
    assertThatThrownBy(() -> balanced.requireFits(GIGABYTE))
        .hasMessageContaining(
            "100 outputs of 20000 rows x 50 columns x 500 gates need about 4.0 GB of the driver's"
                + " memory, it has 1.0 GB");
  }

  /** Ten labels of rows that fit once: refused before any is solved. */
  @Test
  void aCommandOfSeveralOutputsSaysSoToo() throws IOException {
    SharedSpark.session();
    long heap = Runtime.getRuntime().maxMemory();
    int n = 2000;
    StringBuilder text = new StringBuilder("a,label\n");
    for (int r = 0; r < n; r++) {
      text.append(r % 97).append(",c").append(r % 10).append('\n');
    }
    // Bits of patterns are a third of the heap: of ten outputs they are more than it.
    long gates = heap / 3 / (n / 4 + 50);
    String[] fit = {
      "fit",
      "--gates",
      gates + "",
      "--input",
      Files.writeString(folder.resolve("rows.csv"), text).toString(),
      "--class-weights",
      "balanced",
      "--output",
      folder.resolve("never").toString()
    };
    CommandRun run = CommandRun.of(fit);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("10 outputs of 2000 rows x 2 columns x " + gates);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void refusesWhatDoesNotFit() {
    MemoryNeed need = MemoryNeed.of(2_000_000, 50, 500, Model.RELU);
    assertThatCode(() -> need.requireFits(8 * GIGABYTE)).doesNotThrowAnyException();
    assertThatThrownBy(() -> need.requireFits(4 * GIGABYTE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("2000000 rows x 50 columns x 500 gates need about 4.7 GB")
        .hasMessageContaining("it has 4.0 GB")
        .hasMessageContaining("--driver-memory");
  }

  /** A million rows x a million columns with a number each, for any driver too many if all were. */
  @Test
  void ofSparseRowsTheNumbersCount() {
    int n = 1_000_000;
    SparseMatrix x = new SparseMatrix(n, n, starts(n), new int[n], new double[n]);
    assertThat(MemoryNeed.ofRows(x, n, false).certain()).isEqualTo(6 * 12.0 * n);
    assertThat(MemoryNeed.ofRows(x, n + 1, true).certain()).isEqualTo(6 * 12.0 * 2 * n);
    assertThat(MemoryNeed.ofGatesElsewhere(x, 10, Model.GATED).certain())
        .isBetween(6 * 12.0 * n + 160.0 * n, 6 * 12.0 * n + 161.0 * n);
    assertThat(MemoryNeed.ofRows(Matrix.zeros(10, 3), 4, true)).isEqualTo(MemoryNeed.ofRows(10, 4));
    assertThatThrownBy(() -> MemoryNeed.ofRows(x, n, false).requireFits(GIGABYTE / 16))
        .hasMessageContaining("1000000 rows x 1000000 columns with 1000000 numbers need about");
    List<String> names = IntStream.range(0, n).mapToObj(k -> "x" + k).toList();
    Observations rows = new Observations(names, x, new double[n]);
    ModelSettings model = TrainSettings.defaults().with("standardize", "scale").checked().model();
    assertThat(Program.preprocessing(model, rows).dimension()).isEqualTo(n + 1);
  }

  /** A million columns: of 2147 gates one array has all numbers, of more it has not. */
  @Test
  void gatesOfMoreNumbersThanAnArrayHolds() {
    SparseMatrix x = new SparseMatrix(1, 1_000_000, new int[2], new int[0], new double[0]);
    assertThat(MemoryNeed.of(x, 2147, Model.GATED).certain()).isGreaterThan(2147 * 8e6);
    assertThatThrownBy(() -> MemoryNeed.of(x, 2148, Model.GATED))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--gates: 2148 of 1000000 columns have more numbers than one array,")
        .hasMessageContaining("expected at most 2147");
  }

  private static int[] starts(int n) {
    return IntStream.rangeClosed(0, n).toArray();
  }

  /** A hundred rows in general position in four columns fit a small driver, a thousand do not. */
  @Test
  void patternsThatAreEnumeratedCountAsObjectsToo() {
    MemoryNeed few = MemoryNeed.ofEnumerated(100, 4, 323_600, Model.RELU);
    assertThat(few.certain()).isBetween(323_600 * 300.0, 323_600 * 600.0);
    MemoryNeed many = MemoryNeed.ofEnumerated(1000, 4, 332_335_000, Model.RELU);
    assertThatThrownBy(() -> many.requireFits(16 * GIGABYTE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1000 rows x 4 columns with up to 332335000 patterns need about");
  }

  @Test
  void warnsOfWhatMayNotFit() {
    MemoryNeed need = MemoryNeed.of(20_000, 50, 500, Model.RELU);
    assertThatCode(() -> need.requireFits(GIGABYTE)).doesNotThrowAnyException();
    assertThat(need.warning(8 * GIGABYTE)).isEmpty();
    assertThat(need.warning(4 * GIGABYTE).orElse(""))
        .contains("20000 rows x 50 columns x 500 gates need up to 6.0 GB", "it has 4.0 GB");
  }

  @Test
  void aCommandSaysSoBeforeItWorks() throws IOException {
    SharedSpark.session();
    StringBuilder text = new StringBuilder("a,label\n");
    for (int r = 0; r < 20_000; r++) {
      text.append(r % 97).append(',').append(r % 89).append('\n');
    }
    Path input = Files.writeString(folder.resolve("rows.csv"), text);
    CommandRun run =
        CommandRun.of(
            "fit",
            "--gates",
            "1000000",
            "--input",
            input.toString(),
            "--output",
            folder.resolve("never").toString());
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine())
        .contains(
            "20000 rows x 2 columns x 1000000 gates need about 4.7 GB of the driver's memory");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  /** Texts become columns only where memory can hold them: 12,000 levels of 60,000 rows. */
  @Test
  void levelsAreCountedBeforeRowsAreEncoded() throws IOException {
    SharedSpark.session();
    StringBuilder text = new StringBuilder("town,label\n");
    for (int r = 0; r < 60_000; r++) {
      text.append('t').append(r % 12_000).append(',').append(r % 89).append('\n');
    }
    String input = Files.writeString(folder.resolve("rows.csv"), text).toString();
    String never = folder.resolve("never").toString();
    CommandRun run = CommandRun.of("fit", "--input", input, "--output", never);
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine())
        .contains("60000 rows x 12001 columns need about 32.2 GB of the driver's memory");
    assertThat(folder.resolve("never")).doesNotExist();
  }
}
