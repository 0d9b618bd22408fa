package org.relupath.core.solve.rows.relu;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConeProjection;

/**
 * C-ReLU over the blocks that a point works on and the rows known of their cones, as a driver has
 * it: H = Z'Z and b = Z'y, exact over all rows.
 */
final class RestrictedProgram {
  /** It is solved to this part of the gap wanted, and no further than rounding lets it. */
  private static final double SHARE = 0.1;

  private static final double FINEST = 1e-13;

  private final PatternTable table;
  private final PatternProducts products;
  private final int d;
  private final double square;
  private final double unit;

  /**
   * Programs over patterns of a table.
   *
   * @param square y'y
   * @param gram X'X, d x d
   */
  RestrictedProgram(PatternTable table, PatternProducts products, double square, double[] gram) {
    this.table = table;
    this.products = products;
    this.d = (int) Math.round(Math.sqrt(gram.length));
    this.square = square;
    double trace = 0;
    for (int k = 0; k < d; k++) {
      trace += gram[k * d + k];
    }
    this.unit = trace > 0 && square > 0 ? Math.sqrt(d * square / trace) : 1;
  }

  /** Passes for products of patterns so far. */
  int passes() {
    return products.passes();
  }

  /**
   * Solves from a point's candidate, which the solution then is.
   *
   * @param exhausted whether a limit has been hit: there is no further pass then
   * @return whether it could: not where a pass for products is missing
   */
  boolean solve(ConePoint point, double tolerance, BooleanSupplier exhausted) {
    List<Block> blocks = List.copyOf(point.members());
    if (blocks.isEmpty()) {
      point.propose(BlockWeights.zero(d), 0);
      return true;
    }
    Set<Integer> patterns = new LinkedHashSet<>();
    blocks.forEach(block -> patterns.add(block.pattern()));
    if (!products.need(patterns, exhausted)) {
      return false;
    }
    double[] b = new double[blocks.size() * d];
    ConeProjection[] cones = new ConeProjection[blocks.size()];
    for (int i = 0; i < cones.length; i++) {
      Block block = blocks.get(i);
      Vectors.axpy(block.sign(), table.targets(block.pattern()), 0, b, i * d, d);
      cones[i] = table.cone(block.pattern()).projection(block.sign());
    }
    ConicLasso lasso = new ConicLasso(d, products.gram(blocks), b, square, cones);
    double fine = Math.max(FINEST, SHARE * tolerance);
    double lambda = point.lambda();
    double[] w = lasso.solve(lambda, dense(point.candidate(), blocks), unit / lambda, fine);
    point.propose(new BlockWeights(blocks, d, w), lasso.newtonSteps());
    return true;
  }

  private double[] dense(BlockWeights weights, List<Block> blocks) {
    Map<Block, Integer> places = new HashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      places.put(blocks.get(i), i);
    }
    double[] w = new double[blocks.size() * d];
    for (int i = 0; i < weights.size(); i++) {
      int at = places.get(weights.blocks().get(i)) * d;
      System.arraycopy(weights.values(), i * d, w, at, d);
    }
    return w;
  }
}
