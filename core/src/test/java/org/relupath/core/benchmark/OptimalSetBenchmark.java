package org.relupath.core.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.optimalset.Equicorrelation;
import org.relupath.core.optimalset.OptimalNeurons;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.prune.ExactPruning;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/**
 * Times what is asked of a solution beside the solve itself: {@code OptimalSetBenchmark
 * INSTANCES_DIR OUT_CSV}. On the instances with 500 gates, at the lambda where about 60 neurons are
 * active; CPU seconds of the fastest of three runs after warm-up, and how many solves to a gap of
 * 1e-8 they are.
 */
public final class OptimalSetBenchmark {
  private static final List<String> INSTANCES = List.of("diab", "bc");
  private static final int NEURONS = 60;
  private static final double WARM_UP_SECONDS = 3;
  private static final double RUN_SECONDS = 0.5;
  private static final int RUNS = 3;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final PrintWriter table;

  private OptimalSetBenchmark(PrintWriter table) {
    this.table = table;
    table.println("instance,model,lambdaRatio,neurons,step,seconds,solves");
  }

  /** Runs all instances. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("BLAS: " + Blas.describe());
    try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1])))) {
      OptimalSetBenchmark benchmark = new OptimalSetBenchmark(table);
      for (String name : INSTANCES) {
        for (Model model : Model.values()) {
          benchmark.run(BenchmarkInstance.read(Path.of(arguments[0], name), model));
        }
      }
    }
  }

  private void run(BenchmarkInstance instance) {
    ConvexProgram program = instance.program();
    double lambda = lambda(instance);
    Task task = new Task(instance, lambda);
    Solution tight = solve(program, lambda, 1e-12);
    Equicorrelation e = Equicorrelation.of(program, tight);
    Matrix gates = Matrix.zeros(program.patterns().count(), program.problem().d());
    OptimalSet set = OptimalSet.of(e, gates);
    double[] columns = set.neurons().matrix();
    int n = program.problem().n();
    double solve = task.time("solve to 1e-8", 0, () -> solve(program, lambda, 1e-8));
    task.time("solve to 1e-12", solve, () -> solve(program, lambda, 1e-12));
    task.time("equicorrelation set", solve, () -> Equicorrelation.of(program, tight));
    task.time("merging", solve, () -> OptimalNeurons.of(e, gates));
    task.time("rank and dimension", solve, () -> OptimalSet.of(e, gates));
    task.time("uniqueness", solve, () -> set.uniqueness().state() == Uniqueness.State.UNIQUE);
    task.time(
        "exact pruning", solve, () -> ExactPruning.of(n, columns, set.anchor(), set.accuracy()));
    double[] twice = new double[2 * columns.length];
    double[] halves = new double[2 * set.anchor().length];
    for (int half = 0; half < 2; half++) {
      System.arraycopy(columns, 0, twice, half * columns.length, columns.length);
      for (int j = 0; j < halves.length / 2; j++) {
        halves[half * halves.length / 2 + j] = set.anchor()[j] / 2;
      }
    }
    task.time(
        "exact pruning of every neuron split in two",
        solve,
        () -> ExactPruning.of(n, twice, halves, set.accuracy()));
  }

  /** The lambda, down a fine grid, whose network is nearest to the width wanted. */
  private static double lambda(BenchmarkInstance instance) {
    double best = instance.lambdaMax();
    int distance = NEURONS;
    for (double lambda = best; distance > 0 && lambda > 1e-3 * instance.lambdaMax(); ) {
      lambda *= 0.9;
      int width = solve(instance.program(), lambda, 1e-8).weights().compact().size();
      if (Math.abs(width - NEURONS) < distance) {
        distance = Math.abs(width - NEURONS);
        best = lambda;
      }
      if (width > 1.5 * NEURONS) {
        break;
      }
    }
    return best;
  }

  private static Solution solve(ConvexProgram program, double lambda, double tolerance) {
    return new Solver(program.problem(), new Pricer(program)).solve(lambda, Settings.to(tolerance));
  }

  private final class Task {
    private final BenchmarkInstance instance;
    private final double lambda;
    private final int neurons;

    Task(BenchmarkInstance instance, double lambda) {
      this.instance = instance;
      this.lambda = lambda;
      this.neurons = solve(instance.program(), lambda, 1e-8).weights().compact().size();
    }

    double time(String step, double solve, Supplier<?> work) {
      Object last = null;
      long begin = system.getProcessCpuTime();
      while (seconds(begin) < WARM_UP_SECONDS) {
        last = work.get();
      }
      double best = Double.POSITIVE_INFINITY;
      for (int run = 0; run < RUNS; run++) {
        int count = 0;
        begin = system.getProcessCpuTime();
        while (count == 0 || seconds(begin) < RUN_SECONDS) {
          last = work.get();
          count++;
        }
        best = Math.min(best, seconds(begin) / count);
      }
      String row =
          String.format(
              Locale.ROOT,
              "%s,%s,%.4f,%d,%s,%.5f,%s",
              instance.name(),
              instance.program().problem().model().name().toLowerCase(Locale.ROOT),
              lambda / instance.lambdaMax(),
              neurons,
              step,
              best,
              solve == 0 ? "1" : String.format(Locale.ROOT, "%.3f", best / solve));
      table.println(row);
      Objects.requireNonNull(last, step);
      System.out.println(row);
      return best;
    }

    private double seconds(long begin) {
      return (system.getProcessCpuTime() - begin) * 1e-9;
    }
  }
}
