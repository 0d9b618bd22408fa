package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.FaultyFileSystem;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.io.durable.CheckpointFolder;
import org.relupath.spark.run.ExitStatus;

/** Whatever stopped a study, it goes on, and ends as it would have without. */
class StudyResumeTest {
  private static final int UNITS = 16;
  private static final String ONE = "sides-relu-g12-s4-f0-p0";

  @TempDir static Path folder;
  private static StudyCase study;
  private static Map<String, String> quiet;

  @BeforeAll
  static void runQuietly() throws IOException {
    SharedSpark.session();
    FaultyFileSystem.register();
    study = StudyCase.in(folder);
    assertThat(study.run("quiet").status()).isEqualTo(ExitStatus.DONE);
    quiet = study.contents("quiet");
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.fail(path -> path);
  }

  /** Runs the command with its output on the file system that fails. */
  private static CommandRun run(String output, String... more) {
    String[] args = study.args(output, more);
    args[4] = FaultyFileSystem.SCHEME + ":" + args[4];
    return CommandRun.of(args);
  }

  private static CommandRun resumed(String output, String... more) {
    FaultyFileSystem.fail(path -> path);
    String[] all = java.util.Arrays.copyOf(more, more.length + 1);
    all[more.length] = "--resume";
    return run(output, all);
  }

  private static void assertQuiet(String output, CommandRun run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    study.assertContents(output, quiet);
    assertThat(study.unfinished(output)).doesNotExist();
  }

  private static void full(String part) {
    FaultyFileSystem.fail(path -> path.contains(part) ? FaultyFileSystem.FULL : path);
  }

  private static long solved() {
    return FaultyFileSystem.created().stream().filter(path -> path.contains("/units-")).count();
  }

