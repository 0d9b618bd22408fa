package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.relupath.spark.LocalCluster;
import org.relupath.spark.run.ExitStatus;

/** Outputs that are solved side by side on two workers are those of one process, byte for byte. */
class OutputsClusterTest extends OutputsCase {
  private static final List<String> ENGINES = List.of("gates", "lambdas");

  private List<String> path(String engine, String run) {
    boolean prices = engine.equals("gates");
    return List.of(
        "path",
        "--input",
        at("rows.csv"),
        "--engine",
        engine,
        "--segments",
        "2",
        "--gates",
        prices ? "100" : "20",
        "--lambdas",
        "4",
        "--choose",
        prices ? "each" : "accuracy",
        "--valid-fraction",
        prices ? "0.25" : "null",
        "--output",
        at(run + "-" + engine));
  }

  @Test
  @Timeout(600)
  void twoWorkersGiveWhatOneProcessGives() throws Exception {
    classes("rows.csv", 60, 14, "ox", "cow", "hen");
    try (LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), 2)) {
      List<String> lines =
          ENGINES.stream().map(engine -> String.join("\t", path(engine, "cluster"))).toList();
      assertThat(cluster.run(ClusterDriver.class, Duration.ofSeconds(300), lines))
          .contains("executors: 2");
    }
    for (String engine : ENGINES) {
      CommandRun run = CommandRun.of(path(engine, "local").toArray(new String[0]));
      assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
      String own = "cluster-" + engine;
      String local = "local-" + engine;
      assertThat(folder.resolve(own).resolve("best/network.json"))
          .as(engine)
          .hasSameBinaryContentAs(folder.resolve(local).resolve("best/network.json"));
      assertThat(withoutSeconds(own + "/path.csv"))
          .as(engine)
          .isEqualTo(withoutSeconds(local + "/path.csv"));
      JsonNode outputs = json(local + "/summary.json").get("outputs");
      assertThat(outputs).hasSize(3);
      assertThat(json(own + "/summary.json").get("outputs")).isEqualTo(outputs);
      for (JsonNode output : outputs) {
        String inner = "/" + output.get("folder").textValue();
        for (String file : List.of("/path.csv", "/events.csv", "/bound.csv")) {
          assertThat(withoutSeconds(own + inner + file))
              .as(engine + inner + file)
              .isEqualTo(withoutSeconds(local + inner + file));
        }
        assertThat(table(own + inner + "/coefficients.parquet"))
            .isEqualTo(table(local + inner + "/coefficients.parquet"));
      }
    }
  }
}
