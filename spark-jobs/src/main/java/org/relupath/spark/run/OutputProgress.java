package org.relupath.spark.run;

import java.util.Locale;

/**
 * Progress of one of several outputs that are worked on side by side: every line begins with its
 * name, and its phases are its own.
 */
public final class OutputProgress implements ProgressListener {
  private final String name;
  private final ProgressListener all;
  private Phases phases = new Phases();

  /**
   * Progress of an output.
   *
   * @param name what its lines begin with
   * @param all where they are shown; called from several threads
   */
  public OutputProgress(String name, ProgressListener all) {
    this.name = name;
    this.all = all;
  }

  /** Begins to count time: what was before, such as waiting for others, is no phase. */
  public synchronized void begin() {
    phases = phases.goingOn();
  }

  @Override
  public void step(String text) {
    all.step(name + ": " + text);
  }

  @Override
  public void note(String text) {
    all.note(name + ": " + text);
  }

  @Override
  public void warn(String text) {
    all.warn(name + ": " + text);
  }

  @Override
  public void solved(int done, double lambda, double relativeGap, int activeBlocks) {
    step(
        String.format(
            Locale.ROOT,
            "lambda %d (%.4g), gap %.1e, %d active blocks",
            done,
            lambda,
            relativeGap,
            activeBlocks));
  }

  @Override
  public synchronized void ended(String phase) {
    phases.end(phase);
  }

  /** The phases that have ended. */
  public synchronized Phases phases() {
    return phases;
  }
}
