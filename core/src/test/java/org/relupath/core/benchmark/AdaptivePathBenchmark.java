package org.relupath.core.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.path.PatternGathering;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.solve.Settings;

/**
 * CPU seconds of paths over patterns that are drawn and over patterns that are generated: {@code
 * AdaptivePathBenchmark DATA_DIR OUT_CSV NAME[:LAMBDAS:LEAST:TOLERANCE]...}.
 *
 * <p>C-ReLU, standardised features and a column of ones, or a folder NAME of {@code instances.py}
 * as it is; LAMBDAS lambdas from lambda_max of the first patterns that a search finds to LEAST of
 * it, each to a gap, and of generated patterns to a searched gap, of TOLERANCE. A NAME alone is ten
 * lambdas to a twentieth, to 1e-3 and to 1e-6. Seconds are those of the thread that works: the
 * median of five paths after five that warm up; of 100 lambdas and more, one path.
 */
public final class AdaptivePathBenchmark {
  private static final int GATES = 500;
  private static final int FIRST = 10;
  private static final int LIMIT = 10_000;
  private static final int STARTS = 50;
  private static final int SEED = 1;
  private static final List<String> TASKS = List.of("10:0.05:1e-3", "10:0.05:1e-6");
  private static final int WARM = 5;
  private static final int REPEATS = 5;
  private static final int LONG = 100;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final PrintWriter table;

  private AdaptivePathBenchmark(PrintWriter table) {
    this.table = table;
    table.println(
        "data,n,d,lambdas,tolerance,source,patterns,objective,neurons,searchSeconds,seconds");
  }

  /** Runs the data sets that are named. */
  public static void main(String[] arguments) throws IOException {
    try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1])))) {
      AdaptivePathBenchmark benchmark = new AdaptivePathBenchmark(table);
      for (String argument : Arrays.copyOfRange(arguments, 2, arguments.length)) {
        String name = argument.split(":")[0];
        Problem problem = problem(Path.of(arguments[0]), name);
        List<String> tasks =
            name.equals(argument) ? TASKS : List.of(argument.substring(name.length() + 1));
        for (String task : tasks) {
          benchmark.run(name, problem, task.split(":"));
        }
      }
    }
  }

  private static Problem problem(Path folder, String name) throws IOException {
    if (Files.isDirectory(folder.resolve(name))) {
      return BenchmarkInstance.read(folder.resolve(name), Model.RELU).program().problem();
    }
    Observations rows = DataFile.read(folder, name);
    Preprocessing preprocessing = Preprocessing.fit(rows, Preprocessing.Options.DEFAULT);
    return new Problem(
        preprocessing.design(rows.features()), preprocessing.targets(rows.targets()), Model.RELU);
  }

  private void run(String name, Problem problem, String[] task) {
    int lambdas = Integer.parseInt(task[0]);
    double least = Double.parseDouble(task[1]);
    Settings settings = Settings.to(Double.parseDouble(task[2]));
    GateSampler sampler =
        new GateSampler(GateSampler.Distribution.GAUSSIAN, SEED, problem.d(), true);
    PatternSearch search = PatternClimb.search(problem);
    Matrix first = gathering(problem, sampler.sample(FIRST), settings).first(search);
    Matrix x = problem.x();
    ConvexProgram start = new ConvexProgram(problem, Patterns.of(x, first));
    double[] grid =
        LambdaGrid.logarithmic(new Pricer(start).maxNorm(problem.zeroResidual()), least, lambdas);
    time(
        name,
        "random",
        lambdas,
        settings,
        () -> {
          Matrix gates = sampler.sample(GATES);
          return path(problem, PatternGathering.Gathered.of(gates), grid, settings, 0);
        });
    time(
        name,
        "adaptive",
        lambdas,
        settings,
        () -> {
          double[] searching = {0};
          PatternSearch timed =
              (u, from) -> {
                double begin = seconds();
                var found = search.search(u, from);
                searching[0] += seconds() - begin;
                return found;
              };
          PatternGathering.Gathered gathered =
              gathering(problem, first, settings).gather(grid, timed, point -> {});
          return path(problem, gathered, grid, settings, searching[0]);
        });
  }

  private static PatternGathering gathering(Problem problem, Matrix initial, Settings settings) {
    return new PatternGathering(problem, initial, LIMIT, STARTS, SEED, settings);
  }

  /** What a path came to. */
  private record Outcome(ConvexProgram program, PathPoint last, double searching) {}

  private static Outcome path(
      Problem problem,
      PatternGathering.Gathered gathered,
      double[] grid,
      Settings settings,
      double searching) {
    ConvexProgram program = new ConvexProgram(problem, Patterns.of(problem.x(), gathered.gates()));
    List<PathPoint> points =
        new PathSolver(problem, new Pricer(program), settings)
            .solve(grid, 0, gathered.solutions(), point -> {});
    return new Outcome(program, points.get(points.size() - 1), searching);
  }

  /** Something that is timed. */
  private interface Timed {
    Outcome run();
  }

  private void time(String name, String source, int lambdas, Settings settings, Timed timed) {
    Outcome outcome = null;
    int warm = lambdas < LONG ? WARM : 0;
    double[] taken = new double[lambdas < LONG ? WARM + REPEATS : 1];
    for (int repeat = 0; repeat < taken.length; repeat++) {
      double begin = seconds();
      outcome = timed.run();
      taken[repeat] = seconds() - begin;
    }
    Arrays.sort(taken, warm, taken.length);
    Problem problem = outcome.program.problem();
    table.printf(
        Locale.ROOT,
        "%s,%d,%d,%d,%.0e,%s,%d,%.8g,%d,%.4f,%.4f%n",
        name,
        problem.n(),
        problem.d(),
        lambdas,
        settings.tolerance(),
        source,
        outcome.program.patterns().count(),
        outcome.last.solution().certificate().objective(),
        outcome.last.solution().weights().compact().size(),
        outcome.searching,
        taken[(warm + taken.length) / 2]);
    table.flush();
  }

  private double seconds() {
    return threads.getCurrentThreadCpuTime() * 1e-9;
  }
}
