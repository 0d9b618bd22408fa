package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.program.Model;
import org.relupath.spark.config.Reference;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.JobContext;

class ConfigurationTest {
  @TempDir Path folder;
  private final List<JobContext> seen = new ArrayList<>();

  private CommandRun run(String... args) {
    List<String> keys = Reference.load().ordered();
    Command command =
        new Command(
            "try",
            "Reads settings.",
            keys,
            List.of(),
            context -> {
              seen.add(context);
              return ExitStatus.DONE;
            });
    return CommandRun.of(List.of(command), args);
  }

  private RunSettings settings(String... args) {
    CommandRun run = run(args);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return seen.get(seen.size() - 1).settings();
  }

  @Test
  void everyKeyHasOneDefault() throws IOException {
    try (InputStream file = Reference.class.getResourceAsStream("/org/relupath/reference.conf")) {
      List<String> keys =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.matches("[a-z-]+ *=.*"))
              .map(line -> line.split("=", 2)[0].trim())
              .toList();
      assertThat(keys).doesNotHaveDuplicates().hasSameElementsAs(Reference.load().keys());
    }
  }

  @Test
  void optionsWinOverSetsOverTheFileOverTheReference() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.conf"), "gates = 10 # few\nseed = 10\nlambdas = 10\nmodel = gated\n");
    RunSettings settings =
        settings(
            "try",
            "--config",
            file.toString(),
            "--set",
            "gates=20",
            "--set",
            "seed=20",
            "--gates",
            "30");
    assertThat(settings.model().gates()).isEqualTo(30);
    assertThat(settings.model().seed()).isEqualTo(20);
    assertThat(settings.lambda().lambdas()).isEqualTo(10);
    assertThat(settings.model().model()).isEqualTo(Model.GATED);
    assertThat(settings.solver().tolerance()).isEqualTo(1e-8);
  }

  @Test
  void aResolvedConfigurationRepeatsTheRun() throws IOException {
    RunSettings first =
        settings(
            "try",
            "--features",
            "a,b c",
            "--lambda-min-ratio",
            "0.1",
            "--gate-source",
            "file:my gates.csv",
            "--center-label",
            "false");
    String text = seen.get(0).configuration().render();
    Path file = Files.writeString(folder.resolve("resolved.conf"), text);
    assertThat(settings("try", "--config", file.toString())).isEqualTo(first);
    assertThat(first.data().features()).containsExactly("a", "b c");
  }

  @Test
  void listsAndNumbersOfAFileAreWhatTheyAre() throws IOException {
    Path file =
        Files.writeString(folder.resolve("a.conf"), "features = [a, b]\ntolerance = 1e-3\n");
    RunSettings settings = settings("try", "--config", file.toString());
    assertThat(settings.data().features()).containsExactly("a", "b");
    assertThat(settings.solver().tolerance()).isEqualTo(1e-3);
  }

  @Test
  void helpAndVersionAreAnswers() {
    for (String[] args :
        new String[][] {{"--help"}, {"--version"}, {"try", "--help"}, {"try", "--version"}}) {
      CommandRun run = run(args);
      assertThat(run.status()).isEqualTo(ExitStatus.DONE);
      assertThat(run.out()).contains("relupath");
      assertThat(run.err()).isEmpty();
    }
    assertThat(run("try", "--help").out())
        .contains("--lambda-min-ratio")
        .contains("Default: 500.")
        .contains("FRACTION");
  }

  @Test
  void everyKeyHasAHelpTextAndAValueName() {
    Reference reference = Reference.load();
    for (String key : reference.ordered()) {
      assertThat(reference.valueName(key)).as(key).matches("[A-Z]+");
      assertThat(reference.help(key, ConfigFactory.empty()))
          .as(key)
          .endsWith(".")
          .hasSizeGreaterThan(20);
    }
  }

  @Test
  void helpTellsTheDefaultsOfTheCommandItself() {
    String help = CommandRun.of("demo", "--help").out();
    assertThat(help).contains("Default: 30.").contains("Default: 1e-6.").doesNotContain("null");
    assertThat(CommandRun.of("path", "--help").out()).contains("Default: 100.");
  }

  @Test
  void aMistakeInAFileIsNamedByItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "gates = 5\ngatess = 10\n");
    assertThat(run("try", "--config", file.toString()).errorLine())
        .contains("a.conf line 2: unknown key 'gatess'");
    Path value = Files.writeString(folder.resolve("b.conf"), "# few\ngates = none\n");
    assertThat(run("try", "--config", value.toString()).errorLine())
        .contains("b.conf: 2: gates: 'none', expected a whole number of at least 1");
    Path broken = Files.writeString(folder.resolve("c.conf"), "gates = [\n");
    assertThat(run("try", "--config", broken.toString()).errorLine()).contains("c.conf: 2");
  }

  @Test
  void twoOfWhichOneWasExpectedAreNamedByWhereTheyAre() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "valid = a.csv\nlambda = 2\n");
    assertThat(run("try", "--config", file.toString(), "--valid-fraction", "0.2").errorLine())
        .endsWith("a.conf: 1: valid and --valid-fraction: both given, expected one");
    assertThat(run("try", "--lambda", "1", "--set", "lambda-ratio=0.1").errorLine())
        .endsWith(": --lambda and --set lambda-ratio: both given, expected one");
  }

  @Test
  void helpTellsWhatIsNeededAndWhatTakesNoValue() {
    String help = CommandRun.of("predict", "--help").out().replaceAll("\\s+", " ");
    assertThat(help)
        .containsPattern("--input=PATH [^-]*Needed\\. --format")
        .containsPattern("--output=DIR [^-]*Needed\\. --overwrite Replace")
        .containsPattern("--network=FILE [^-]*elsewhere\\. --run");
  }

  @Test
  void anUnexpectedFailureIsStatusOneAndOneLine() {
    Command failing =
        new Command(
            "try",
            "Fails.",
            List.of(),
            List.of(),
            context -> {
              throw new IllegalStateException("first line\nsecond line");
            });
    CommandRun run = CommandRun.of(List.of(failing), "try");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.errorLine()).contains("failed").contains("first line");
  }
}
