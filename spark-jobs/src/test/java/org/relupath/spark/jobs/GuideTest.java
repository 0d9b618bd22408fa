package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.OtherJvm;

/**
 * Every command of the README and of the guide does what the page says: run in the order of the
 * pages in one folder, it prints the lines below it. {@code -Drelupath.examples=all} also runs
 * those that take minutes.
 */
class GuideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Commands that hold one of these are not run here, for the reason beside it. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("mvn ", "the build that runs this test"),
          Map.entry("local-cluster", "starts processes on ports; .ci/run and .ci/cluster run such"),
          Map.entry("spark://", "needs such a cluster; .ci/cluster runs one"),
          Map.entry("conf/ten-data-sets.conf", "needs data sets that are not in the repository"),
          Map.entry("conf/paper-figure7.conf", "needs data sets that are not in the repository"),
          Map.entry("spark-sql ", "needs a Spark distribution"),
          Map.entry("airflow", "installs Airflow; .ci/airflow runs the DAG"),
          Map.entry("export SPARK_HOME", "for Airflow; .ci/airflow runs the DAG"),
          Map.entry("export AIRFLOW", "for Airflow; .ci/airflow runs the DAG"),
          Map.entry("export RELUPATH_INPUT", "for Airflow; .ci/airflow runs the DAG"),
          Map.entry("rows/2026", "for Airflow; .ci/airflow runs the DAG"));

  /** The heap that the launcher gives a command: all examples share one process here. */
  private static final String LAUNCHER_HEAP = "-Xmx4g";

  private static final String MINUTES = "takes minutes; -Drelupath.examples=all runs it";

  /** Commands that hold one of these take minutes together. */
  private static final List<String> LONG = List.of("--gates 100000", "my-rows", "--splits 50");

  private static final Pattern SOURCE =
      Pattern.compile("(?ms)^```java\n(.*?public class (\\w+).*?)^```$");

  @TempDir static Path folder;
  private static List<Example> examples;
  private static Map<Example, String> results;

  @BeforeAll
  static void runAll() throws IOException, InterruptedException {
    examples = new ArrayList<>();
    for (Path page : pages()) {
      for (MatchResult source : SOURCE.matcher(Files.readString(page)).results().toList()) {
        Files.writeString(folder.resolve(source.group(2) + ".java"), source.group(1));
      }
      examples.addAll(Example.of(page));
    }
    List<Example> here = examples.stream().filter(one -> elsewhere(one) == null).toList();
    List<Path> links =
        Stream.of("conf", "core", "spark-jobs", "submit-scripts").map(folder::resolve).toList();
    for (Path link : links) {
      Files.createSymbolicLink(link, ROOT.resolve(link.getFileName()));
    }
    Path commands = folder.resolve(".commands");
    Path printed = folder.resolve(".printed");
    Files.writeString(
        commands,
        here.stream().map(Example::command).collect(Collectors.joining(ExampleRunner.END)));
    File log = folder.resolve(".log").toFile();
    Process runner =
        OtherJvm.start(
            log,
            Map.of(),
            OtherJvm.classPath(),
            List.of(LAUNCHER_HEAP),
            ExampleRunner.class.getName(),
            List.of(commands.toString(), printed.toString(), java()));
    int status = runner.waitFor();
    for (Path link : links) {
      Files.delete(link);
    }
    assertThat(status).as(() -> text(log)).isZero();
    String[] told = Files.readString(printed).split(ExampleRunner.END);
    assertThat(told).hasSameSizeAs(here);
    results = new HashMap<>();
    for (int i = 0; i < told.length; i++) {
      results.put(here.get(i), told[i]);
    }
  }

  /** Why an example is not run here; null where it is. */
  private static String elsewhere(Example example) {
    boolean all = System.getProperty("relupath.examples", "").equals("all");
    return !all && LONG.stream().anyMatch(example.command()::contains)
        ? MINUTES
        : ELSEWHERE.keySet().stream()
            .filter(example.command()::contains)
            .map(ELSEWHERE::get)
            .findFirst()
            .orElse(null);
  }

  /** README first, then what goes on from it, in the order of its links. */
  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (String guide : List.of("spark-jobs/docs", "core/docs")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(guide))) {
        pages.addAll(files.filter(one -> one.toString().endsWith(".md")).sorted().toList());
      }
    }
    String readme = Files.readString(pages.get(0));
    pages.sort(
        Comparator.comparingInt(
            page -> readme.indexOf("(" + ROOT.relativize(page).toString().replace('\\', '/'))));
    return pages;
  }

  /** A shell's function that gives Java this JVM's options and class path, and a page's source. */
  private static String java() {
    String words =
        OtherJvm.command(OtherJvm.classPath(), List.of(), "", List.of()).stream()
            .filter(word -> !word.isEmpty())
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    return "java() { " + words + " \"${@: -1}\"; }\n";
  }

  private static String text(File log) {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @TestFactory
  Stream<DynamicTest> prints() {
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.place(),
                    () -> {
                      String reason = elsewhere(example);
                      Assumptions.assumeTrue(reason == null, reason);
                      check(example, results.get(example));
                    }));
  }

  @Test
  void nothingIsLeftOutInVain() {
    assertThat(ELSEWHERE.keySet())
        .allMatch(part -> examples.stream().anyMatch(one -> one.command().contains(part)));
    assertThat(LONG)
        .allMatch(part -> examples.stream().anyMatch(one -> one.command().contains(part)));
  }

  private static void check(Example example, String result) {
    List<String> lines = result.lines().toList();
    List<String> printed = lines.subList(1, lines.size());
    // The launcher's own line.
    List<String> expected =
        example.printed().stream().filter(line -> !line.startsWith("relupath: building")).toList();
    boolean refused = expected.size() == 1 && expected.get(0).startsWith("relupath: ");
    assertThat(lines.get(0)).as(result).isEqualTo(refused ? "2" : "0");
    if (example.printed().isEmpty()) {
      return;
    }
    assertThat(printed).as(example.command()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Example.agree(expected.get(i), printed.get(i)))
          .as("%s%nprints: %s%npage:   %s", example.command(), printed.get(i), expected.get(i))
          .isTrue();
    }
  }

  /** Without a prompt stand synopses only, which have something to fill in. */
  @Test
  void everyCommandLineIsAnExample() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readAllLines(page))
          .as(page.toString())
          .filteredOn(line -> line.matches(" +(submit-scripts|java|bash)\\b.*"))
          .allMatch(line -> line.contains("[options]") || line.contains("COMMAND"));
    }
  }

  @Test
  void numbersAgreeToTheirDigits() {
    assertThat(Example.agree("gap 1.4e-09, 6 neurons", "gap 2.0e-09, 6 neurons")).isTrue();
    assertThat(Example.agree("gap 9.8e-13, 6 neurons", "gap 6.3e-09, 6 neurons")).isFalse();
    assertThat(Example.agree("gap 1.4e-09, 6 neurons", "gap 1.4e-09, 7 neurons")).isFalse();
    assertThat(Example.agree("0.4479555725; ...", "0.4479555726; more")).isTrue();
    assertThat(Example.agree("0.4479555725; ...", "0.4479655726; more")).isFalse();
    assertThat(Example.agree("0.5 (norm)", "0.5 (norm) and more")).isFalse();
  }
}
