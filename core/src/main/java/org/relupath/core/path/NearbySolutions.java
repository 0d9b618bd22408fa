package org.relupath.core.path;

import java.util.List;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;

/**
 * Networks that may be near the solutions of a program, such as those of other rows: where solves
 * may start, at whatever lambda. What a solve certifies does not depend on them.
 *
 * @param lambdas that they are near the solutions of, decreasing; empty for none
 * @param weights for each of them a network, of blocks of the program
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a path, never compared
public record NearbySolutions(double[] lambdas, List<BlockWeights> weights)
    implements java.io.Serializable {
  /** No networks: solves start as they would without. */
  public static final NearbySolutions NONE = new NearbySolutions(new double[0], List.of());

  /** Checks that there is a network for every lambda, and their order. */
  public NearbySolutions {
    weights = List.copyOf(weights);
    if (weights.size() != lambdas.length) {
      throw new IllegalArgumentException(
          lambdas.length + " lambdas have " + weights.size() + " networks, expected one each");
    }
    for (int k = 1; k < lambdas.length; k++) {
      if (!(lambdas[k] < lambdas[k - 1])) {
        throw new IllegalArgumentException("lambdas must decrease strictly");
      }
    }
  }

  /**
   * The network at a lambda: on the straight line between those of the lambdas beside it, beyond
   * the ends that of the end.
   *
   * @throws IllegalStateException where there are none
   */
  public BlockWeights at(double lambda) {
    if (lambdas.length == 0) {
      throw new IllegalStateException("no networks, expected some");
    }
    for (int k = 0; k < lambdas.length; k++) {
      if (lambdas[k] <= lambda) {
        if (k == 0 || lambdas[k] == lambda) {
          return weights.get(k);
        }
        double t = (lambdas[k - 1] - lambda) / (lambdas[k - 1] - lambdas[k]);
        return weights.get(k - 1).combine(1 - t, weights.get(k), t);
      }
    }
    return weights.get(lambdas.length - 1);
  }

  /**
   * Where a solve starts: the network at lambda where its objective is below that of another
   * network, else that one.
   *
   * @param other where the solve would start without these
   */
  public BlockWeights start(Problem problem, double lambda, BlockWeights other) {
    if (lambdas.length == 0) {
      return other;
    }
    Certifier certifier = new Certifier(problem);
    BlockWeights own = at(lambda);
    return certifier.objective(own, lambda) < certifier.objective(other, lambda) ? own : other;
  }
}
