package org.relupath.core.solve;

import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Certificate;

/** Follows a solve: the best certified iterate so far, and whether it is time to end. */
final class Progress {
  /** Complete passes in a row without halving the gap after which rounding is held to blame. */
  private static final int PATIENCE = 12;

  /** A gap at most this many times the tolerance is {@link Status#ALMOST}. */
  private static final double NEAR = 100;

  private final Settings settings;
  private final long begin;
  private BlockWeights weights;
  private Certificate certificate;
  private Status status;
  private int iterations;
  private int newtonSteps;
  private int stalled;
  private double reference = Double.POSITIVE_INFINITY;

  Progress(Settings settings, long begin) {
    this.settings = settings;
    this.begin = begin;
  }

  /**
   * How many violators a pass may stop at: all, once a limit has been hit and must be certified.
   */
  int wants(int wanted) {
    return limit() == null ? wanted : Integer.MAX_VALUE;
  }

  void count(AugmentedLagrangian.Step step) {
    iterations++;
    newtonSteps += step.newtonSteps();
  }

  /** Counts the steps of a restricted program. */
  void count(Solution restricted) {
    iterations += restricted.iterations();
    newtonSteps += restricted.newtonSteps();
  }

  /** Takes a certified iterate; whether the solve ends with the best one. */
  boolean ends(BlockWeights candidate, Certificate proof) {
    if (certificate == null || proof.relativeGap() < certificate.relativeGap()) {
      weights = candidate;
      certificate = proof;
    }
    double gap = certificate.relativeGap();
    stalled = gap <= 0.5 * reference ? 0 : stalled + 1;
    reference = Math.min(reference, stalled == 0 ? gap : reference);
    status = gap <= settings.tolerance() ? Status.OPTIMAL : limit();
    if (status == null && stalled >= PATIENCE && gap < 1e-4) {
      status = Status.ITERATION_LIMIT;
    }
    if (status != null && status != Status.OPTIMAL && gap <= NEAR * settings.tolerance()) {
      status = Status.ALMOST;
    }
    return status != null;
  }

  private Status limit() {
    if (iterations >= settings.maxIterations()) {
      return Status.ITERATION_LIMIT;
    }
    return seconds() > settings.timeLimitSeconds() ? Status.TIME_LIMIT : null;
  }

  private double seconds() {
    return (System.nanoTime() - begin) * 1e-9;
  }

  Solution solution() {
    return new Solution(weights, certificate, status, iterations, newtonSteps, seconds());
  }
}
