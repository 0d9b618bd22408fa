package org.relupath.core.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.linalg.Blas;
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
 * The objective against the number of patterns, for patterns that are drawn and for patterns that
 * are generated: {@code PatternsBenchmark DATA_DIR OUT_CSV NAME...}; NAME is a file of the folder
 * or {@code teacher}, with {@code :N} for its first N rows and {@code @M} for at most M random
 * gates.
 *
 * <p>C-ReLU, standardised features and a column of ones, lambda a tenth of the lambda_max of 500
 * Gaussian gates; the gap is 1e-4. A row of random gates is one solve from zero, a row of generated
 * ones a round of one run, with the CPU seconds up to its end.
 */
public final class PatternsBenchmark {
  private static final int[] GATES = {50, 100, 200, 400, 800, 1600, 3200, 10_000};
  private static final double RATIO = 0.1;
  private static final double TOLERANCE = 1e-4;
  private static final int FIRST = 10;
  private static final int STARTS = 50;
  private static final int SEED = 1;
  private static final double WARM_UP_SECONDS = 4;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final PrintWriter table;

  private PatternsBenchmark(PrintWriter table) {
    this.table = table;
    table.println(
        "data,n,d,lambda,source,patterns,objective,relativeGap,bestViolation,neurons,seconds");
  }

  /** Runs the data sets that are named. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("BLAS: " + Blas.describe());
    try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1])))) {
      PatternsBenchmark benchmark = new PatternsBenchmark(table);
      for (String name : Arrays.copyOfRange(arguments, 2, arguments.length)) {
        benchmark.run(Path.of(arguments[0]), name);
      }
    }
  }

  private void run(Path folder, String asked) throws IOException {
    String[] parts = asked.split("[:@]");
    String name = parts[0];
    int rows = asked.contains(":") ? Integer.parseInt(parts[1]) : Integer.MAX_VALUE;
    int most =
        asked.contains("@") ? Integer.parseInt(parts[parts.length - 1]) : GATES[GATES.length - 1];
    Observations all = DataFile.read(folder, name);
    int n = Math.min(rows, all.rows());
    Observations data = all.select(java.util.stream.IntStream.range(0, n).toArray());
    Preprocessing preprocessing = Preprocessing.fit(data, Preprocessing.Options.DEFAULT);
    Matrix x = preprocessing.design(data.features());
    Problem problem = new Problem(x, preprocessing.targets(data.targets()), Model.RELU);
    double lambda = RATIO * new Pricer(program(problem, 500)).maxNorm(problem.y());
    long begin = system.getProcessCpuTime();
    do {
      generate(problem, lambda, name, Settings.to(1e-2));
    } while ((system.getProcessCpuTime() - begin) * 1e-9 < WARM_UP_SECONDS);
    generate(problem, lambda, name, null);
    for (int gates : GATES) {
      if (gates <= most) {
        draw(problem, lambda, name, gates);
      }
    }
  }

  private static Matrix gates(Problem problem, int count) {
    return new GateSampler(GateSampler.Distribution.GAUSSIAN, SEED, problem.d(), true)
        .sample(count);
  }

  private static ConvexProgram program(Problem problem, int gates) {
    return new ConvexProgram(problem, Patterns.of(problem.x(), gates(problem, gates)));
  }

  private void draw(Problem problem, double lambda, String name, int gates) {
    long begin = system.getProcessCpuTime();
    ConvexProgram program = program(problem, gates);
    Solution solution =
        new Solver(problem, new Pricer(program)).solve(lambda, Settings.to(TOLERANCE));
    tell(problem, name, "random", program.patterns().count(), solution, Double.NaN, begin);
  }

  /** One run of adaptive patterns; silent where other settings are given. */
  private void generate(Problem problem, double lambda, String name, Settings silent) {
    long begin = system.getProcessCpuTime();
    PatternGeneration generation =
        new PatternGeneration(
            problem, gates(problem, FIRST), PatternClimb.search(problem), 10_000, STARTS, SEED);
    generation.gatherFirst();
    if (silent == null) {
      generation.listen(
          round ->
              tell(
                  problem,
                  name,
                  "adaptive",
                  round.patterns(),
                  round.solution(),
                  round.searched().bestViolation(),
                  begin));
    }
    Settings settings = silent == null ? Settings.to(TOLERANCE) : silent;
    generation.solve(lambda, settings, BlockWeights.zero(problem.d()));
  }

  private void tell(
      Problem problem,
      String name,
      String source,
      int patterns,
      Solution solution,
      double violation,
      long begin) {
    table.printf(
        Locale.ROOT,
        "%s,%d,%d,%.10g,%s,%d,%.10g,%.2e,%s,%d,%.3f%n",
        name,
        problem.n(),
        problem.d(),
        solution.certificate().lambda(),
        source,
        patterns,
        solution.certificate().objective(),
        solution.certificate().relativeGap(),
        Double.isNaN(violation) ? "" : String.format(Locale.ROOT, "%.6f", violation),
        solution.weights().compact().size(),
        (system.getProcessCpuTime() - begin) * 1e-9);
    table.flush();
  }
}
