package org.relupath.spark.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.SharedSpark;

/**
 * Runs commands of the guide in the working folder, by a shell in which {@code
 * submit-scripts/relupath} only tells its words: the application then runs in this JVM. Arguments:
 * a file of commands, a file for what they print, and the start of every shell.
 */
final class ExampleRunner {
  /** What ends a command, and what one prints. */
  static final String END = "\0";

  private static final Path WORDS = Path.of(".words");
  private static final String LAUNCHER =
      "submit-scripts/relupath() { printf '%s\\0' \"$@\" >" + WORDS + "; }\n";

  private ExampleRunner() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    SharedSpark.session();
    StringBuilder printed = new StringBuilder();
    for (String command : Files.readString(Path.of(args[0])).split(END)) {
      String result =
          command.startsWith(Example.SQL)
              ? query(command.substring(Example.SQL.length()))
              : run(args[2] + LAUNCHER + command);
      printed.append(result).append(END);
      Files.writeString(Path.of(args[1]), printed);
    }
    System.exit(0);
  }

  private static String query(String sql) {
    try {
      return "0\n" + SharedSpark.session().sql(sql).collectAsList();
    } catch (RuntimeException e) {
      return "1\n" + e.getMessage();
    }
  }

  /** The exit status and, on lines of their own, what was printed. */
  private static String run(String script) throws IOException, InterruptedException {
    Files.deleteIfExists(WORDS);
    Process shell =
        new ProcessBuilder("bash", "-c", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = shell.waitFor();
    if (Files.exists(WORDS)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      status = new Main(stream, stream).run(words()).code();
      text = bytes.toString(StandardCharsets.UTF_8);
    }
    return status + "\n" + text.replace(Path.of("").toAbsolutePath() + "/", "");
  }

  /** Those before a bare --, after which come spark-submit's. */
  private static String[] words() throws IOException {
    List<String> words = new ArrayList<>(List.of(Files.readString(WORDS).split(END)));
    int end = words.indexOf("--");
    return (end < 0 ? words : words.subList(0, end)).toArray(String[]::new);
  }
}
