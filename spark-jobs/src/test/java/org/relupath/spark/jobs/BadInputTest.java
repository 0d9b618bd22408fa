package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.config.Reference;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Gates;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Workspace;

/** Whatever is wrong: status 2, exactly one line that names it, and not a file more than before. */
class BadInputTest {
  private static final String GOOD = "a,b,label\n1,2,1\n2,1,-1\n0,3,1\n4,1,-1\n";
  @TempDir Path folder;
  private Path output;

  /** Everything a training command does before it solves. */
  private static final Command LOAD =
      new Command(
          "fit",
          "Loads.",
          Reference.load().ordered(),
          List.of("input", "output"),
          context -> {
            try (Workspace workspace = Workspace.open(context)) {
              RunSettings settings = context.settings();
              Observations train = workspace.data().train();
              Preprocessing preprocessing =
                  Preprocessing.fit(train, settings.model().preprocessing());
              Gates.vectors(
                  settings.model(),
                  preprocessing.design(train.features()),
                  context.hadoop(),
                  search -> PatternEnumeration.of(search, List.of(search.chunk(0))));
              workspace.commit("loaded", List.of("manifest.json"));
            }
            return ExitStatus.DONE;
          });

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  @BeforeEach
  void name() {
    output = folder.resolve("result");
  }

