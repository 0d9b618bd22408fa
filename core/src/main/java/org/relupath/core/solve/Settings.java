package org.relupath.core.solve;

/**
 * When a solve ends.
 *
 * @param tolerance the certified relative gap to reach, > 0
 * @param maxIterations augmented Lagrangian steps at most, > 0
 * @param timeLimitSeconds wall time at most, > 0, infinite for none; results then depend on the
 *     machine's speed
 */
public record Settings(double tolerance, int maxIterations, double timeLimitSeconds)
    implements java.io.Serializable {
  /** The default: a gap of 1e-8 within 1000 steps. */
  public static final Settings DEFAULT = to(1e-8);

  /** Checks the ranges. */
  public Settings {
    if (!(tolerance > 0) || tolerance >= 1) {
      throw new IllegalArgumentException("tolerance is " + tolerance + ", expected in (0, 1)");
    }
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "maxIterations is " + maxIterations + ", expected at least 1");
    }
    if (!(timeLimitSeconds > 0)) {
      throw new IllegalArgumentException(
          "timeLimitSeconds is " + timeLimitSeconds + ", expected positive");
    }
  }

  /** The given tolerance and no other limit than the default one. */
  public static Settings to(double tolerance) {
    return new Settings(tolerance, 1000, Double.POSITIVE_INFINITY);
  }

  /** These limits with another tolerance. */
  public Settings withTolerance(double other) {
    return new Settings(other, maxIterations, timeLimitSeconds);
  }
}
