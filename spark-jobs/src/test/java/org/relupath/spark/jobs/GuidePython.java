package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The guide's lines of numpy that predict with a network.json, where there is numpy. */
final class GuidePython {
  private static final Pattern PYTHON = Pattern.compile("(?ms)^```python\n(.*?)^```$");

  private GuidePython() {}

  /**
   * What the lines call scores.
   *
   * @param network the file in the folder
   * @param rows python that makes the list rows
   */
  static JsonNode scores(Path folder, String network, String rows) throws Exception {
    Matcher code = PYTHON.matcher(Files.readString(Path.of("..", "spark-jobs/docs/files.md")));
    assertThat(code.find()).isTrue();
    Files.writeString(
        folder.resolve("predict.py"),
        "import json, datetime\n%s\n%s\njson.dump(scores.tolist(), open('py.json', 'w'))\n"
            .formatted(rows, code.group(1).replace("run/network.json", network)));
    Assumptions.assumeTrue(run(folder, "-c", "import numpy") == 0, "no python3 with numpy");
    assertThat(run(folder, "predict.py"))
        .as(Files.readString(folder.resolve("python.log")))
        .isZero();
    return new ObjectMapper().readTree(folder.resolve("py.json").toFile());
  }

  private static int run(Path folder, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(Arrays.asList(args));
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("python.log").toFile())
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
