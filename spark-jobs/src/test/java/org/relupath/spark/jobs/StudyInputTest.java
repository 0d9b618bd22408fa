package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/**
 * What a study cannot be made of is refused before any of it is done: one line, nothing written.
 */
class StudyInputTest {
  @TempDir Path folder;
  private StudyCase study;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  @BeforeEach
  void write() throws IOException {
    study = StudyCase.in(folder);
  }

  private String refusal(String... more) throws IOException {
    List<String> before = files();
    CommandRun run = study.run("out", more);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
    return run.errorLine();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.map(Path::toString).sorted().toList();
    }
  }

  private String refusedConfig(String more) throws IOException {
    Files.writeString(study.conf(), Files.readString(study.conf()) + more);
    return refusal();
  }

  /**
   * A way to write a csv is refused where none of the data sets, or not the one it is for, is one.
   */
  @Test
  void optionsOfTextsNeedATextFile() throws IOException {
    Files.writeString(folder.resolve("rows.libsvm"), "1 1:1\n2 1:2\n3 1:4\n");
    String own = "datasets.other = { input = \"" + folder.resolve("rows.libsvm") + "\"%s }\n";
    assertThat(refusedConfig(own.formatted(", header = false")))
        .contains("header: 'false', expected none: datasets.other input")
        .contains("is libsvm, not csv");
    Files.writeString(study.conf(), own.formatted("") + "folds = 2\n");
    assertThat(refusal("--delimiter", ";"))
        .contains("--delimiter: ';', expected none: datasets.other input ")
        .contains("is libsvm, not csv");
  }

  @ParameterizedTest(name = "--set {0}={1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "models; lasso; expected relu or gated, or both",
        "models; relu,relu; expected distinct names",
        "gate-counts; 0; expected whole numbers of at least 1",
        "gate-counts; 5,5.5; expected whole numbers of at least 1",
        "seeds; one; expected whole numbers",
        "seeds; 1,01; expected whole numbers, distinct",
        "folds; 1; expected a whole number of at least 2",
        "folds; 38; expected at most the 37 rows of line",
        "choose; worst; expected one of best, one-standard-error",
        "gate-source; exhaustive; expected gaussian, sparse or adaptive",
        "splits; 2; folds and --set splits: both given, expected one",
        "split-test; 0.5; --set split-test: is for splits, expected --splits too",
        "analyses; all; expected candidates or pruning, or both",
        "analyses; pruning,pruning; expected distinct names",
        "published; 1; --set published: is not for a study",
        "resume; maybe; expected true or false",
        "model; gated; is not for a study, which takes models",
        "gates; 10; is not for a study, which takes gate-counts",
        "lambda; 3; --set lambda and",
        "lambda-ratio; 0.3; is not for a study, which takes lambda, or lambdas and lambda-min-ratio",
        "valid-fraction; 0.5; is not for a study, which takes folds or splits",
        "test; rows.csv; is not for a study, which takes splits and split-test",
        "analyze; true; --set analyze: is not for a study",
        "tolerance; 0; expected a number above 0 and below 1",
        "sample-rows; 40; expected at most the 37 of",
      })
  void aSettingThatDoesNotFit(String key, String value, String expected) throws IOException {
    assertThat(refusal("--set", key + "=" + value)).contains(expected);
  }

  @ParameterizedTest(name = "--split-valid {0} --split-test {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 0; expected a share of held-out rows, or one of test rows",
        "0.5; 0.5; expected less than 1 together with split-valid",
        "1; 0; expected a number from 0 to below 1",
        "-0.1; 0.5; expected a number from 0 to below 1",
        "0; 0.5; --split-valid: is missing, expected rows to choose among several lambdas by",
      })
  void sharesThatDoNotFit(String heldOut, String test, String expected) throws IOException {
    withoutFolds();
    assertThat(
            refusal(
                "--splits", "2", "--set", "split-valid=" + heldOut, "--set", "split-test=" + test))
        .contains(expected);
  }

  @Test
  void gateCountsThatNothingChoosesAmong() throws IOException {
    withoutFolds();
    String text = Files.readString(study.conf());
    Files.writeString(study.conf(), text.replaceAll("(?m)^lambdas = .*\n", "lambda = 3\n"));
    assertThat(refusal("--splits", "2", "--split-test", "0.5", "--set", "gate-counts=5,6"))
        .contains("gate-counts: '5,6', expected one number where no rows are held out");
    assertThat(refusal("--splits", "2", "--split-test", "0.5", "--choose", "best"))
        .contains("choose: 'best', expected rows to choose by (split-valid)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"min_norm", "min_norm=x", "min_nrm=.5", "min_norm=.5,min_norm=.6", "=.5"})
  void figuresThatAreNone(String published) throws IOException {
    assertThat(refusal("--set", "datasets.line.published=" + published))
        .contains("published: '" + published + "', expected NAME=NUMBER, separated by commas");
  }

  @Test
  void splitsThatLeaveNothing() throws IOException {
    withoutFolds();
    assertThat(refusal("--splits", "1", "--split-valid", "0.5"))
        .contains("splits: '1', expected a whole number from 2 to 100000");
    assertThat(refusal("--splits", "2", "--split-valid", "0.02", "--split-test", "0.97"))
        .contains(
            "--splits: of the 37 rows of line split-valid and split-test leave 0 to fit to, expected at"
                + " least 2");
  }

  private void withoutFolds() throws IOException {
    String text = Files.readString(study.conf());
    Files.writeString(study.conf(), text.replaceAll("(?m)^folds = .*\n", ""));
  }

  @Test
  void dataSetsThatAreNone() throws IOException {
    assertThat(refusal("--set", "datasets=null")).contains("datasets { NAME { input = PATH } }");
    assertThat(refusal("--set", "datasets=rows.csv")).contains("datasets: expected a section");
    assertThat(refusal("--set", "datasets.third=3")).contains("datasets.third: expected a section");
    assertThat(refusal("--set", "datasets.third.label=y"))
        .contains("datasets.third: input is missing");
    assertThat(refusal("--set", "datasets.third.input=no/such.csv"))
        .contains("datasets.third input no/such.csv: no such file");
    assertThat(refusedConfig("datasets.a { input = a.csv, folds = 3 }\n"))
        .contains("study.conf: 11: datasets.a: unknown key 'folds', expected one of input, format");
  }

  @Test
  void aNameThatIsNoFolder() throws IOException {
    assertThat(refusedConfig("datasets.\"../up\" { input = a.csv }\n"))
        .contains("datasets.../up: expected a name of a letter");
  }

  /** The last data set's rows are looked at before the first one's paths. */
  @Test
  void rowsThatCannotBeRead() throws IOException {
    Path rows = folder.resolve("sides.csv");
    Files.writeString(rows, Files.readString(rows) + "1,2,x,1\n");
    assertThat(refusal()).contains("row 45 column 'x2' is 'x'");
    Files.writeString(rows, "x0,label\n1,3\n2,3\n");
    assertThat(refusal()).contains("label column 'label' is 3.0 in all 2 training rows");
  }

  @Test
  void anOutputFolderAroundTheRows() throws IOException {
    String[] args = study.args("out", "--overwrite");
    args[4] = folder.toString();
    CommandRun run = CommandRun.of(args);
    assertThat(run.errorLine()).contains("would replace datasets.line input");
    args[4] = folder.resolve("line.csv/out").toString();
    assertThat(CommandRun.of(args).errorLine()).contains("cannot be written");
  }
}
