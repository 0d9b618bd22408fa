package org.relupath.spark.run;

/**
 * Receives how far training is. Every method does nothing unless it is overridden; calls come from
 * one thread after the other, not always the same; of several outputs from several at once.
 */
public interface ProgressListener {
  /** Ignores everything. */
  ProgressListener NONE = new ProgressListener() {};

  /** A step begins that is not a lambda, such as searching for patterns. */
  default void step(String text) {}

  /** Something to remember, such as which engine was chosen and why. */
  default void note(String text) {}

  /** Something to be aware of in the results. */
  default void warn(String text) {}

  /** A grid of so many lambdas begins. */
  default void start(int lambdas) {}

  /**
   * One more lambda is solved.
   *
   * @param done how many are, of those that began; more where the grid turned out to be longer
   * @param lambda the one just solved, in the units of the loss scaling
   * @param relativeGap of its certificate
   * @param activeBlocks its nonzero blocks
   */
  default void solved(int done, double lambda, double relativeGap, int activeBlocks) {}

  /** So many lambdas are solved on executors. */
  default void counted(int done) {}

  /** A phase of the work is over: {@code read}, {@code prepare}, {@code solve} and so on. */
  default void ended(String phase) {}
}
