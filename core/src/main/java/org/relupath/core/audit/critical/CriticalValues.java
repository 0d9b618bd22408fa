package org.relupath.core.audit.critical;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.relupath.core.audit.BlockPricing;
import org.relupath.core.audit.stationarity.Examination;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Problem;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/**
 * The values that the non-convex objective takes at its critical points, on tiny data: a
 * directionally stationary network is an optimum of the program sub-sampled to its own blocks, so
 * its objective is the optimal value of some set of blocks (core/docs/audit.md#critical-points).
 * Clarke stationary networks that rest on a concave kink are not, and come by {@link #withKinks}.
 *
 * <p>Not all of the 2^B sets need a program. Let S have an optimum with support A. A subset T of S
 * with A in T has the same optimal value, and any other subset lies in S without b for some b in A:
 * starting from all blocks and taking out one block of the support at a time meets every value. It
 * also meets the support of every minimal network (of linearly independent fits) that is optimal
 * for some set, since that is the only optimum on its support.
 *
 * @param values distinct values, smallest first: the first one is the optimum of all blocks
 * @param programs how many programs were solved
 */
public record CriticalValues(List<CriticalValue> values, int programs) {
  /** Values closer than this, relatively, are one. */
  private static final double SAME = 1e-8;

  private static final Settings SETTINGS = Settings.to(1e-12);

  /** Keeps the list unchangeable. */
  public CriticalValues {
    values = List.copyOf(values);
  }

  /**
   * Lists the critical values of a program's blocks.
   *
   * @param program with the patterns to choose from, best all of X
   * @param gates for each pattern, in its row, a gate that induces it; 0 x 0 for C-ReLU
   * @param lambda the regularization, > 0
   * @param limit programs to solve at most
   * @throws IllegalArgumentException if more programs would have to be solved
   */
  public static CriticalValues of(ConvexProgram program, Matrix gates, double lambda, int limit) {
    Map<List<Integer>, CriticalPoint> points = new TreeMap<>(CriticalValues::compareIds);
    BitSet all = new BitSet();
    all.set(0, program.blockCount());
    Set<BitSet> seen = new HashSet<>(Set.of(all));
    Deque<BitSet> open = new ArrayDeque<>(List.of(all));
    int solved = 0;
    while (!open.isEmpty()) {
      BitSet blocks = open.pop();
      if (++solved > limit) {
        throw new IllegalArgumentException(
            "the sub-samples of "
                + program.blockCount()
                + " blocks take more than "
                + limit
                + " programs: "
                + (solved + open.size())
                + " are known so far");
      }
      CriticalPoint point = optimum(program, gates, lambda, blocks);
      List<Integer> support = point.weights().blocks().stream().map(Block::id).toList();
      points.putIfAbsent(support, point);
      for (int b : support) {
        BitSet fewer = (BitSet) blocks.clone();
        fewer.clear(b);
        if (seen.add(fewer)) {
          open.push(fewer);
        }
      }
    }
    return new CriticalValues(grouped(points.values().stream().toList()), solved);
  }

  /**
   * These and the values of the networks that rest on concave kinks too: all critical values, where
   * the program has all patterns of X.
   *
   * @param limit sets of faces to look at, at most
   * @return nothing where there are more
   */
  public Optional<CriticalValues> withKinks(ConvexProgram program, double lambda, long limit) {
    return KinkPoints.of(program.problem(), lambda, limit).map(this::with);
  }

  private CriticalValues with(List<CriticalPoint> more) {
    List<CriticalPoint> all = new ArrayList<>();
    values.forEach(value -> all.addAll(value.points()));
    for (CriticalPoint point : more) {
      boolean known =
          values.stream()
              .filter(CriticalValue::critical)
              .anyMatch(value -> close(value.objective(), point.objective()));
      if (!known) {
        all.add(point);
      }
    }
    return new CriticalValues(grouped(all), programs);
  }

  private static boolean close(double a, double b) {
    return Math.abs(a - b) <= SAME * Math.max(a, b);
  }

  private static int compareIds(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Integer.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static CriticalPoint optimum(
      ConvexProgram program, Matrix gates, double lambda, BitSet chosen) {
    Problem problem = program.problem();
    List<Block> blocks = chosen.stream().mapToObj(program::block).toList();
    Solution solution =
        new Solver(problem, new BlockPricing(problem, blocks)).solve(lambda, SETTINGS);
    BlockWeights weights = solution.weights().compact();
    Neurons network = Neurons.of(weights, problem.model(), gates);
    return new CriticalPoint(
        weights,
        network,
        solution.certificate().objective(),
        Stationarity.of(new Examination(problem, lambda, network), lambda));
  }

  private static List<CriticalValue> grouped(List<CriticalPoint> points) {
    List<CriticalPoint> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(CriticalPoint::objective));
    int[] starts =
        IntStream.range(0, sorted.size())
            .filter(
                i ->
                    i == 0
                        || sorted.get(i).objective() > sorted.get(i - 1).objective() * (1 + SAME))
            .toArray();
    List<CriticalValue> values = new ArrayList<>();
    for (int g = 0; g < starts.length; g++) {
      int end = g + 1 < starts.length ? starts[g + 1] : sorted.size();
      List<CriticalPoint> group = sorted.subList(starts[g], end);
      values.add(new CriticalValue(group.get(0).objective(), group));
    }
    return values;
  }
}
