package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.LocalCluster;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.run.ExitStatus;

/**
 * Every engine gives on two workers, each a process of its own, what it gives in one process, and
 * twice the same there: byte for byte, but for the seconds.
 */
class ClusterTest {
  private static final List<String> ENGINES = List.of("driver", "gates", "lambdas");
  private static final int ROWS = 150;

  @TempDir static Path folder;
  private static Path input;

  @BeforeAll
  static void write() throws IOException {
    SharedSpark.session();
    try (var in =
        ClusterTest.class.getResourceAsStream("/org/relupath/demo/breast-cancer-wisc-diag.csv")) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().limit(ROWS + 1).toList();
      input = Files.write(folder.resolve("rows.csv"), lines);
    }
  }

  /**
   * Gates enough that executors hold several chunks of them where they price; cross-validation, on
   * executors too, where they solve.
   */
  private static List<String> path(String engine, String run) {
    boolean prices = engine.equals("gates");
    return List.of(
        "path",
        "--input",
        input.toString(),
        "--engine",
        engine,
        "--segments",
        "3",
        "--gates",
        prices ? "1200" : "60",
        "--lambdas",
        prices ? "6" : "12",
        "--valid-fraction",
        prices ? "0.2" : "null",
        "--output",
        folder.resolve(run + "-" + engine).toString());
  }

  @Test
  @Timeout(900)
  void twoWorkersGiveWhatOneProcessGives() throws Exception {
    try (LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), 2)) {
      List<String> lines =
          ENGINES.stream().map(engine -> String.join("\t", path(engine, "cluster"))).toList();
      assertThat(cluster.run(ClusterDriver.class, Duration.ofSeconds(180), lines))
          .contains("executors: 2");
    }
    for (String engine : ENGINES) {
      for (String again : List.of("one", "two")) {
        CommandRun run = CommandRun.of(path(engine, again).toArray(new String[0]));
        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
      }
      assertThat(pathCsv("cluster-" + engine)).hasSize(engine.equals("gates") ? 7 : 13);
      for (String other : List.of("two-", "cluster-")) {
        assertThat(pathCsv(other + engine)).as(other + engine).isEqualTo(pathCsv("one-" + engine));
        assertThat(folder.resolve(other + engine).resolve("best/network.json"))
            .hasSameTextualContentAs(folder.resolve("one-" + engine).resolve("best/network.json"));
      }
    }
  }

  private static List<String> pathCsv(String run) throws IOException {
    int seconds = PathRow.COLUMNS.indexOf("seconds");
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("path.csv"))) {
      String[] cells = line.split(",", -1);
      cells[seconds] = "";
      rows.add(String.join(",", cells));
    }
    return rows;
  }
}
