package org.relupath.core.gates;

import java.util.SplittableRandom;

/**
 * Seeds derived from a study's seed by purpose and number, so that no stream of random numbers
 * depends on another one or on the order of execution.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** A seed that is a hash of the study's seed, what the numbers are for, and a running number. */
  public static long derive(long seed, String purpose, long index) {
    long hash = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash + GOLDEN_GAMMA * (purpose.charAt(i) + 1L));
    }
    return mix(hash + GOLDEN_GAMMA * (index + 1));
  }

  /** The finaliser of MurmurHash3 with Stafford's variant 13 constants, a bijection of 64 bits. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * A standard normal number by the polar method. Written out with StrictMath because the JDK's own
   * nextGaussian may change its algorithm from one release to the next.
   */
  public static double gaussian(SplittableRandom random) {
    while (true) {
      double a = 2 * random.nextDouble() - 1;
      double b = 2 * random.nextDouble() - 1;
      double s = a * a + b * b;
      if (s > 0 && s < 1) {
        return a * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }
}