  @Test
  void aDiskThatIsFullKeepsWhatIsFinished() throws IOException {
    full(ONE);
    CommandRun run = run("full");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.errorLine())
        .isEqualTo(
            "relupath: failed: java.lang.IllegalStateException: a task failed: unit "
                + ONE
                + " could not be stored: No space left on device;"
                + " what is finished is kept, --resume goes on with it");
    assertThat(folder.resolve("full")).doesNotExist();
    int kept = study.units("full").size();
    assertThat(kept).isBetween(1, UNITS - 1);
    assertQuiet("full", resumed("full"));
    // The units that were missing, and 4 networks.
    assertThat(solved()).isEqualTo(UNITS - kept + 4);
  }

  @Test
  void aTaskThatFailsTwiceIsDoneTheThirdTime() throws IOException {
    AtomicInteger failed = new AtomicInteger();
    FaultyFileSystem.fail(
        path -> {
          if (path.contains(ONE) && failed.getAndIncrement() < 2) {
            throw new IOException("a disk that is not well");
          }
          return path;
        });
    assertQuiet("twice", run("twice"));
    assertThat(failed.get()).isEqualTo(3);
  }

  /** All units are there, and nothing of the result; then some of them are not, and one is torn. */
  @Test
  void whatIsMissingIsDoneAgain() throws IOException {
    full("/result-");
    CommandRun run = run("some");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.errorLine())
        .hasSizeLessThan(300)
        .contains("No space left on device; what is finished is kept");
    assertThat(folder.resolve("some")).doesNotExist();
    List<Path> units = study.units("some");
    assertThat(units).hasSize(UNITS + 4);
    SplittableRandom random = new SplittableRandom(5);
    int gone = 0;
    for (Path unit : units) {
      if (random.nextInt(3) == 0) {
        Files.delete(unit);
        gone++;
      }
    }
    Path torn = study.units("some").get(0);
    Files.writeString(torn, Files.readString(torn).substring(0, 300));
    assertThat(gone).isBetween(2, UNITS);
    assertQuiet("some", resumed("some"));
    assertThat(solved()).isEqualTo(gone + 1);
  }

  @Test
  void anotherStudyDoesNotGoOnWithIt() throws IOException {
    full("/result-");
    assertThat(run("other").status()).isEqualTo(ExitStatus.FAILED);
    FaultyFileSystem.fail(path -> path);
    assertThat(run("other").errorLine())
        .contains("an unfinished study is there, --resume goes on, --overwrite starts anew");
    refused(
        "tolerance is 1.0E-7, the unfinished study that is there has 1.0E-6",
        "--tolerance",
        "1e-7");
    refused("seeds is 3,5, the unfinished study that is there has 3,4", "--seeds", "3,5");
    refused(
        "datasets.sides.label is x0, the unfinished study that is there has label",
        "--set",
        "datasets.sides.label=x0");
    refused(
        "datasets.third is not in the unfinished study that is there",
        "--set",
        "datasets.third.input=" + folder.resolve("sides.csv"));
    Path rows = folder.resolve("sides.csv");
    String text = Files.readString(rows);
    Files.writeString(rows, text.replaceFirst("\n[^,]*,", "\n9.5,"));
    refused("the rows of datasets.sides, " + rows + ", are not those");
    Files.writeString(rows, text);
    Path identity = study.unfinished("other").resolve("study.json");
    String manifest = Files.readString(identity);
    Files.writeString(
        identity, manifest.replaceFirst("\"codeHash\" : \"..", "\"codeHash\" : \"xx"));
    refused("the code is not that of the unfinished study that is there: code hash ");
    Files.writeString(identity, manifest.replaceFirst("\"spark\" : \"", "\"spark\" : \"0."));
    String spark = SharedSpark.session().version();
    refused("versions.spark is " + spark + ", the unfinished study that is there has 0." + spark);
    Files.writeString(identity, manifest);
    // Refusals touched nothing, and the same study written in another way is the same.
    FaultyFileSystem.fail(path -> path);
    assertThat(resumed("other", "--set", "tolerance=0.000001").status()).isEqualTo(ExitStatus.DONE);
    assertThat(solved()).isZero();
  }

  /** What is there stays until the other is whole, and no other run forgets that one's units. */
  @Test
  void aStudyThatReplacesAnotherGoesOn() throws IOException {
    Path there = folder.resolve("replaced/manifest.json");
    assertThat(study.run("replaced", "--folds", "3").status()).isEqualTo(ExitStatus.DONE);
    String earlier = Files.readString(there);
    full("/result-");
    assertThat(run("replaced", "--overwrite").errorLine())
        .contains("what is finished is kept, --resume goes on with it");
    CommandRun old = resumed("replaced", "--folds", "3");
    assertThat(old.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(old.errorLine())
        .contains("--resume: folds is 3, the unfinished study that is there has 2");
    assertThat(study.units("replaced")).hasSize(UNITS + 4);
    assertThat(there).hasContent(earlier);
    assertQuiet("replaced", resumed("replaced"));
    assertThat(solved()).isZero();
  }

  private static void refused(String problem, String... more) {
    CommandRun run = resumed("other", more);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("--resume: ").contains(problem);
  }

  @Test
  void aFinishedStudyHasNothingLeftToDo() throws IOException {
    String manifest = Files.readString(folder.resolve("quiet/manifest.json"));
    CommandRun run = study.run("quiet", "--resume");
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).isEqualTo("the study is there already, nothing is left to do\n");
    assertThat(Files.readString(folder.resolve("quiet/manifest.json"))).isEqualTo(manifest);
    assertThat(study.unfinished("quiet")).doesNotExist();
    assertThat(study.run("quiet").errorLine()).contains("exists, expected a new folder");
    assertThat(study.run("quiet", "--resume", "--folds", "3").errorLine())
        .contains("--resume: folds is 3, the study that is there has 2");
    study.assertContents("quiet", quiet);
  }

  @Test
  void whatIsNoStudyIsNotResumed() throws IOException {
    Path other = Files.createDirectories(folder.resolve("no-study"));
    Files.writeString(other.resolve("manifest.json"), "{\"command\" : \"path\"}");
    assertThat(study.run("no-study", "--resume").errorLine())
        .contains("--resume: the output folder is not that of a study");
    Files.delete(other.resolve("manifest.json"));
    assertThat(study.run("no-study", "--resume").errorLine())
        .contains("--resume: the output folder is not that of a study");
    assertThat(study.run("no-study", "--resume", "--overwrite").errorLine())
        .contains("--resume and --overwrite: both given, expected one");
    assertThat(study.unfinished("no-study")).doesNotExist();
  }

  @Test
  void aSecondRunIsRefusedWhileTheFirstIsAtIt() throws IOException {
    String output = folder.resolve("busy").toString();
    try (CheckpointFolder first =
        CheckpointFolder.open(output, CheckpointFolder.Mode.NEW, List.of(), new Configuration())) {
      first.checkpoints("{}");
      for (String mode : List.of("--resume", "--overwrite", "--tolerance=1e-6")) {
        CommandRun run = study.run("busy", mode);
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.errorLine())
            .contains("another run is writing it: process " + ProcessHandle.current().pid());
      }
      first.discard();
    }
    assertThat(study.unfinished("busy")).doesNotExist();
  }
}
