package org.relupath.core.solve;

import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;

/** Follows a solve: the best certified iterate so far, and whether it is time to end. */
final class Progress {
  /**
   * Complete passes in a row that lower the gap by less than a tenth before it counts as stalled.
   */
  private static final int PATIENCE = 5;

  /** Stalls after which the solve ends: rounding leaves no more to gain. */
  private static final int STALLS = 4;

  /** Incomplete passes in a row at most. */
  private static final int PARTIAL = 8;

  /** A gap at most this many times the tolerance is {@link Status#ALMOST}. */
  private static final double NEAR = 100;

  /** Above this gap a stall is never taken for the end. */
  private static final double NEARLY_SOLVED = 1e-4;

  /** Seconds that a part is given where none are left: it then ends at its first certificate. */
  private static final double SHORTEST = 1e-9;

  private final Settings settings;
  private final long begin;
  private BlockWeights weights;
  private Certificate certificate;
  private Status status;
  private int iterations;
  private int newtonSteps;
  private int partial;
  private int waiting;
  private int stalls;
  private double reference = Double.POSITIVE_INFINITY;

  Progress(Settings settings, long begin) {
    this.settings = settings;
    this.begin = begin;
  }

  /**
   * How many violators a pass may stop at: all of them once a limit has been hit and must be
   * certified, and now and then, so that the gap is known and sigma follows it.
   */
  int wants(int wanted) {
    return limit() == null && partial < PARTIAL ? wanted : Integer.MAX_VALUE;
  }

  /** Counts a step, taken after a complete pricing pass or not. */
  void count(AugmentedLagrangian.Step step, boolean complete) {
    partial = complete ? 0 : partial + 1;
    iterations++;
    newtonSteps += step.newtonSteps();
  }

  /** Counts the steps of a restricted program, one at least: so that its rounds end. */
  void count(Solution restricted) {
    iterations += Math.max(1, restricted.iterations());
    newtonSteps += restricted.newtonSteps();
  }

  /** Whether a limit has been hit. */
  boolean limited() {
    return limit() != null;
  }

  /** What the limits leave for a part of this solve, with a tolerance of its own. */
  Settings remaining(double tolerance) {
    return new Settings(
        tolerance,
        Math.max(1, settings.maxIterations() - iterations),
        Math.max(SHORTEST, settings.timeLimitSeconds() - seconds()));
  }

  /** Takes a certified iterate; whether the solve ends with the best one. */
  boolean ends(BlockWeights candidate, Certificate proof) {
    if (certificate == null || proof.relativeGap() < certificate.relativeGap()) {
      weights = candidate;
      certificate = proof;
    }
    double gap = certificate.relativeGap();
    waiting = gap <= 0.9 * reference ? 0 : waiting + 1;
    reference = Math.min(reference, gap);
    stalls += stalled() ? 1 : 0;
    status = gap <= settings.tolerance() ? Status.OPTIMAL : limit();
    if (status == null && stalls >= STALLS && gap < NEARLY_SOLVED) {
      status = Status.ITERATION_LIMIT;
    }
    if (status != null && status != Status.OPTIMAL && gap <= NEAR * settings.tolerance()) {
      status = Status.ALMOST;
    }
    return status != null;
  }

  /** Whether the last certified iterate was one too many without progress. */
  boolean stalled() {
    return waiting > 0 && waiting % PATIENCE == 0;
  }

  /** The weights of smallest gap so far, zero if none has been certified. */
  BlockWeights best(int d) {
    return weights == null ? BlockWeights.zero(d) : weights;
  }

  /** The limit that has been hit, or null. */
  Status limit() {
    if (iterations >= settings.maxIterations()) {
      return Status.ITERATION_LIMIT;
    }
    return seconds() > settings.timeLimitSeconds() ? Status.TIME_LIMIT : null;
  }

  private double seconds() {
    return (System.nanoTime() - begin) * 1e-9;
  }

  /** The best iterate, its certificate completed. */
  Solution solution(Certifier certifier) {
    Certificate complete = certifier.complete(certificate, weights);
    return new Solution(weights, complete, status, iterations, newtonSteps, seconds());
  }
}
