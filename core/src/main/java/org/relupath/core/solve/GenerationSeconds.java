package org.relupath.core.solve;

/**
 * Wall seconds of the parts of a column generation over patterns.
 *
 * @param sliding moves of all neurons together
 * @param solving convex programs over the patterns reached
 * @param searching over all patterns
 */
public record GenerationSeconds(double sliding, double solving, double searching)
    implements java.io.Serializable {
  /** None. */
  public static final GenerationSeconds NONE = new GenerationSeconds(0, 0, 0);

  /** All parts together. */
  public double sum() {
    return sliding + solving + searching;
  }

  /** These and others, part by part. */
  public GenerationSeconds plus(GenerationSeconds other) {
    return new GenerationSeconds(
        sliding + other.sliding, solving + other.solving, searching + other.searching);
  }

  GenerationSeconds plusSliding(long begin) {
    return new GenerationSeconds(sliding + since(begin), solving, searching);
  }

  GenerationSeconds plusSolving(long begin) {
    return new GenerationSeconds(sliding, solving + since(begin), searching);
  }

  GenerationSeconds plusSearching(long begin) {
    return new GenerationSeconds(sliding, solving, searching + since(begin));
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) * 1e-9;
  }
}
