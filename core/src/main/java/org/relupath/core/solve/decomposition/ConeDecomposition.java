package org.relupath.core.solve.decomposition;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;

/**
 * Turns a gated network into a ReLU network by cone decomposition (Mishkin, Sahiner and Pilanci,
 * "Fast Convex Optimization for Two-Layer ReLU Networks", ICML 2022, section 3).
 *
 * <p>Every block w_b of a C-GReLU solution becomes two blocks of the C-ReLU program over the same
 * patterns,
 *
 * <pre>w_b = v - z,   v, z in K_b,   (X v)_+ - (X z)_+ = D_b X v - D_b X z = D_b X w_b,</pre>
 *
 * so that the fit on the training rows stays what it was. The penalty does not: ||v|| + ||z|| >=
 * ||w_b||, much larger where K_b is thin, and K_b gets thinner the more rows there are. Hence the
 * network is feasible for C-ReLU but, unless lambda is tiny, far from optimal, and can be worse
 * than the zero network; its certificate says how far. Such v and z exist for every w_b iff K_b has
 * interior points. A pattern's own gate g is one where no x_r'g is zero, and with an intercept
 * there always is one.
 */
public final class ConeDecomposition {
  private final Problem problem;
  private final Pricing pricing;
  private final int patterns;
  private final Certifier certifier;

  /**
   * A decomposition into blocks of one C-ReLU program.
   *
   * @param problem X, y and {@link Model#RELU}
   * @param pricing prices the blocks of the C-ReLU program, for the certificate
   * @param patterns P, its number of patterns: pattern b has blocks b and P + b
   */
  public ConeDecomposition(Problem problem, Pricing pricing, int patterns) {
    if (problem.model() != Model.RELU) {
      throw new IllegalArgumentException("model is " + problem.model() + ", expected RELU");
    }
    this.problem = problem;
    this.pricing = pricing;
    this.patterns = patterns;
    this.certifier = new Certifier(problem);
  }

  /**
   * Decomposes a solution of the C-GReLU program over the same X and patterns.
   *
   * <p>The dual value is the better of two, the gated solution's and that of the network's own
   * residual: w_b = v - z for any v and z in K_b has the fit of both blocks and ||w_b|| &lt;= ||v||
   * + ||z||, so no C-ReLU network over these patterns is below the optimum of C-GReLU.
   *
   * @param gated the solution; any weights will do, optimal or not
   * @param method which split of each block
   * @param lambda the regularization to certify the network at, > 0
   * @throws IllegalArgumentException if a block is not one of the gated program
   */
  public Decomposition decompose(Solution gated, SplitMethod method, double lambda) {
    Decomposition own = decompose(gated.weights(), method, lambda);
    boolean comparable = gated.certificate().lambda() == lambda;
    return comparable ? own.boundedBy(gated.certificate().dualObjective()) : own;
  }

  /**
   * Decomposes the blocks of a gated network; the dual value is that of the ReLU network's
   * residual.
   *
   * @param gated blocks of the gated program, with any weights
   * @param method which split of each block
   * @param lambda the regularization to certify the network at, > 0
   * @throws IllegalArgumentException if a block is not one of the gated program
   */
  public Decomposition decompose(BlockWeights gated, SplitMethod method, double lambda) {
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException("lambda is " + lambda + ", expected positive");
    }
    long begin = System.nanoTime();
    BlockWeights blocks = gated.compact();
    blocks.blocks().forEach(this::requireGated);
    BlockSplitter splitter = new BlockSplitter(problem, method);
    List<BlockSplit> splits = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      splits.add(splitter.split(blocks.blocks().get(i), blocks.weights(i)));
    }
    BlockWeights weights = weights(splits);
    double[] u = certifier.residual(weights);
    Pricing.Prices prices = pricing.price(u, lambda, Integer.MAX_VALUE);
    Certificate certificate = certifier.certify(weights, u, lambda, prices);
    double seconds = (System.nanoTime() - begin) * 1e-9;
    Solution solution = new Solution(weights, certificate, Status.FEASIBLE, 0, 0, seconds);
    return new Decomposition(solution, splits, fitError(weights, blocks));
  }

  private void requireGated(Block block) {
    if (block.sign() != 1 || block.id() != block.pattern() || block.id() >= patterns) {
      throw new IllegalArgumentException(
          "block "
              + block.id()
              + " of pattern "
              + block.pattern()
              + " and sign "
              + block.sign()
              + ", expected a gated block: sign 1, its pattern's id, below "
              + patterns);
    }
  }

  /** Blocks (b, +1, v) and (b, -1, z), zeros left out, by id. */
  private BlockWeights weights(List<BlockSplit> splits) {
    int d = problem.d();
    List<Block> blocks = new ArrayList<>();
    double[] values = new double[2 * splits.size() * d];
    for (BlockSplit split : splits) {
      Block b = split.block();
      System.arraycopy(split.v(), 0, values, blocks.size() * d, d);
      blocks.add(new Block(b.pattern(), b.pattern(), 1, b.bits()));
      System.arraycopy(split.z(), 0, values, blocks.size() * d, d);
      blocks.add(new Block(patterns + b.pattern(), b.pattern(), -1, b.bits()));
    }
    return new BlockWeights(blocks, d, values).compact();
  }

  private double fitError(BlockWeights relu, BlockWeights gated) {
    double[] wanted = gated.fit(problem.x(), Model.GATED);
    double[] error = relu.fit(problem.x(), Model.RELU);
    Vectors.axpy(-1, wanted, 0, error, 0, error.length);
    double norm = Vectors.norm(error);
    return norm == 0 ? 0 : norm / Vectors.norm(wanted);
  }
}
