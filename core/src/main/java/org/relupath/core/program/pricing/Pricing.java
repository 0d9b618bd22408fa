package org.relupath.core.program.pricing;

import java.util.List;
import org.relupath.core.program.Block;

/**
 * Prices the blocks of a program at a dual point u: which have ||v_b|| = ||Proj_{K_b}(Z_b' u)||
 * above lambda, and how large can ||v_b|| be at most over all of them?
 *
 * <p>This is all that a solver needs to know of the blocks outside its working set; they may be on
 * this machine ({@link Pricer}) or on many.
 */
public interface Pricing {

  /**
   * Looks for violators, lazily.
   *
   * @param u n entries
   * @param lambda blocks with ||v_b|| &lt;= lambda are not violators
   * @param wanted the pass may stop, incomplete, once it has found this many; {@code
   *     Integer.MAX_VALUE} for a complete one
   */
  Prices price(double[] u, double lambda, int wanted);

  /** max_b ||v_b|| at u over all blocks, exactly: lambda_max at the residual of zero. */
  double maxNorm(double[] u);

  /**
   * What a pass has found.
   *
   * @param complete whether every block was looked at
   * @param maxNorm max(lambda, max_b ||v_b||); meaningful only if complete
   * @param violators blocks with ||v_b|| > lambda, largest first
   */
  record Prices(boolean complete, double maxNorm, List<Priced> violators)
      implements java.io.Serializable {}

  /**
   * A block and its ||v_b||.
   *
   * @param block the block
   * @param norm ||v_b||
   */
  record Priced(Block block, double norm) implements java.io.Serializable {}
}
