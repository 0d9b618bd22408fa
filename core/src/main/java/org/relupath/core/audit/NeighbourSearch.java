package org.relupath.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relupath.core.audit.stationarity.DescentStep;
import org.relupath.core.audit.stationarity.Examination;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.solve.Settings;

/**
 * Looks for a pattern on the other side of some tight rows that makes a better network: the pattern
 * into which the steepest descent from a neuron leads, tried by solving the sub-sampled program
 * with its block added. First from the network itself, then from the sub-sampled optimum.
 */
final class NeighbourSearch {
  /** Crossings to try at most from each of the two. */
  private static final int TRIALS = 10;

  private final Problem problem;
  private final double lambda;
  private final Settings settings;
  private final SubsampledProgram subsampled;

  NeighbourSearch(Problem problem, double lambda, Settings settings, SubsampledProgram subsampled) {
    this.problem = problem;
    this.lambda = lambda;
    this.settings = settings;
    this.subsampled = subsampled;
  }

  /**
   * The first crossing, steepest first, that is proven to improve.
   *
   * @param network balanced, without zero neurons
   * @param numbers of its neurons in the audited network
   * @param best gets the better networks
   */
  Optional<Neighbour> from(Examination network, int[] numbers, BestNetwork best) {
    Examination optimum = new Examination(problem, lambda, subsampled.network());
    Optional<Neighbour> found = first(network, false, numbers, best);
    return found.isPresent() ? found : first(optimum, true, optimum.nonzeroNumbers(), best);
  }

  private Optional<Neighbour> first(
      Examination start, boolean atOptimum, int[] numbers, BestNetwork best) {
    List<DescentStep> crossings = start.crossings(Stationarity.TOLERANCE * lambda);
    for (DescentStep crossing : crossings.subList(0, Math.min(TRIALS, crossings.size()))) {
      Optional<Neighbour> found = cross(crossing, atOptimum, numbers, best);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Neighbour> cross(
      DescentStep crossing, boolean atOptimum, int[] numbers, BestNetwork best) {
    List<long[]> bits = new ArrayList<>(subsampled.blocks().stream().map(Block::bits).toList());
    bits.add(crossing.towards());
    PatternSet patterns = new PatternSet(problem, bits, List.of());
    List<Block> blocks = new ArrayList<>();
    subsampled.blocks().forEach(b -> blocks.add(patterns.block(b.bits(), b.sign())));
    Block added = patterns.block(crossing.towards(), crossing.sign());
    if (blocks.contains(added)) {
      return Optional.empty();
    }
    blocks.add(added);
    BlockWeights start =
        subsampled.solution().weights().relabel(b -> patterns.block(b.bits(), b.sign()));
    BlockWeights weights = patterns.solve(blocks, lambda, settings, start).weights();
    Neurons better = patterns.network(weights);
    double objective = best.offer(better, Improvement.Source.NEIGHBOUR);
    if (objective >= subsampled.solution().certificate().dualObjective()) {
      return Optional.empty();
    }
    return Optional.of(
        new Neighbour(
            numbers[crossing.neuron()],
            atOptimum,
            crossing.rows(),
            added.bits(),
            crossing.sign(),
            crossing.rate() / lambda,
            objective,
            subsampled.objective() - objective));
  }
}
