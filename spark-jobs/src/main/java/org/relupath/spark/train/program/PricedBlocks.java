package org.relupath.spark.train.program;

import java.util.HashMap;
import java.util.Map;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Solution;

/**
 * The blocks of all distinct patterns at one solution, each with its ||v_b||, in the coordinates of
 * the solver.
 *
 * @param gates a gate vector of each distinct pattern, P x d
 * @param signs how many blocks a pattern has: block b is of pattern b mod P
 * @param active the weights of the blocks that have any, by block
 * @param norms ||v_b|| of every block, or numbers that it does not exceed, in the units of the loss
 *     scaling; null where not computed
 * @param exactFrom norms above this are ||v_b|| itself
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a solution, never compared as a whole
public record PricedBlocks(
    Matrix gates, int signs, Map<Integer, double[]> active, double[] norms, double exactFrom)
    implements java.io.Serializable {
  /** Beyond this many patterns a pass on the driver alone is not worth its time. */
  private static final int MOST_PRICED = 20_000;

  /**
   * All blocks of a program, priced at the residual of a solution.
   *
   * @param gates a gate vector of each distinct pattern
   */
  static PricedBlocks of(Program program, Matrix gates, Solution solution) {
    ConvexProgram convex = program.convex();
    BlockWeights weights = solution.weights();
    double lambda = solution.certificate().lambda();
    double unit = program.lossScale();
    boolean priced = convex.patterns().count() <= MOST_PRICED;
    double[] norms = priced ? norms(convex.kept(), weights, lambda, unit) : null;
    int signs = convex.problem().model().signs();
    // Without cones ||v_b|| costs no more than its bound.
    double exactFrom = signs == 1 ? -1 : lambda / unit;
    return new PricedBlocks(gates, signs, active(weights), norms, exactFrom);
  }

  /** The weights of the blocks that have any, by block. */
  public static Map<Integer, double[]> active(BlockWeights weights) {
    Map<Integer, double[]> active = new HashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      active.put(weights.blocks().get(i).id(), weights.weights(i));
    }
    return active;
  }

  /** How many blocks there are. */
  public int count() {
    return signs * gates.rows();
  }

  private static double[] norms(
      ConvexProgram program, BlockWeights weights, double lambda, double unit) {
    double[] u = new Certifier(program.problem()).residual(weights);
    Pricer pricer = new Pricer(program);
    pricer.price(u, lambda, Integer.MAX_VALUE);
    double[] norms = pricer.bounds();
    for (int b = 0; b < norms.length; b++) {
      norms[b] /= unit;
    }
    return norms;
  }
}