  private String refusal(String... args) throws IOException {
    List<String> before = files();
    CommandRun run = CommandRun.of(List.of(LOAD), args);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
    assertThat(run.errorLine()).startsWith("relupath: ");
    return run.errorLine();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.map(Path::toString).sorted().toList();
    }
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private String refused(String text, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("fit", "--input", csv(text).toString()));
    args.addAll(List.of("--output", output.toString()));
    args.addAll(List.of(more));
    return refusal(args.toArray(new String[0]));
  }

  @Test
  void goodInputIsTaken() throws IOException {
    CommandRun run =
        CommandRun.of(
            List.of(LOAD), "fit", "--input", csv(GOOD).toString(), "--output", output.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).isEqualTo("loaded\n" + output.resolve("manifest.json") + "\n");
    assertThat(Files.readString(output.resolve("manifest.json"))).contains("\"train\" : 4");
    assertThat(output.resolve("resolved.conf")).exists();
  }

  @Test
  void missingFile() throws IOException {
    assertThat(refusal("fit", "--input", "no/such.csv", "--output", output.toString()))
        .contains("--input no/such.csv: no such file");
  }

  @Test
  void aFolderThatIsNotParquet() throws IOException {
    Path parts = Files.createDirectory(folder.resolve("parts"));
    Files.writeString(parts.resolve("a.csv"), GOOD);
    assertThat(refusal("fit", "--input", parts.toString(), "--output", output.toString()))
        .contains("must hold parquet files");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(refusal("fit", "--input", empty.toString(), "--output", output.toString()))
        .contains("must hold parquet files");
  }

  @Test
  void unknownExtension() throws IOException {
    Path file = Files.writeString(folder.resolve("rows.txt"), GOOD);
    assertThat(refusal("fit", "--input", file.toString(), "--output", output.toString()))
        .contains("--format");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "''                                  | the file is empty",
        "a,b,label                           | no rows after the header line",
        "a,b,label;1,2,1;1,2                 | row 2 has 2 cells, expected 3",
        "a,b,label;1,2,1;1,2,3,4             | row 2 has 4 cells, expected 3",
        "a,b,label;1,2,1;1,NaN,-1            | row 2 column 'b' is 'NaN', expected a value",
        "a,b,label;1,2,1;Infinity,2,-1       | row 2 column 'a' is 'Infinity'",
        "a,b,label;1,2,1;1e999,2,-1          | row 2 column 'a' is '1e999', expected a number from",
        "a,b,label;1,2,1;1,,-1               | row 2 column 'b' is empty",
        "a,b,label;1,2,1;1,2,                | row 2 column 'label' is empty",
        "a,b,label;1,red,1;2,3,-1            | row 1 column 'b' is 'red'",
        "a,b,label;1,1,1;1,2d,1              | row 2 column 'b' is '2d'",
        "a,b,label;1,2,yes;1,2,2             | row 1 column 'label' is 'yes'",
        "a,b,label;1,2,x;1,2,x               | label column 'label' has 1 different texts (x), expected",
        "a,b,class;1,2,1;2,1,-1              | --label: ",
        "a,b,label;1,2,1;2,1,1               | label column 'label' is 1.0 in all 2 training rows",
        "a,b,a,label;1,2,3,1;2,1,3,-1        | two columns are named 'a' (column 1 and 3)",
        "a,,label;1,2,1;2,1,-1               | column 2 has no name",
        "1,2,3;1,2,1;2,1,-1                  | expected a header",
        "label;1;2                           | no feature column",
        "a,b,label;x,y,1;1,2,z               | row 1 column 'a' is 'x', expected a finite number"
            + " (--drop leaves a column out, --categorical takes texts); row 1 column 'b' is 'y'; row 2 column 'label' is"
            + " 'z'",
        "a,b,label;1,2,1;1,'2,3              | row 2 has a quote that is not closed",
        "a,b,label;1,1e-999,1                | row 1 column 'b' is '1e-999', expected a number from"
      })
  void whatIsWrongWithACsv(String rows, String expected) throws IOException {
    String text = rows.replace(";", "\n").replace("'", "\"");
    assertThat(refused(text.isEmpty() ? "" : text + "\n")).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--lambda -1                          | --lambda: '-1', expected a number from 1e-100 to"
            + " 1e100",
        "--lambda 0                           | --lambda: '0', expected a number from 1e-100 to"
            + " 1e100",
        "--lambda nan                         | --lambda: 'nan'",
        "--lambda 1 --lambda-ratio 0.1        | --lambda and --lambda-ratio: both given",
        "--gates 0                            | --gates: '0', expected a whole number of at least"
            + " 1",
        "--gates 1.5                          | --gates: '1.5'",
        "--gates 99999999999                  | --gates: '99999999999'",
        "--tolerance 0                        | --tolerance: '0', expected a number above 0",
        "--tolerance x                        | --tolerance: 'x'",
        "--lambda-min-ratio 1                 | --lambda-min-ratio: '1'",
        "--lambda-min-ratio 0.9999999999999998 | keeps 100 lambdas apart",
        "--lambda-min-ratio null              | --lambda-min-ratio",
        "--lambdas 0                          | --lambdas: '0'",
        "--model deep                         | --model: 'deep', expected one of relu, gated",
        "--seed one                           | --seed: 'one', expected a whole number",
        "--gate-source moon                   | --gate-source: 'moon', expected",
        "--gate-source file:no/gates.csv      | --gate-source file:no/gates.csv: no such file",
        "--standardize yes                    | --standardize: 'yes', expected true, false or scale",
        "--valid-fraction 1                   | --valid-fraction: '1'",
        "--valid x.csv --valid-fraction 0.5   | --valid and --valid-fraction: both given",
        "--valid no/such.csv                  | --valid no/such.csv: no such file",
        "--test no/such.csv                   | --test no/such.csv: no such file",
        "--features a,zz                      | --features: ",
        "--features a,label                   | --features: 'label' is the label",
        "--features a,,b                      | --features: 'a,,b'",
        "--features a,a                       | --features: 'a,a', expected distinct names",
        "--label zz                           | has no column 'zz', it has a, b, label",
        "--format xml                         | --format: 'xml', expected one of auto, csv",
        "--lambda 0x1p3                       | --lambda: '0x1p3', expected a number from 1e-100",
        "--lambda 0.1d                        | --lambda: '0.1d', expected a number from 1e-100",
        "--lambda ١                           | --lambda: '١', expected a number from 1e-100",
        "--lambda 1_0                         | --lambda: '1_0', expected a number from 1e-100",
        "--lambda 1e400                       | --lambda: '1e400', expected a number from 1e-100",
        "--lambda 1e-400                      | --lambda: '1e-400', expected a number from 1e-100",
        "--positive 1e-400                    | --positive: '1e-400', expected a number",
        "--probabilities yes                  | --probabilities: 'yes', expected true or false",
        "--threshold half                     | --threshold: 'half', expected accuracy, f1,"
            + " cost:FP,FN or a score",
        "--threshold cost:1                   | --threshold: 'cost:1', expected cost:FP,FN, two"
            + " numbers above 0",
        "--threshold cost:0,1                 | --threshold: 'cost:0,1', expected cost:FP,FN",
        "--threshold cost:1,2,3               | --threshold: 'cost:1,2,3', expected cost:FP,FN",
        "--threshold cost:1,x                 | --threshold: 'cost:1,x', expected cost:FP,FN",
        "--threshold 1 --probabilities true   | --threshold: '1', expected accuracy, f1, cost:FP,FN"
            + " or a probability above 0 and below 1",
        "--gates 1e3                          | --gates: '1e3', expected a whole number",
        "--gates ٣                            | --gates: '٣', expected a whole number",
        "--seed 1L                            | --seed: '1L', expected a whole number",
        "--set gates=                         | --set gates: is empty, expected a value",
        "--features=                          | --features: is empty, expected a value",
        "--label=                             | --label: is empty, expected a value",
        "--valid=                             | --valid: is empty, expected a value",
        "--lambda=                            | --lambda: is empty, expected a value",
        "--format=                            | --format: is empty, expected a value",
        "--lamb 1                             | Unknown option",
        "--valid http://127.0.0.1:1/x.csv     | --valid http://127.0.0.1:1/x.csv: is not"
            + " downloaded",
        "--gate-source file:http://h/g.csv    | file:http://h/g.csv: is not downloaded",
        "--nonsense 1                         | Unknown option",
        "extra                                | Unmatched argument",
        "--gates                              | Missing required parameter",
        "--gates 1 --gates 2                  | should be specified only once",
        "--set gates                          | --set: 'gates', expected key=value",
        "--set gatess=1                       | --set: unknown key 'gatess'",
        "--set gates=0                        | --set gates: '0', expected a whole number",
        "--config no/such.conf                | --config no/such.conf: no such file"
      })
  void whatIsWrongWithAnOption(String options, String expected) throws IOException {
    assertThat(refused(GOOD, options.trim().split(" +"))).contains(expected.trim());
  }

  @Test
  void whatIsMissing() throws IOException {
    assertThat(refusal()).contains("no command");
    assertThat(refusal("fly")).contains("fly");
    assertThat(refusal("fit")).contains("--input is missing");
    assertThat(refusal("fit", "--input", csv(GOOD).toString())).contains("--output is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2\n",
        "1,2,3,4\n",
        "1,2,x\n",
        "1,2,inf\n",
        "\n",
        "1,2,0x1\n",
        "1,2,1d\n",
        "1,2,1e-400\n"
      })
  void gatesOfTheWrongShape(String gates) throws IOException {
    Path file = Files.writeString(folder.resolve("gates.csv"), gates);
    assertThat(refused(GOOD, "--gate-source", "file:" + file)).contains("gates.csv");
  }

  @Test
  void labelsThatTrainingDidNotHave() throws IOException {
    Path other = Files.writeString(folder.resolve("other.csv"), GOOD + "1,1,7\n");
    for (String option : List.of("--valid", "--test")) {
      assertThat(refused(GOOD, option, other.toString()))
          .contains(option)
          .contains("row 5 column 'label' is 7.0");
    }
  }

  /** A message stays one line, without effect on a terminal, and not longer than a few lines. */
  @Test
  void namesAreShownAsText() throws IOException {
    assertThat(refused(GOOD, "--valid", "a\nb\u001b[31m\u202ec\u2028d\u0007.csv"))
        .contains("--valid a\\nb\\u001b[31m\\u202ec\\u2028d\\u0007.csv: no such file");
    String line = refused(GOOD, "--valid", "x".repeat(3000));
    assertThat(line).hasSizeLessThan(600).contains("--valid xxx").contains(" ... ");
    assertThat(refused(GOOD, "--gates", "9".repeat(100_000))).hasSizeLessThan(600);
    assertThat(refused("a,\u001b[2J,label\n1,x,1\n1,2,2\n")).contains("column '\\u001b[2J' is 'x'");
  }

  /** As Spark reads them where it is told that records have several lines. */
  @Test
  void aLineEndInQuotesIsPartOfItsCell() throws IOException {
    String rows = "label,x,note\n1.0,2.0,\"first line\n0.5,7.0,still the note\"\n2.0,1.0,plain\n";
    CommandRun run =
        CommandRun.of(
            List.of(LOAD),
            "fit",
            "--input",
            csv(rows).toString(),
            "--features",
            "x",
            "--output",
            output.toString());
    assertThat(run.err()).isEmpty();
    assertThat(Files.readString(output.resolve("manifest.json"))).contains("\"train\" : 2");
  }

  /** Blanks around a name are part of it. */
  @Test
  void anotherFileIsNeverTaken() throws IOException {
    csv(GOOD);
    for (String name : List.of(" rows.csv", "rows.csv ", "rows?.csv", "row*.csv", "{rows,x}.csv")) {
      String path = folder.resolve(name.strip()).toString();
      String given = name.startsWith(" ") ? " " + path : name.endsWith(" ") ? path + " " : path;
      assertThat(refusal("fit", "--input", given, "--format", "csv", "--output", output.toString()))
          .contains("no such file");
    }
  }

  @Test
  void heldOutRowsThatLackAColumn() throws IOException {
    Path other = Files.writeString(folder.resolve("other.csv"), "a,label\n1,1\n");
    assertThat(refused(GOOD, "--valid", other.toString())).contains("has no column 'b'");
  }

  @Test
  void anOutputFolderThatExists() throws IOException {
    Files.createDirectory(output);
    assertThat(refused(GOOD)).contains("--output " + output + ": exists");
  }

  /** The rows would be gone with the folder. */
  @Test
  void anOutputFolderAroundTheRows() throws IOException {
    output = folder;
    assertThat(refused(GOOD, "--overwrite")).contains("would replace --input");
    Path other = Files.createDirectory(folder.resolve("other"));
    Path valid = Files.writeString(other.resolve("valid.csv"), GOOD);
    output = other;
    assertThat(refused(GOOD, "--overwrite", "--valid", valid.toString()))
        .contains("would replace --valid");
  }

  @Test
  void anOutputFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    output = file.resolve("result");
    assertThat(refused(GOOD)).contains("--output " + output + ": cannot be written");
  }
}
