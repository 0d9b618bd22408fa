package org.relupath.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.relupath.core.audit.stationarity.Examination;
import org.relupath.core.audit.stationarity.NeuronSelection;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.GlobalBound;
import org.relupath.core.program.search.LowerBound;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;

/**
 * Bounds from below of one network: over the networks of a pattern set, and over all networks. One
 * never stands in for the other.
 */
final class Bounds {
  private final Problem problem;
  private final double lambda;
  private final Settings settings;

  /** The neurons that are active on some row, and the patterns that they have exactly. */
  private final Neurons own;

  private final List<long[]> ownPatterns = new ArrayList<>();
  private final BestNetwork best;
  private final List<double[]> duals = new ArrayList<>();

  /** Bounds of a balanced network without zero neurons; better networks go to {@code best}. */
  Bounds(Problem problem, double lambda, Settings settings, Examination network, BestNetwork best) {
    this.problem = problem;
    this.lambda = lambda;
    this.settings = settings;
    PatternReader reader = new PatternReader(problem.sides());
    Neurons all = network.network();
    Matrix vectors = problem.model() == Model.GATED ? all.gates() : all.hidden();
    List<Integer> active = new ArrayList<>();
    for (int j : network.nonzeroNumbers()) {
      long[] bits = reader.pattern(vectors.row(j));
      if (Arrays.stream(bits).anyMatch(word -> word != 0)) {
        active.add(j);
        ownPatterns.add(bits);
      }
    }
    this.own = NeuronSelection.of(all, active.stream().mapToInt(Integer::intValue).toArray());
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
    if (PatternEnumeration.isWithin(problem.sides().dense(), enumerable)) {
      Solution solution = overCells(enumerable);
      if (problem.model() == Model.RELU) {
        return orBetter(enumerated(solution), solution);
      }
      // Gates on the boundaries of cells have patterns of their own, and matter where gated.
      Optional<Patterns> every =
          PatternEnumeration.everyGateWithin(problem.sides().dense(), enumerable);
      if (every.isPresent()) {
        Pricer pricer = new Pricer(new ConvexProgram(problem, every.get()));
        solution = new Solver(problem, pricer).solve(lambda, settings);
        return orBetter(enumerated(solution), solution);
      }
    }
    return others();
  }

  /** The bound of a solve, or another one where that did not come to its end. */
  private LowerBound orBetter(LowerBound own, Solution solution) {
    if (solution.status() == Status.OPTIMAL) {
      return own;
    }
    LowerBound other = others();
    return other.value() > own.value() ? other : own;
  }

  private LowerBound others() {
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
    PatternEnumeration cells = PatternEnumeration.of(problem.sides().dense(), enumerable);
    Patterns patterns = cells.patterns();
    List<long[]> bits = new ArrayList<>();
    List<double[]> gates = new ArrayList<>();
    for (int b = 0; b < patterns.count(); b++) {
      double[] gate = cells.gate(patterns.gateId(b));
      // A gated network is written with its gates; that of C-ReLU has none.
      if (gate != null || problem.model() == Model.RELU) {
        bits.add(patterns.bits(b));
        gates.add(gate);
      }
    }
    return solve(withOwn(bits, gates), Improvement.Source.ENUMERATION);
  }

  private PatternSet withOwn(Matrix gates) {
    PatternReader reader = new PatternReader(problem.sides());
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < gates.rows(); i++) {
      vectors.add(gates.row(i));
    }
    return withOwn(vectors.stream().map(reader::pattern).toList(), vectors);
  }

  private PatternSet withOwn(List<long[]> bits, List<double[]> gates) {
    List<long[]> allBits = new ArrayList<>(ownPatterns);
    List<double[]> allGates = new ArrayList<>();
    for (int j = 0; j < own.gates().rows(); j++) {
      allGates.add(own.gates().row(j));
    }
    allBits.addAll(bits);
    allGates.addAll(gates);
    return new PatternSet(problem, allBits, allGates);
  }

  private Solution solve(PatternSet patterns, Improvement.Source source) {
    BlockWeights weights = patterns.weights(own, ownPatterns);
    Solution solution = patterns.solveAll(lambda, settings, weights);
    best.offer(patterns.network(solution.weights()), source);
    double[] u = problem.y().clone();
    double[] fit = solution.weights().fit(problem.x(), problem.model());
    Vectors.axpy(-1, fit, 0, u, 0, u.length);
    duals.add(u);
    return solution;
  }
}
