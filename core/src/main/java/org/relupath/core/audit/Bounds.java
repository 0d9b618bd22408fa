package org.relupath.core.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternEnumeration;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Patterns;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.GlobalBound;
import org.relupath.core.program.LowerBound;
import org.relupath.core.program.Model;
import org.relupath.core.program.Pricer;
import org.relupath.core.program.Problem;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/**
 * Bounds from below of one network: over the networks of a pattern set, and over all networks. One
 * never stands in for the other.
 */
final class Bounds {
  private final Problem problem;
  private final double lambda;
  private final Settings settings;
  private final Examination network;
  private final BestNetwork best;
  private final List<double[]> duals = new ArrayList<>();

  /** Bounds of a balanced network without zero neurons; better networks go to {@code best}. */
  Bounds(Problem problem, double lambda, Settings settings, Examination network, BestNetwork best) {
    this.problem = problem;
    this.lambda = lambda;
    this.settings = settings;
    this.network = network;
    this.best = best;
    duals.add(network.residual());
  }

  /** The program over the network's own patterns and those of the gates, with both signs. */
  PatternSetBound patternSet(Matrix gates) {
    PatternSet patterns = withOwn(gates);
    Solution solution = solve(patterns, Improvement.Source.PATTERN_SET);
    return new PatternSetBound(
        patterns.count(),
        solution.certificate().dualObjective(),
        solution.certificate().objective());
  }

  /** A bound over all networks, by enumeration if X has at most so many patterns. */
  LowerBound lowerBound(long enumerable) {
    if (PatternEnumeration.bound(problem.x()).compareTo(BigInteger.valueOf(enumerable)) <= 0) {
      Solution solution = overCells(enumerable);
      if (problem.model() == Model.RELU) {
        return enumerated(solution);
      }
      // Gates on the boundaries of cells have patterns of their own, and matter where gated.
      Optional<Patterns> every = PatternEnumeration.everyGateWithin(problem.x(), enumerable);
      if (every.isPresent()) {
        Pricer pricer = new Pricer(new ConvexProgram(problem, every.get()));
        return enumerated(new Solver(problem, pricer).solve(lambda, settings));
      }
    }
    GlobalBound bound = new GlobalBound(problem);
    return duals.stream()
        .map(u -> bound.of(u, lambda))
        .max(Comparator.comparingDouble(LowerBound::value))
        .orElseThrow();
  }

  private static LowerBound enumerated(Solution solution) {
    double value = solution.certificate().dualObjective();
    return new LowerBound(value, LowerBound.Source.ENUMERATION);
  }

  private Solution overCells(long enumerable) {
    PatternEnumeration cells = PatternEnumeration.of(problem.x(), enumerable);
    return solve(withOwn(cells.gates()), Improvement.Source.ENUMERATION);
  }

  private PatternSet withOwn(Matrix gates) {
    List<long[]> bits = new ArrayList<>(network.patterns());
    List<double[]> all = new ArrayList<>(network.gates());
    PatternReader reader = new PatternReader(problem.x());
    for (int i = 0; i < gates.rows(); i++) {
      bits.add(reader.pattern(gates.row(i)));
      all.add(gates.row(i));
    }
    return new PatternSet(problem, bits, all);
  }

  private Solution solve(PatternSet patterns, Improvement.Source source) {
    BlockWeights own = patterns.weights(network.live(), network.patterns());
    Solution solution = patterns.solveAll(lambda, settings, own);
    best.offer(patterns.network(solution.weights()), source);
    double[] u = problem.y().clone();
    double[] fit = solution.weights().fit(problem.x(), problem.model());
    Vectors.axpy(-1, fit, 0, u, 0, u.length);
    duals.add(u);
    return solution;
  }
}
