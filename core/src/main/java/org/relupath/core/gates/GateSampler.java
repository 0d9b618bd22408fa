package org.relupath.core.gates;

import java.util.SplittableRandom;
import org.relupath.core.data.Matrix;

/**
 * Random gate vectors, each drawn from its own stream.
 *
 * <p>Gate i depends on the seed and on i alone, never on how many gates are drawn, in which order
 * or on which machine: the first 100 of 500 gates are the 100 gates, whatever the number of
 * partitions.
 */
public final class GateSampler implements GateStream {
  /** How a gate vector is drawn. */
  public enum Distribution {
    /** Independent standard normal entries. */
    GAUSSIAN,
    /**
     * Standard normal on one or two random features and on the ones column, zero elsewhere:
     * patterns that threshold one or two features.
     */
    SPARSE
  }

  private final Distribution distribution;
  private final long seed;
  private final int dimension;
  private final boolean intercept;

  /**
   * A sampler of gates for an n x d matrix X.
   *
   * @param distribution how gates are drawn
   * @param seed the study's seed
   * @param dimension d, ones column included
   * @param intercept whether the last column of X is the ones column
   */
  public GateSampler(Distribution distribution, long seed, int dimension, boolean intercept) {
    if (dimension < 1) {
      throw new IllegalArgumentException("gates need at least one column, got " + dimension);
    }
    this.distribution = distribution;
    this.seed = seed;
    this.dimension = dimension;
    this.intercept = intercept && dimension > 1;
  }

  /** Gates 0 to count - 1, one a row (count x d). */
  public Matrix sample(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("the number of gates must be positive, got " + count);
    }
    Matrix gates = Matrix.zeros(count, dimension);
    for (int i = 0; i < count; i++) {
      System.arraycopy(gate(i), 0, gates.values(), i * dimension, dimension);
    }
    return gates;
  }

  /** Gate number {@code index} alone (d entries). */
  @Override
  public double[] gate(long index) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "gate", index));
    double[] gate = new double[dimension];
    if (distribution == Distribution.GAUSSIAN) {
      for (int k = 0; k < dimension; k++) {
        gate[k] = Seeds.gaussian(random);
      }
      return gate;
    }
    int features = intercept ? dimension - 1 : dimension;
    int first = random.nextInt(features);
    gate[first] = Seeds.gaussian(random);
    if (features > 1 && random.nextBoolean()) {
      int second = random.nextInt(features - 1);
      gate[second < first ? second : second + 1] = Seeds.gaussian(random);
    }
    if (intercept) {
      gate[dimension - 1] = Seeds.gaussian(random);
    }
    return gate;
  }
}
