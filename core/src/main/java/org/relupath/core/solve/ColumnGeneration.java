package org.relupath.core.solve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.pricing.Pricing;

/**
 * Solves a program whose blocks are too many, or too far away, to be priced at every step: the
 * restricted program over the patterns gathered so far is solved here, then all blocks are priced
 * at its residual, wherever they are, and the patterns of violators join.
 *
 * <p>The certificate is that of the whole program: a restricted optimum whose residual no block
 * violates is optimal. Gathered patterns stay for the next lambda. Not thread-safe.
 */
public final class ColumnGeneration implements LambdaSolver {
  /** Blocks that a round may always add. */
  private static final int SMALLEST_BATCH = 100;

  /** Early restricted programs are solved to this part of the gap that pricing has just found. */
  private static final double EARLY = 0.05;

  /** The last restricted program leaves the rest of the tolerance to rounding. */
  private static final double LAST = 0.3;

  private final Problem problem;
  private final Pricing pricing;
  private final int patternCount;
  private final Certifier certifier;
  private final Map<Integer, Integer> place = new HashMap<>();
  private final List<Block> gathered = new ArrayList<>();

  /**
   * A solver of the program whose blocks {@code pricing} prices.
   *
   * @param problem X, y and the model
   * @param pricing prices all blocks; every pass asked of it is complete
   * @param patternCount P, the number of patterns of the whole program
   */
  public ColumnGeneration(Problem problem, Pricing pricing, int patternCount) {
    this.problem = problem;
    this.pricing = pricing;
    this.patternCount = patternCount;
    this.certifier = new Certifier(problem);
  }

  @Override
  public Solution solve(double lambda, Settings settings, BlockWeights start) {
    Progress progress = new Progress(settings, System.nanoTime());
    start.blocks().forEach(this::gather);
    BlockWeights weights = start;
    double target = Math.max(LAST * settings.tolerance(), 1e-2);
    if (start.size() > 0) {
      weights = restricted(lambda, progress.remaining(target), start, progress);
    }
    while (true) {
      double[] u = certifier.residual(weights);
      Pricing.Prices prices = pricing.price(u, lambda, Integer.MAX_VALUE);
      Certificate certificate = certifier.bound(weights, u, lambda, prices);
      if (progress.ends(weights, certificate)) {
        return progress.solution(certifier);
      }
      boolean grown = grow(prices.violators());
      double floor = LAST * settings.tolerance();
      target = Math.max(floor, (grown ? EARLY : 1e-3) * certificate.relativeGap());
      weights = restricted(lambda, progress.remaining(target), weights, progress);
    }
  }

  private boolean grow(List<Pricing.Priced> violators) {
    int before = gathered.size();
    int limit = before + Math.max(SMALLEST_BATCH, before / 2);
    for (Pricing.Priced violator : violators) {
      if (gathered.size() < limit) {
        gather(violator.block());
      }
    }
    return gathered.size() > before;
  }

  private void gather(Block block) {
    if (place.putIfAbsent(block.pattern(), gathered.size()) == null) {
      gathered.add(block);
    }
  }

  private BlockWeights restricted(
      double lambda, Settings settings, BlockWeights start, Progress progress) {
    List<long[]> bits = gathered.stream().map(Block::bits).toList();
    ConvexProgram program = new ConvexProgram(problem, Patterns.distinct(problem.n(), bits));
    Solver solver = new Solver(problem, new Pricer(program));
    int held = gathered.size();
    Solution solution =
        solver.solve(
            lambda, settings, start.relabel(b -> b.numbered(place.get(b.pattern()), held)));
    progress.count(solution);
    return solution
        .weights()
        .relabel(b -> b.numbered(gathered.get(b.pattern()).pattern(), patternCount));
  }
}
