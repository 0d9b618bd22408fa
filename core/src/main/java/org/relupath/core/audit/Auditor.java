package org.relupath.core.audit;

import java.util.Optional;
import java.util.stream.IntStream;
import org.relupath.core.audit.stationarity.Balancing;
import org.relupath.core.audit.stationarity.Examination;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.solve.Settings;

/**
 * Audits networks that were trained by anything, on the columns of X that a solver sees:
 *
 * <pre>
 * is it stationary, as it is and once balanced?
 * the optimum over its own pairs of pattern and sign
 * a neighbouring pattern that improves on that
 * the optimum and the bound over its own and some given patterns
 * a bound over all networks: exact by enumeration where that is possible
 * the best network met
 * </pre>
 */
public final class Auditor {
  private final Problem problem;
  private final double lambda;
  private final Settings settings;

  /**
   * An auditor.
   *
   * @param problem X, y and the model of the networks
   * @param lambda the regularization, > 0, with the loss as a sum
   * @param settings for every program that is solved; 1e-10 or less tells optimal networks
   */
  public Auditor(Problem problem, double lambda, Settings settings) {
    problem.requireSquares("an audit");
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException("lambda is " + lambda + ", expected positive");
    }
    this.problem = problem;
    this.lambda = lambda;
    this.settings = settings;
  }

  /**
   * Audits a network.
   *
   * @param network of this problem's model, on its columns
   * @param gates gate vectors whose patterns join the network's own, one a row; 0 rows for none
   * @param enumerable enumerate all patterns if there are at most so many, 0 for never
   * @throws IllegalArgumentException if the network is of another model or width, or has weights
   *     that are not finite
   */
  public Audit audit(Neurons network, Matrix gates, long enumerable) {
    requireFits(network, gates);
    return examine(network, gates, enumerable);
  }

  private void requireFits(Neurons network, Matrix gates) {
    int d = problem.d();
    if (network.model() != problem.model()) {
      throw new IllegalArgumentException(
          "the network is " + network.model() + ", expected " + problem.model());
    }
    if (network.width() > 0 && network.hidden().columns() != d) {
      throw new IllegalArgumentException(
          "hidden weights have " + network.hidden().columns() + " columns, expected " + d);
    }
    if (gates.rows() > 0 && gates.columns() != d) {
      throw new IllegalArgumentException(
          "gates have " + gates.columns() + " columns, expected " + d);
    }
    Vectors.requireFinite("hidden", network.hidden().values());
    Vectors.requireFinite("output", network.output());
    Vectors.requireFinite("gates", network.gates().values());
  }

  private Audit examine(Neurons network, Matrix given, long enumerable) {
    Examination examined = new Examination(problem, lambda, network);
    Examination balanced = new Examination(problem, lambda, examined.balanced());
    BestNetwork best = new BestNetwork(problem, lambda, network);
    double balancedObjective = best.offer(balanced.network(), Improvement.Source.BALANCED);
    PatternSet patterns = new PatternSet(problem, balanced.patterns(), balanced.gates());
    BlockWeights own = patterns.weights(balanced.live(), balanced.patterns());
    double mergedObjective = best.offer(patterns.network(own), Improvement.Source.MERGED);
    SubsampledProgram subsampled = SubsampledProgram.solve(patterns, own, lambda, settings);
    best.offer(subsampled.network(), Improvement.Source.SUBSAMPLED);
    int[] nonzero = examined.nonzeroNumbers();
    int[] live = IntStream.of(balanced.liveNumbers()).map(j -> nonzero[j]).toArray();
    FreeNeurons free = FreeNeurons.of(problem, lambda, balanced.live(), live);
    NeighbourSearch search = new NeighbourSearch(problem, lambda, settings, subsampled);
    Optional<Neighbour> neighbour = search.from(balanced, nonzero, best);
    Bounds bounds = new Bounds(problem, lambda, settings, balanced, best);
    return new Audit(
        network,
        lambda,
        best.given(),
        Stationarity.of(examined, lambda),
        Balancing.imbalance(network),
        balancedObjective,
        Stationarity.of(balanced, lambda),
        mergedObjective,
        subsampled,
        free,
        neighbour,
        bounds.patternSet(given),
        bounds.lowerBound(enumerable),
        best.improvement());
  }
}
