package org.relupath.spark.jobs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.relupath.spark.run.ExitStatus;

/** A command line run in this JVM: its status and what it said. */
public record CommandRun(ExitStatus status, String out, String err) {

  /** A command line of the application. */
  public static CommandRun of(String... args) {
    return of(Commands.all(), args);
  }

  /** A command line of an application that has these commands. */
  static CommandRun of(List<Command> commands, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status =
        new Main(
                commands,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(args);
    return new CommandRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The one line of standard error. */
  public String errorLine() {
    String[] lines = err.split("\n");
    if (lines.length != 1 || !err.endsWith("\n")) {
      throw new AssertionError("expected one line, got: " + err);
    }
    return lines[0];
  }
}
