package org.relupath.spark.jobs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import org.apache.hadoop.util.ShutdownHookManager;
import org.relupath.spark.io.BadInputException;
import org.slf4j.LoggerFactory;

/** The application that spark-submit runs. */
public final class Main {
  /**
   * Held, or the setting is lost with the logger. netlib shouts where Java code is what we want.
   */
  private static final java.util.logging.Logger NETLIB =
      java.util.logging.Logger.getLogger("dev.ludovic.netlib");

  private final List<Command> commands;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * An application that writes where it is told.
   *
   * @param out standard output
   * @param err standard error: progress on a terminal, and one line where it fails
   */
  public Main(PrintStream out, PrintStream err) {
    this(Commands.all(), out, err);
  }

  Main(List<Command> commands, PrintStream out, PrintStream err) {
    this.commands = commands;
    this.out = out;
    this.err = err;
  }

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    int status = ExitStatus.FAILED.code();
    try {
      NETLIB.setLevel(Level.OFF);
      PrintStream err =
          new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
      status = new Main(System.out, err).run(args).code();
    } finally {
      System.out.flush();
      System.exit(status);
    }
  }

  /** Runs one command; whatever happens becomes a status and, where it is an error, one line. */
  public ExitStatus run(String... args) {
    Progress progress = new Progress(System.getenv("RELUPATH_TERMINAL") == null ? null : err);
    try {
      Reference reference = Reference.load();
      Arguments arguments = Arguments.parse(args, commands, reference, out);
      if (arguments == null) {
        return ExitStatus.DONE;
      }
      ResolvedConfig config = ResolvedConfig.of(reference, arguments);
      Command command = arguments.command();
      RunSettings settings = RunSettings.of(command, config);
      return command.job().run(new JobContext(command.name(), settings, config, progress, out));
    } catch (BadInputException e) {
      LoggerFactory.getLogger(Main.class).info("refused", e);
      progress.finish();
      say(e.getMessage());
      return ExitStatus.REFUSED;
    } catch (Throwable e) {
      if (ShutdownHookManager.get().isShutdownInProgress()) {
        // A signal: whatever failed did so because Spark is being taken down.
        say("interrupted");
        return ExitStatus.FAILED;
      }
      // Also an OutOfMemoryError is to leave a status and a line.
      LoggerFactory.getLogger(Main.class).error("failed", e);
      progress.finish();
      String log = System.getProperty("relupath.log");
      String hint = e instanceof OutOfMemoryError ? ", " + MemoryNeed.HINT : "";
      say("failed: " + e + hint + (log == null ? "" : " (see " + log + ")"));
      return ExitStatus.FAILED;
    }
  }

  private void say(String message) {
    String line = String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    err.println("relupath: " + line);
    err.flush();
  }
}
