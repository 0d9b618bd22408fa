package org.relupath.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.config.Keys;

/** The example on the page of the API is code that runs. */
class TrainingExampleTest {
  private static String file(String name) throws IOException {
    return Files.readString(Path.of(name));
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  /** The words of code, however its lines are broken. */
  private static String code(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void isOnThePageOfTheApi() throws IOException {
    String page =
        between(
            file("src/main/java/org/relupath/spark/train/Training.java"),
            "<pre>{@code\n",
            " * }</pre>");
    String source =
        between(
            file("src/test/java/org/relupath/spark/train/TrainingExample.java"),
            "static void run(Dataset<Row> rows) {\n",
            "  }\n}\n");
    assertThat(code(page.replaceAll("(?m)^ \\* ?", ""))).isEqualTo(code(source));
    assertThat(page.lines().count()).isLessThanOrEqualTo(16);
  }

  @Test
  void everyKeyIsOnThePageOfTheSettings() throws IOException {
    String page =
        file("src/main/java/org/relupath/spark/train/TrainSettings.java")
            .replaceAll("\\s+\\*?\\s*", " ");
    assertThat(Keys.training()).allSatisfy(key -> assertThat(page).contains("{@code " + key + "}"));
  }

  @Test
  void runs() {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      TrainingExample.run(TrainingRows.of(40, 2));
    } finally {
      System.setOut(before);
    }
    String[] lines = bytes.toString(StandardCharsets.UTF_8).split("\n");
    assertThat(lines).hasSize(7);
    assertThat(lines[0]).endsWith(", 0 neurons");
    assertThat(lines[4]).matches("lambda .*: objective .*, none below .*, [1-9][0-9]* neurons");
    assertThat(lines[5]).startsWith("[x0, x1] = [0.5, -1.0] has the score ");
    assertThat(lines[6]).isEqualTo("is it the only one? true");
    assertThat(SharedSpark.session().sparkContext().isStopped()).isFalse();
  }
}
