package org.relupath.core.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.relupath.core.program.Block;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.program.pricing.ProjectedCorrelation;
import org.relupath.core.program.pricing.Projector;

/**
 * Prices listed blocks of a problem, pairs of a pattern and a sign: a program sub-sampled to them.
 * Every pass is complete. Not thread-safe.
 */
public final class BlockPricing implements Pricing {
  private final List<Block> blocks;
  private final Projector projector;
  private final int[][] tight;

  /**
   * Prices the given blocks and no others.
   *
   * @param problem X, y and the model
   * @param blocks of distinct ids
   */
  public BlockPricing(Problem problem, List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
    this.projector = new Projector(problem);
    this.tight = new int[blocks.size()][0];
  }

  @Override
  public Prices price(double[] u, double lambda, int wanted) {
    List<Priced> violators = new ArrayList<>();
    double max = lambda;
    for (int i = 0; i < blocks.size(); i++) {
      double norm = norm(i, u);
      max = Math.max(max, norm);
      if (norm > lambda) {
        violators.add(new Priced(blocks.get(i), norm));
      }
    }
    violators.sort(Comparator.comparingDouble(Priced::norm).reversed());
    return new Prices(true, max, violators);
  }

  @Override
  public double maxNorm(double[] u) {
    double max = 0;
    for (int i = 0; i < blocks.size(); i++) {
      max = Math.max(max, norm(i, u));
    }
    return max;
  }

  private double norm(int i, double[] u) {
    ProjectedCorrelation projected = projector.project(blocks.get(i), u, tight[i]);
    tight[i] = projected.tight();
    return projector.bound(blocks.get(i), u);
  }
}
