package org.relupath.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;
import org.relupath.core.optimalset.Equicorrelation;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/** The distinct non-zero patterns of a list, and the programs over all or some of their blocks. */
final class PatternSet {
  private final Problem problem;
  private final Patterns patterns;
  private final Matrix gates;
  private final Map<List<Long>, Integer> number = new HashMap<>();

  /**
   * The patterns of a list.
   *
   * @param problem X, y and the model
   * @param bits patterns; equal ones and zero are taken out
   * @param gates where gated, a gate for each of the list
   */
  PatternSet(Problem problem, List<long[]> bits, List<double[]> gates) {
    this.problem = problem;
    this.patterns = Patterns.distinct(problem.n(), bits);
    boolean gated = problem.model() == Model.GATED;
    int d = problem.d();
    this.gates = Matrix.zeros(gated ? patterns.count() : 0, d);
    for (int b = 0; b < patterns.count(); b++) {
      number.put(key(patterns.bits(b)), b);
      if (gated) {
        System.arraycopy(gates.get(patterns.gateId(b)), 0, this.gates.values(), b * d, d);
      }
    }
  }

  private static List<Long> key(long[] bits) {
    return Arrays.stream(bits).boxed().toList();
  }

  int count() {
    return patterns.count();
  }

  /** The block of one of the patterns. */
  Block block(long[] bits, int sign) {
    int b = number.get(key(bits));
    return new Block(sign > 0 ? b : patterns.count() + b, b, sign, patterns.bits(b));
  }

  /**
   * The blocks of a network without zero or dead neurons: w_b = sum |a_j| W_j over the neurons of
   * pattern and sign b (gated: sum a_j W_j over those of pattern b). The fit stays, and the penalty
   * does not grow.
   *
   * @param neurons the network
   * @param bits the pattern of each neuron, one of this set
   */
  BlockWeights weights(Neurons neurons, List<long[]> bits) {
    int d = problem.d();
    boolean gated = problem.model() == Model.GATED;
    Map<Block, Integer> place = new HashMap<>();
    List<Block> blocks = new ArrayList<>();
    double[] values = new double[neurons.width() * d];
    for (int j = 0; j < neurons.width(); j++) {
      double a = neurons.output()[j];
      Block block = block(bits.get(j), gated || a > 0 ? 1 : -1);
      int at = place.computeIfAbsent(block, b -> blocks.size());
      if (at == blocks.size()) {
        blocks.add(block);
      }
      double factor = gated ? a : Math.abs(a);
      Vectors.axpy(factor, neurons.hidden().values(), j * d, values, at * d, d);
    }
    return new BlockWeights(blocks, d, Arrays.copyOf(values, blocks.size() * d)).compact();
  }

  /** Solves the program over some blocks. */
  Solution solve(List<Block> blocks, double lambda, Settings settings, BlockWeights start) {
    return new Solver(problem, new BlockPricing(problem, blocks)).solve(lambda, settings, start);
  }

  /** All optima of the program over some blocks, from one of them. */
  OptimalSet optimalSet(List<Block> blocks, Solution solution) {
    return OptimalSet.of(
        Equicorrelation.of(problem, new BlockPricing(problem, blocks), solution), gates);
  }

  /** Solves the program over all patterns, for C-ReLU with both signs. */
  Solution solveAll(double lambda, Settings settings, BlockWeights start) {
    return new Solver(problem, new Pricer(new ConvexProgram(problem, patterns)))
        .solve(lambda, settings, start);
  }

  /** The balanced network of blocks of this set. */
  Neurons network(BlockWeights weights) {
    return Neurons.of(weights, problem.model(), gates);
  }
}
