package org.relupath.spark.jobs;

import java.io.FileDescriptor;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Level;
import org.apache.hadoop.util.ShutdownHookManager;
import org.relupath.spark.config.Reference;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.engine.TaskFailure;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.LoginUser;
import org.relupath.spark.run.PlatformText;
import org.relupath.spark.run.Progress;
import org.relupath.spark.run.StandardStream;
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
   * An application that writes to the given streams.
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

  /**
   * Runs one command and exits with its status.
   *
   * <p>The launcher sends standard error to the log, and what is said there to people comes by
   * descriptor 0 instead, which is its own standard error. Its environment variable {@code
   * RELUPATH_LAUNCHER} is added to the status: it then knows that no other part of the process
   * ended it.
   */
  public static void main(String[] args) {
    String launcher = System.getenv("RELUPATH_LAUNCHER");
    int offset = launcher == null ? 0 : Integer.parseInt(launcher);
    int status = ExitStatus.FAILED.code();
    try {
      NETLIB.setLevel(Level.OFF);
      LoginUser.find();
      StandardStream out = StandardStream.of(FileDescriptor.out);
      PrintStream err =
          StandardStream.of(launcher == null ? FileDescriptor.err : FileDescriptor.in).printer();
      Main main = new Main(out.printer(), err);
      status = main.run(args).code();
      if (out.failure() != null && status != ExitStatus.REFUSED.code()) {
        main.say("standard output cannot be written (" + out.failure() + "), what is done is done");
        status = ExitStatus.FAILED.code();
      }
    } finally {
      System.exit(offset + status);
    }
  }

  /** Runs one command; whatever happens becomes a status and, where it is an error, one line. */
  public ExitStatus run(String... args) {
    Progress progress = new Progress(err, System.getenv("RELUPATH_TERMINAL") != null);
    try {
      PlatformText.check(
          System.getProperty("sun.jnu.encoding", "UTF-8"), System.getProperty("user.dir"), args);
      Reference reference = Reference.load();
      Arguments arguments = Arguments.parse(args, commands, reference, out);
      if (arguments == null) {
        return ExitStatus.DONE;
      }
      ResolvedConfig config = arguments.resolve(reference);
      Command command = arguments.command();
      RunSettings settings = arguments.settings(config);
      return command
          .job()
          .run(new JobContext(command.name(), settings, config, progress, out, err));
    } catch (Throwable e) {
      // Also rows that a task on an executor cannot read are the input's fault.
      BadInputException refusal = BadInputException.within(e);
      if (refusal != null) {
        LoggerFactory.getLogger(Main.class).info("refused", e);
        progress.finish();
        say(refusal.getMessage());
        return ExitStatus.REFUSED;
      }
      if (ShutdownHookManager.get().isShutdownInProgress()) {
        // A signal, or Spark ended the process: whatever failed did so because Spark is being taken
        // down. The launcher sees which, and says so.
        if (System.getenv("RELUPATH_LAUNCHER") == null) {
          say("interrupted");
        }
        return ExitStatus.FAILED;
      }
      // Also an OutOfMemoryError is to leave a status and a line.
      LoggerFactory.getLogger(Main.class).error("failed", e);
      progress.finish();
      say("failed: " + TaskFailure.of(e) + hint(e) + log());
      return ExitStatus.FAILED;
    }
  }

  private static String hint(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof OutOfMemoryError) {
        return ", " + MemoryNeed.HINT;
      }
    }
    return "";
  }

  private static String log() {
    String log = System.getenv("RELUPATH_LOG");
    return log == null ? "" : " (see " + log + ")";
  }

  private void say(String message) {
    err.println("relupath: " + Shown.line(String.valueOf(message).strip()));
    err.flush();
  }
}
