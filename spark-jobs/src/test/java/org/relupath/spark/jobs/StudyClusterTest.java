package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.LocalCluster;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** A study on two workers, of which first an executor and then a worker is killed. */
class StudyClusterTest {
  private static final String[] LONGER = {"--gate-counts", "40", "--lambdas", "20"};

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void lostExecutorsAndWorkersChangeNothing() throws Exception {
    SharedSpark.session();
    StudyCase study = StudyCase.in(folder);
    assertThat(study.run("quiet", LONGER).status()).isEqualTo(ExitStatus.DONE);
    Map<String, String> quiet = study.contents("quiet");
    try (LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), 2)) {
      String line = String.join("\t", study.args("shaken", LONGER));
      Process driver = cluster.start(ClusterDriver.class, List.of(line));
      await(study, cluster, driver, 1);
      cluster.kill(1, true);
      await(study, cluster, driver, 6);
      cluster.kill(2, false);
      cluster.end(driver, Duration.ofSeconds(600));
    }
    study.assertContents("shaken", quiet);
  }

  private static void await(StudyCase study, LocalCluster cluster, Process driver, int units)
      throws IOException, InterruptedException {
    while (study.units("shaken").size() < units) {
      if (!driver.isAlive()) {
        fail("the study ended too soon: " + cluster.end(driver, Duration.ofSeconds(1)));
      }
      Thread.sleep(10);
    }
  }
}
