package org.relupath.core.audit;

import java.util.List;
import org.relupath.core.network.Neurons;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;

/**
 * The convex program sub-sampled to a network's own blocks, the pairs of pattern and sign of its
 * neurons. A directionally stationary network is an optimum of it, and an optimum without tight
 * rows is stationary (core/docs/audit.md#critical-points).
 *
 * <p><b>Pairs, not patterns.</b> Without tight rows the other sign would add nothing: c_b = v_b has
 * length lambda where the neuron is stationary, so the block of the other sign, whose c is -c_b,
 * has ||v|| &lt;= lambda. With tight rows it may: with X = I and y = (3, -5) the neuron along (1,
 * 0) is stationary at lambda = 1 with D = (1, 1), and the block (D, -) fits the second row.
 *
 * @param own the network's own weights as blocks, those of one pattern and sign added up
 * @param blocks the blocks of the program
 * @param solution the optimum
 * @param network the optimum as a balanced network
 * @param optimalSet all optima
 * @param smallest the one of fewest neurons that was found
 */
public record SubsampledProgram(
    BlockWeights own,
    List<Block> blocks,
    Solution solution,
    Neurons network,
    OptimalSet optimalSet,
    SmallestNetwork smallest) {
  /** No branch and bound: an audit is to stay near the time of its solves. */
  private static final SmallestNetwork.Limits LIMITS = new SmallestNetwork.Limits(1000, 20, 0, 1);

  /** Keeps the list unchangeable. */
  public SubsampledProgram {
    blocks = List.copyOf(blocks);
  }

  static SubsampledProgram solve(
      PatternSet patterns, BlockWeights own, double lambda, Settings settings) {
    Solution solution = patterns.solve(own.blocks(), lambda, settings, own);
    return patterns
        .optimalSet(own.blocks(), solution)
        .analysed(
            set ->
                new SubsampledProgram(
                    own,
                    own.blocks(),
                    solution,
                    patterns.network(solution.weights()),
                    set,
                    SmallestNetwork.of(set.polytope(), LIMITS)));
  }

  /** The objective of the optimum found. */
  public double objective() {
    return solution.certificate().objective();
  }

  /** The number of blocks of the optimum found; blocks that share a ray count apart. */
  public int width() {
    return network.width();
  }

  /** The dimension of the set of optima, over merged neurons; null where it is not known. */
  public Integer optimalSetDimension() {
    return optimalSet.resolved() ? (Integer) optimalSet.dimension() : null;
  }

  /** Whether no optimum is proven to have fewer: one optimum alone must be the only one. */
  public boolean minimalWidthProven() {
    boolean only = smallest.proof() == SmallestNetwork.Proof.UNIQUE;
    boolean unique = optimalSet.uniqueness().state() == Uniqueness.State.UNIQUE;
    return smallest.proven() && (unique || !only);
  }

  /**
   * The number of neurons of the smallest optimum found; {@link #smallest} says how it is known.
   * Null where none but the solution was looked for.
   */
  public Integer minimalWidth() {
    return optimalSet.resolved() ? (Integer) smallest.vertex().width() : null;
  }
}
