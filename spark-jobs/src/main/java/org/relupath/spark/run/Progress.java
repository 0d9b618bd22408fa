package org.relupath.spark.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.relupath.spark.io.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far a path is: a line that updates itself on a terminal, a line a lambda in the log.
 *
 * <p>Where standard error is no terminal it stays silent, so that it holds error lines alone; only
 * that the run stands still is said there too.
 */
public final class Progress implements ProgressListener {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private final PrintStream err;
  private final PrintStream terminal;
  private final LongSupplier nanoTime;
  private final Phases phases = new Phases();
  private long started;
  private int total;
  private int shown;
  private int tenths;

  /**
   * Progress on a terminal and in the log.
   *
   * @param err standard error
   * @param isTerminal whether people watch it
   */
  public Progress(PrintStream err, boolean isTerminal) {
    this(err, isTerminal, System::nanoTime);
  }

  Progress(PrintStream err, boolean isTerminal, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = isTerminal ? err : null;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void start(int lambdas) {
    total = lambdas;
    started = nanoTime.getAsLong();
    say("lambda 0 of " + total);
  }

  @Override
  public synchronized void solved(int done, double lambda, double relativeGap, int activeBlocks) {
    total = Math.max(total, done);
    double seconds = (nanoTime.getAsLong() - started) / 1e9;
    String text =
        String.format(
            Locale.ROOT,
            "lambda %d of %d (%.4g), gap %.1e, %d active blocks, %s left",
            done,
            total,
            lambda,
            relativeGap,
            activeBlocks,
            duration(seconds / Math.max(done, 1) * (total - done)));
    LOG.info(text);
    say(text);
  }

  @Override
  public synchronized void counted(int done) {
    double seconds = (nanoTime.getAsLong() - started) / 1e9;
    String left = done == 0 ? "" : ", " + duration(seconds / done * (total - done)) + " left";
    say("lambda " + done + " of " + total + left);
  }

  /** Starts work of which only the share that is done is known. */
  public synchronized void startShare() {
    started = nanoTime.getAsLong();
    tenths = 0;
  }

  /**
   * So much of the work is done somewhere else: a line on the terminal, and one a tenth in the log.
   *
   * @param what the work, for people
   * @param share of it that is done, from 0 to 1
   */
  public synchronized void share(String what, double share) {
    double seconds = (nanoTime.getAsLong() - started) / 1e9;
    String left = share <= 0 ? "" : ", " + duration(seconds / share * (1 - share)) + " left";
    String text = what + ": " + Math.round(100 * share) + " % done" + left;
    if ((int) (10 * share) > tenths) {
      tenths = (int) (10 * share);
      LOG.info(text);
    }
    say(text);
  }

  @Override
  public synchronized void step(String text) {
    LOG.info(text);
    say(text);
  }

  /** A line that stays on the terminal. */
  @Override
  public synchronized void note(String text) {
    LOG.info(text);
    stay(text);
  }

  /** A line that stays on the terminal. */
  @Override
  public synchronized void warn(String text) {
    LOG.warn(text);
    stay("warning: " + text);
  }

  /**
   * That nothing goes on until somebody does something: a line, also where there is no terminal.
   */
  public synchronized void standstill(String text) {
    LOG.warn(text);
    if (terminal == null) {
      err.println("relupath: warning: " + text);
    } else {
      stay("warning: " + text);
    }
  }

  private void stay(String text) {
    if (terminal != null) {
      say(text);
      terminal.println();
      shown = 0;
    }
  }

  @Override
  public synchronized void ended(String phase) {
    phases.end(phase);
  }

  /** The phases that have ended. */
  public Phases phases() {
    return phases;
  }

  /** Clears the line. */
  public synchronized void finish() {
    say("");
    if (terminal != null) {
      terminal.print('\r');
      terminal.flush();
    }
    shown = 0;
  }

  private void say(String text) {
    if (terminal == null) {
      return;
    }
    String line = text.isEmpty() ? "" : "relupath: " + Shown.line(text);
    terminal.print('\r' + line + " ".repeat(Math.max(0, shown - line.length())));
    terminal.flush();
    shown = line.length();
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120 ? whole + " s" : whole / 60 + " min";
  }
}
