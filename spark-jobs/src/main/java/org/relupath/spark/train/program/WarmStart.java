package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Label;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.path.NearbySolutions;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.rows.Columns;

/**
 * Solutions that solves may start from, of rows that need not be those to be fitted: a start
 * changes how long a solve takes, and what it certifies is the same.
 *
 * <p>A block is carried over from the coordinates of its own rows to those of others, where it
 * scores every row as before. There it belongs to the pattern of its gate; a ReLU block that is
 * outside that pattern's cone on these rows to its own pattern. Where a program has neither, as
 * drawn gates on other rows mostly have not, the block belongs to the pattern of the very gate that
 * it had, with the very weights; and where a program has not that either, it is left out.
 *
 * @param named how messages call it, such as {@code --warm-start my-fit}; null for no solutions
 * @param model which program they solve
 * @param columns the names of the columns of X, without ones
 * @param preprocessing that made the coordinates of gates and weights
 * @param solutions largest lambda first; of equal ones the first counts
 */
public record WarmStart(
    String named,
    Model model,
    List<String> columns,
    Preprocessing preprocessing,
    List<Solution> solutions)
    implements java.io.Serializable {
  /** No solutions: solves start as they do without. */
  public static final WarmStart NONE = new WarmStart(null, null, List.of(), null, List.of());

  /** A row is outside a cone from this share of the largest score on. */
  private static final double OUTSIDE = 1e-9;

  /**
   * A solution.
   *
   * @param lambdaRatio its lambda as a share of lambda_max, which means about the same on other
   *     rows
   * @param blocks that are not zero
   */
  public record Solution(double lambdaRatio, List<GateBlock> blocks)
      implements java.io.Serializable {}

  /**
   * A block of a solution.
   *
   * @param gate induces its pattern (d entries)
   * @param sign s_b
   * @param weights w_b (d entries)
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers of a solution, never compared
  public record GateBlock(double[] gate, int sign, double[] weights)
      implements java.io.Serializable {}

  /**
   * Refuses to start other programs than those that have the same columns, model and labels.
   *
   * @param rows that are to be fitted
   * @param other the model of their program
   * @param own their preprocessing
   */
  void requireFits(Observations rows, Model other, Preprocessing own) {
    if (named == null) {
      return;
    }
    if (model != other) {
      throw refusal("is of model " + Label.of(model), Label.of(other));
    }
    List<String> names = own.preparation().names(rows.inputs());
    if (!columns.equals(names)) {
      throw refusal("has the columns " + Columns.shown(columns), Columns.shown(names));
    }
    if (preprocessing.intercept() != own.intercept()) {
      throw refusal("has " + intercept(preprocessing), intercept(own));
    }
    if (!Arrays.equals(preprocessing.labels(), own.labels())) {
      throw refusal("has " + labels(preprocessing), labels(own));
    }
  }

  private BadInputException refusal(String what, String expected) {
    return new BadInputException(named + ": " + what + ", expected " + expected);
  }

  private static String intercept(Preprocessing of) {
    return of.intercept() ? "an intercept" : "no intercept";
  }

  private static String labels(Preprocessing of) {
    return of.twoValued() ? "the labels " + Arrays.toString(of.labels()) : "labels of many values";
  }

  /**
   * The gates of its distinct patterns in other coordinates, followed by given ones: a gate a row.
   *
   * @param most patterns of its own; those of the largest lambdas
   */
  Matrix gates(Problem problem, Preprocessing own, Matrix given, int most) {
    if (solutions.isEmpty()) {
      return given;
    }
    Carrier carrier = new Carrier(problem, own);
    Map<BitSet, double[]> gates = new LinkedHashMap<>();
    for (Solution solution : solutions) {
      for (GateBlock block : solution.blocks()) {
        double[] gate = carrier.carried(block).gate();
        BitSet pattern = carrier.pattern(gate);
        if (gates.size() < most && !pattern.isEmpty()) {
          gates.putIfAbsent(pattern, gate);
        }
      }
    }
    List<double[]> rows = new ArrayList<>(gates.values());
    for (int i = 0; i < given.rows(); i++) {
      rows.add(given.row(i));
    }
    return Matrix.ofRows(rows.toArray(double[][]::new));
  }

  /** Its solutions as blocks of a program. */
  NearbySolutions in(Program program) {
    if (solutions.isEmpty()) {
      return NearbySolutions.NONE;
    }
    Carrier carrier = new Carrier(program.convex().problem(), program.preprocessing());
    Map<GateBlock, List<Candidate>> candidates = new IdentityHashMap<>();
    for (Solution solution : solutions) {
      for (GateBlock block : solution.blocks()) {
        GateBlock carried = carrier.carried(block);
        candidates.put(block, List.of(carrier.candidate(carried), carrier.candidate(block)));
      }
    }
    Map<BitSet, Integer> numbers =
        numbers(program.convex(), candidates.values().stream().flatMap(List::stream).toList());
    // Ratios that rounding made one are one lambda here: its first network stands for it.
    Map<Double, BlockWeights> weights = new LinkedHashMap<>();
    for (Solution solution : solutions) {
      weights.computeIfAbsent(
          solution.lambdaRatio() * program.referenceLambda(),
          lambda -> placed(solution, candidates, numbers, program));
    }
    double[] lambdas = weights.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    return new NearbySolutions(lambdas, List.copyOf(weights.values()));
  }

  /** Weights for the block of a pattern. */
  private record Candidate(BitSet pattern, double[] weights) {}

  /** The numbers of those patterns that a program has. */
  private static Map<BitSet, Integer> numbers(ConvexProgram convex, List<Candidate> wanted) {
    Map<BitSet, Integer> numbers = new HashMap<>();
    wanted.forEach(candidate -> numbers.put(candidate.pattern, -1));
    for (int b = 0; b < convex.patterns().count(); b++) {
      int number = b;
      numbers.computeIfPresent(BitSet.valueOf(convex.patterns().bits(b)), (bits, none) -> number);
    }
    return numbers;
  }

  private static BlockWeights placed(
      Solution solution,
      Map<GateBlock, List<Candidate>> candidates,
      Map<BitSet, Integer> numbers,
      Program program) {
    ConvexProgram convex = program.convex();
    Map<Integer, double[]> byBlock = new LinkedHashMap<>();
    for (GateBlock block : solution.blocks()) {
      candidates.get(block).stream()
          .filter(candidate -> numbers.get(candidate.pattern) >= 0)
          .findFirst()
          .ifPresent(
              candidate -> {
                int pattern = numbers.get(candidate.pattern);
                int id = block.sign() > 0 ? pattern : convex.patterns().count() + pattern;
                byBlock.merge(id, candidate.weights, WarmStart::sum);
              });
    }
    List<Block> blocks = new ArrayList<>();
    byBlock.keySet().forEach(id -> blocks.add(convex.block(id)));
    double[] values = byBlock.values().stream().flatMapToDouble(Arrays::stream).toArray();
    return new BlockWeights(blocks, convex.problem().d(), values).compact();
  }

  private static double[] sum(double[] one, double[] two) {
    double[] sum = one.clone();
    for (int k = 0; k < sum.length; k++) {
      sum[k] += two[k];
    }
    return sum;
  }

  /** Carries blocks over to the coordinates of a problem. */
  private final class Carrier {
    private final Problem problem;
    private final Preprocessing own;
    private final PatternReader reader;

    /** Blocks of many lambdas share gates, here and there. */
    private final Map<double[], double[]> gates = new IdentityHashMap<>();

    private final Map<double[], BitSet> patterns = new IdentityHashMap<>();

    Carrier(Problem problem, Preprocessing own) {
      this.problem = problem;
      this.own = own;
      this.reader = new PatternReader(problem.sides());
    }

    /** A block with the gate of its pattern there. */
    GateBlock carried(GateBlock block) {
      double[] gate = gates.computeIfAbsent(block.gate(), from -> own.carried(preprocessing, from));
      double[] w = own.carried(preprocessing, block.weights());
      boolean inside = problem.model() == Model.GATED || inside(w, pattern(gate));
      return new GateBlock(inside ? gate : w, block.sign(), w);
    }

    BitSet pattern(double[] gate) {
      return patterns.computeIfAbsent(gate, from -> BitSet.valueOf(reader.pattern(from)));
    }

    private boolean inside(double[] w, BitSet active) {
      double[] scores = new double[problem.n()];
      problem.sides().multiply(w, 1, scores);
      double allowed = OUTSIDE * Arrays.stream(scores).map(Math::abs).max().orElse(0);
      for (int r = 0; r < scores.length; r++) {
        if ((active.get(r) ? scores[r] : -scores[r]) < -allowed) {
          return false;
        }
      }
      return true;
    }

    Candidate candidate(GateBlock block) {
      return new Candidate(pattern(block.gate()), block.weights());
    }
  }
}
