package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.LocalCluster;

/** A cluster without workers. */
class StandstillTest {
  @TempDir Path folder;

  @Test
  void isToldAndEndsWithTheLimitOfTime() throws Exception {
    Path input = Files.writeString(folder.resolve("rows.csv"), "x,label\n1,2\n2,1\n3,4\n");
    Path output = folder.resolve("out");
    String line =
        String.join(
            "\t",
            List.of("fit", "--input", "" + input, "--time-limit", "31", "--output", "" + output));
    try (LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), 0)) {
      Process driver = cluster.start(ClusterDriver.class, List.of(line));
      assertThat(driver.waitFor(900, TimeUnit.SECONDS)).isTrue();
      assertThat(driver.exitValue()).isEqualTo(1);
    }
    assertThat(Files.readString(folder.resolve("cluster/driver.log")))
        .containsPattern(
            "relupath: warning: no executor of spark://\\S+ for \\d+ s: are there workers")
        .containsPattern(
            "relupath: failed: .*no executor of spark://\\S+ came within --time-limit 31.0 s")
        .contains("status=FAILED");
    assertThat(output).doesNotExist();
  }
}
