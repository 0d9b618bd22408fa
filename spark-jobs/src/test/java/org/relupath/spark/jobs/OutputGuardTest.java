package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.relupath.spark.FaultyFileSystem;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** No command takes away what it reads, and none leaves half of a result. */
@ExtendWith(SharedSpark.class)
class OutputGuardTest extends RunFolderCase {
  @BeforeEach
  void begin() throws IOException {
    FaultyFileSystem.register();
    fit("model");
    Path work = Files.createDirectory(folder.resolve("work"));
    Files.copy(input, work.resolve("rows.csv"));
    Files.copy(folder.resolve("model/network.json"), work.resolve("network.json"));
    Files.writeString(work.resolve("gates.csv"), "1,2\n-1,2\n");
    Files.writeString(work.resolve("part.conf"), "gates = 5\n");
    Files.writeString(work.resolve("my.conf"), "include \"part\"\n");
    Files.writeString(folder.resolve("outer.conf"), "include \"work/part.conf\"\n");
    String set = "datasets { one { input = \"" + work.resolve("rows.csv") + "\" } }\n";
    Files.writeString(folder.resolve("study.conf"), set);
    Files.createSymbolicLink(folder.resolve("link"), work);
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.fail(path -> path);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder.toRealPath())) {
      return walk.map(Path::toString).sorted().toList();
    }
  }

  private void refused(String read, String command, String... more) throws IOException {
    List<String> before = files();
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--overwrite");
    CommandRun run = run(command, "work", args.toArray(new String[0]));
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("--output " + at("work") + " would replace " + read);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void whateverACommandReadsStays() throws IOException {
    String rows = at("work/rows.csv");
    refused("--input", "fit", "--input", rows);
    refused("--input", "fit", "--input", at("link/rows.csv"));
    refused("--input", "fit", "--input", "file:" + rows);
    refused("--valid", "fit", "--input", input.toString(), "--valid", rows);
    refused("--test", "path", "--input", input.toString(), "--test", rows);
    String gates = "file:" + at("work/gates.csv");
    refused("--gate-source", "fit", "--input", input.toString(), "--gate-source", gates);
    refused("--config", "fit", "--input", input.toString(), "--config", at("work/my.conf"));
    refused(
        "what --config includes", "fit", "--input", input.toString(), "--config", at("outer.conf"));
    refused("--input", "predict", "--run", at("model"), "--input", rows);
    String network = at("work/network.json");
    refused("--network", "predict", "--input", input.toString(), "--network", network);
    refused(
        "--network", "audit", "--input", input.toString(), "--network", network, "--lambda", "1");
    refused("--input", "audit", "--run", at("model"), "--input", rows);
    refused("datasets.one input", "study", "--config", at("study.conf"));
  }

  /** A run and the rows that it was made from, whether this command reads them or not. */
  @Test
  void anEarlierRunAndItsRowsStay() throws IOException {
    done(
        run(
            "fit",
            "work/fit",
            "--input",
            at("work/rows.csv"),
            "--gates",
            "20",
            "--lambda-ratio",
            "0.5"));
    for (String command : List.of("optimal-set", "prune")) {
      refused("--run", command, "--run", at("work/fit"));
    }
    refused("--run", "predict", "--run", at("work/fit"), "--input", input.toString());
    Files.move(folder.resolve("work/fit"), folder.resolve("fit"));
    for (String command : List.of("optimal-set", "prune")) {
      refused("--input", command, "--run", at("fit"));
    }
    refused("the rows of --run", "predict", "--run", at("fit"), "--input", input.toString());
    refused("the rows of --run", "audit", "--run", at("fit"), "--input", input.toString());
  }

  @Test
  void nothingIsLeftOfARunThatIsRefused() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), "a,b,label\n1,2,x\n");
    List<String> before = files();
    for (String output : List.of("p/q/r/out", "work/../p/out", "out")) {
      CommandRun run = run("fit", output, "--input", bad.toString());
      assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
      assertThat(files()).isEqualTo(before);
    }
  }

  /** Whichever file it is that finds the disk full. */
  @Test
  void aFullDiskIsNamedAndNothingIsLeft() throws IOException {
    List<String> before = files();
    for (String file : List.of("report.html", "blocks.parquet", "manifest.json")) {
      FaultyFileSystem.fail(
          path -> path.contains(".staging-") && path.contains(file) ? FaultyFileSystem.FULL : path);
      String output = FaultyFileSystem.SCHEME + ":" + at("full");
      CommandRun run =
          CommandRun.of("fit", "--input", input.toString(), "--gates", "20", "--output", output);
      assertThat(run.status()).as(file + run.err()).isEqualTo(ExitStatus.FAILED);
      assertThat(run.errorLine())
          .startsWith("relupath: failed: " + output + " could not be written: No space left on");
      assertThat(files()).isEqualTo(before);
    }
  }
}
