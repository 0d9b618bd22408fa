package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.OtherJvm;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** A driver that is killed without warning, again and again. */
class StudyKillTest {
  private static final long SEED = 3;

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void aKilledStudyEndsAsAQuietOne() throws Exception {
    SharedSpark.session();
    StudyCase study = StudyCase.in(folder);
    assertThat(study.run("quiet").status()).isEqualTo(ExitStatus.DONE);
    Path output = folder.resolve("killed");
    kill(study, () -> !study.units("killed").isEmpty());
    assertThat(output).doesNotExist();
    List<Path> kept = study.units("killed");
    assertThat(kept.size()).isBetween(1, 16);
    // In the middle, wherever that is: the moment does not matter.
    int more = Math.min(16, kept.size() + new SplittableRandom(SEED).nextInt(1, 12));
    kill(study, () -> study.units("killed").size() >= more);
    assertThat(output).as("seed %d", SEED).doesNotExist();
    assertThat(study.units("killed")).hasSizeGreaterThanOrEqualTo(more).containsAll(kept);
    kill(study, () -> writing(study));
    assertThat(output).doesNotExist();
    assertThat(study.units("killed")).hasSize(20).containsAll(kept);
    CommandRun run = study.run("killed", "--resume");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    study.assertContents("killed", study.contents("quiet"));
    assertThat(study.unfinished("killed")).doesNotExist();
  }

  /** Whether the output is being written. */
  private static boolean writing(StudyCase study) {
    String[] files = study.unfinished("killed").toFile().list();
    return files != null && Stream.of(files).anyMatch(name -> name.startsWith("result-"));
  }

  /** Starts the study, or goes on with it, in a process of its own and kills that at a moment. */
  private void kill(StudyCase study, Callable<Boolean> moment) throws Exception {
    File log = folder.resolve("driver.log").toFile();
    Process driver =
        OtherJvm.start(
            log,
            Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
            OtherJvm.classPath(),
            List.of("-Xmx1g", "-Dspark.master=local[2,4]", "-Dspark.ui.enabled=false"),
            Main.class.getName(),
            List.of(study.args("killed", "--resume")));
    try {
      while (!moment.call()) {
        assertThat(driver.isAlive()).as(Files.readString(log.toPath())).isTrue();
        Thread.sleep(10);
      }
    } finally {
      // SIGKILL.
      driver.destroyForcibly().waitFor();
    }
  }
}
