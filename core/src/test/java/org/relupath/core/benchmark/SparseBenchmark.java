package org.relupath.core.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.relupath.core.data.SparseMatrixBuilder;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.Seeds;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.solve.PatternGeneration;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/**
 * CPU seconds and heap of one solve over a sparse X: {@code SparseBenchmark MODEL ROWS COLUMNS
 * NUMBERS GATES RATIO TOLERANCE}. Rows have NUMBERS standard normal numbers in random columns and a
 * column of ones; the label is a teacher of three ReLU neurons with noise. Gated networks have
 * GATES Gaussian gates, ReLU networks adaptive patterns, GATES at most, to a searched gap of
 * TOLERANCE.
 */
public final class SparseBenchmark {
  private static final int STARTS = 50;
  private static final int FIRST = 10;

  private SparseBenchmark() {}

  /** Solves and prints a line of csv. */
  public static void main(String[] a) {
    Model model = Model.valueOf(a[0].toUpperCase(Locale.ROOT));
    int n = Integer.parseInt(a[1]);
    int d = Integer.parseInt(a[2]) + 1;
    int gates = Integer.parseInt(a[4]);
    double ratio = Double.parseDouble(a[5]);
    Settings settings = new Settings(Double.parseDouble(a[6]), 1000, Double.POSITIVE_INFINITY);
    Problem problem = problem(n, d, Integer.parseInt(a[3]), model);
    GateSampler sampler = new GateSampler(GateSampler.Distribution.GAUSSIAN, 1, d, true);
    long begin = System.nanoTime();
    long cpu = cpu();
    Solution solution;
    String searched = "";
    if (model == Model.GATED) {
      ConvexProgram program =
          new ConvexProgram(problem, Patterns.of(problem.sides(), sampler.sample(gates)));
      Pricer pricer = new Pricer(program);
      double lambda = ratio * pricer.maxNorm(problem.y());
      solution = new Solver(problem, pricer).solve(lambda, settings);
    } else {
      PatternGeneration generation =
          new PatternGeneration(
              problem, sampler.sample(FIRST), PatternClimb.search(problem), gates, STARTS, 1);
      generation.listen(
          round ->
              System.err.printf(
                  Locale.ROOT,
                  "%.1f s: %d patterns, %d blocks, gap %.2g, searched gap %.2g, violation %.4f%n",
                  (System.nanoTime() - begin) / 1e9,
                  round.patterns(),
                  round.solution().weights().size(),
                  round.solution().certificate().relativeGap(),
                  round.searched().searchedGap(),
                  round.searched().bestViolation()));
      generation.gatherFirst();
      System.err.printf("first patterns %.1f s%n", (System.nanoTime() - begin) / 1e9);
      ConvexProgram first =
          new ConvexProgram(problem, Patterns.of(problem.sides(), generation.gates()));
      double lambda = ratio * new Pricer(first).maxNorm(problem.y());
      solution = generation.solve(lambda, settings, BlockWeights.zero(d));
      searched = String.valueOf(generation.searched().searchedGap());
    }
    System.out.println("model,n,d,numbers,objective,gap,searchedGap,blocks,cpuSeconds,peakHeapMb");
    System.out.printf(
        Locale.ROOT,
        "%s,%d,%d,%d,%s,%.2g,%s,%d,%.1f,%.0f%n",
        a[0],
        n,
        d,
        problem.design().size(),
        solution.certificate().objective(),
        solution.certificate().relativeGap(),
        searched,
        solution.weights().size(),
        (cpu() - cpu) / 1e9,
        peak());
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Peak of all heap pools, in MB. */
  private static double peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
            .sum()
        / 1e6;
  }

  private static Problem problem(int n, int d, int numbers, Model model) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] teacher = new double[3][d];
    for (double[] w : teacher) {
      Arrays.setAll(w, k -> Seeds.gaussian(random));
    }
    SparseMatrixBuilder builder = new SparseMatrixBuilder(d);
    double[] y = new double[n];
    for (int r = 0; r < n; r++) {
      int[] columns = random.ints(0, d - 1).distinct().limit(numbers).sorted().toArray();
      double[] scores = new double[3];
      for (int k : columns) {
        double value = Seeds.gaussian(random);
        builder.add(k, value * Math.sqrt((double) d / numbers));
        for (int j = 0; j < 3; j++) {
          scores[j] += value * teacher[j][k];
        }
      }
      builder.add(d - 1, 1);
      builder.endRow();
      double sum = Math.max(0, scores[0]) + Math.max(0, scores[1]) - Math.max(0, scores[2]);
      y[r] = sum / Math.sqrt(numbers) + 0.1 * Seeds.gaussian(random);
    }
    return new Problem(builder.build(), y, model);
  }
}
