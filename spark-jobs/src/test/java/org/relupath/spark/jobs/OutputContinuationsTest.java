package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;

/** optimal-set and prune of a run of several outputs: of each what they are of its folder. */
class OutputContinuationsTest extends OutputsCase {
  private static final List<String> OUTPUTS =
      List.of("outputs/1-cow", "outputs/2-hen", "outputs/3-ox");

  private String[] common;

  @BeforeEach
  void write() throws IOException {
    classes("rows.csv", 24, 6, "ox", "cow", "hen");
    classes("test.csv", 20, 7, "ox", "cow", "hen");
    common = new String[] {"--input", at("rows.csv"), "--gates", "10", "--test", at("test.csv")};
  }

  private void fit() {
    done("fit", "run", with(common, "--lambda-ratio", "0.05"));
  }

  /** The lines of outputs.json. */
  private void listed(String of) throws IOException {
    JsonNode lines = json(of + "/outputs.json");
    assertThat(lines).hasSize(3);
    for (int k = 0; k < 3; k++) {
      assertThat(lines.get(k).get("folder").textValue()).isEqualTo(OUTPUTS.get(k));
      assertThat(lines.get(k).get("name").textValue()).isEqualTo(OUTPUTS.get(k).substring(10));
      assertThat(lines.get(k).get("outcome").textValue()).isNotBlank();
    }
  }

  @Test
  void optimalSetsAreThoseOfEachOutput() throws IOException {
    fit();
    CommandRun set = done("optimal-set", "set", "--run", at("run"));
    assertThat(set.err()).isEmpty();
    listed("set");
    for (String output : OUTPUTS) {
      String alone = "set-" + output.substring(10);
      done("optimal-set", alone, "--run", at("run/" + output));
      sameFolder("set/" + output, alone);
    }
  }

  @Test
  void prunedNetworksAreThoseOfEachOutput() throws IOException {
    fit();
    done("prune", "pruned", "--run", at("run"));
    listed("pruned");
    MultiOutputNetwork joint =
        (MultiOutputNetwork)
            NetworkFile.readStored(Files.readString(folder.resolve("pruned/minimal/network.json")));
    assertThat(joint.names()).containsExactly("cow", "hen", "ox");
    assertThat(joint.classes()).isEqualTo(List.of("cow", "hen", "ox"));
    Matrix rows = Matrix.ofRows(new double[][] {{0.1, 11}, {-0.7, 10.2}, {0.9, 12.5}, {-5, 40}});
    Matrix scores = joint.scores(rows);
    int neurons = 0;
    for (int k = 0; k < 3; k++) {
      String alone = "pruned-" + joint.names().get(k);
      done("prune", alone, "--run", at("run/" + OUTPUTS.get(k)));
      sameFolder("pruned/" + OUTPUTS.get(k), alone);
      String own = Files.readString(folder.resolve(alone + "/minimal/network.json"));
      Network network = NetworkFile.read(own);
      neurons += network.width();
      for (int r = 0; r < rows.rows(); r++) {
        assertThat(scores.get(r, k)).isEqualTo(network.predict(rows)[r]);
      }
    }
    assertThat(joint.width()).isEqualTo(neurons);
    assertThat(neurons).isLessThanOrEqualTo(json("run/summary.json").get("neurons").intValue());
  }

  @Test
  void aLambdaOfAPathIsThatOfEveryOutput() throws IOException {
    done("path", "run", with(common, "--lambdas", "3", "--lambda-min-ratio", "0.1"));
    for (String command : List.of("optimal-set", "prune")) {
      done(command, command, "--run", at("run"), "--lambda-index", "1");
      listed(command);
      for (String output : OUTPUTS.subList(0, 2)) {
        String alone = command + output.substring(9);
        done(command, alone, "--run", at("run/" + output), "--lambda-index", "1");
        sameFolder(command + "/" + output, alone);
      }
      assertThat(refused(command, "--run", at("run"), "--lambda-index", "3"))
          .contains("--lambda-index: '3', expected a whole number from 0 to 2");
    }
    String lambda = csv("run/path.csv").get(2)[1];
    assertThat(json("optimal-set/outputs/1-cow/optimal-set.json").get("lambda").asText())
        .isEqualTo(lambda);
  }

  /** The lambda that is asked for is that of every output, the run of a class its own. */
  @Test
  void aPathWithoutALambdaLooksAtAll() throws IOException {
    done("path", "run", with(common, "--lambdas", "3", "--lambda-min-ratio", "0.1"));
    done("prune", "pruned", "--run", at("run"));
    for (String output : OUTPUTS) {
      assertThat(csv("pruned/" + output + "/lambdas.csv")).hasSize(4);
    }
    listed("pruned");
  }

  @Test
  void changedRunsAreRefused() throws IOException {
    fit();
    String joint = at("run");
    for (String file :
        List.of("network.json", "summary.json", "outputs/2-hen/network.json", "resolved.conf")) {
      Path path = folder.resolve("run").resolve(file);
      String text = Files.readString(path);
      Files.writeString(path, text + "\n");
      assertThat(refused("prune", "--run", joint)).as(file).contains("--run").contains(file);
      Files.delete(path);
      assertThat(refused("prune", "--run", joint)).as(file).contains("--run").contains(file);
      Files.writeString(path, text);
    }
    Path manifest = folder.resolve("run/outputs/3-ox/manifest.json");
    String text = Files.readString(manifest);
    Files.delete(manifest);
    assertThat(refused("optimal-set", "--run", joint)).contains("--run");
    Files.writeString(manifest, text);
    // A run inside a run is not replaced, nor is the run.
    CommandRun inside = run("prune", "run/outputs/1-cow", "--run", joint, "--overwrite");
    assertThat(inside.errorLine()).contains("--output");
    CommandRun over = run("prune", "run", "--run", at("run/outputs/1-cow"), "--overwrite");
    assertThat(over.errorLine()).contains("--output").contains("--run");
    // Changed rows are none of the run.
    String rows = Files.readString(folder.resolve("rows.csv"));
    Files.writeString(folder.resolve("rows.csv"), rows + "0.5,11,cow\n");
    assertThat(refused("prune", "--run", joint)).contains("the rows are not those");
    Files.writeString(folder.resolve("rows.csv"), rows);
    done("prune", "pruned", "--run", joint);
  }
}
