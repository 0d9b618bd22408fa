package org.relupath.core.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.relupath.core.linalg.Blas;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;

/**
 * Times relupath on the instances of {@code core/benchmark}: {@code SolverBenchmark INSTANCES_DIR
 * OUT_CSV [NAME...]}. Each task is solved until the compiler has seen it, then three times more;
 * the CPU seconds of the whole process in the fastest of these count. Formats: the folder's README.
 */
public final class SolverBenchmark {
  private static final double[] RATIOS = {0.1, 0.03, 0.01};
  private static final double[] SINGLE_TARGETS = {1e-3, 1e-6};
  private static final double[] PATH_TARGETS = {1e-2, 1e-3, 1e-6};
  private static final int PATH_LENGTH = 100;
  private static final double FIRST_WARM_UP_SECONDS = 10;
  private static final double WARM_UP_SECONDS = 2;
  private static final int RUNS = 3;
  private static final double RUN_SECONDS = 0.5;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Path solutions;
  private final PrintWriter table;
  private double warmUpSeconds = FIRST_WARM_UP_SECONDS;

  private SolverBenchmark(Path csv) throws IOException {
    solutions = Files.createDirectories(csv.toAbsolutePath().resolveSibling("solutions"));
    table = new PrintWriter(Files.newBufferedWriter(csv));
    table.println(
        "instance,model,task,target,solver,setting,seconds,gap,peakMemoryMb,status,solution");
  }

  /** Runs the named instances, or all of them. */
  public static void main(String[] arguments) throws IOException {
    Path instances = Path.of(arguments[0]);
    List<String> names =
        arguments.length > 2
            ? List.of(arguments).subList(2, arguments.length)
            : List.of("diab", "bc", "dig", "syn");
    System.out.println("BLAS: " + Blas.describe());
    SolverBenchmark benchmark = new SolverBenchmark(Path.of(arguments[1]));
    try (benchmark.table) {
      for (String name : names) {
        for (Model model : Model.values()) {
          benchmark.run(BenchmarkInstance.read(instances.resolve(name), model));
        }
      }
    }
  }

  private void run(BenchmarkInstance instance) throws IOException {
    for (double ratio : RATIOS) {
      for (double target : SINGLE_TARGETS) {
        double lambda = ratio * instance.lambdaMax();
        time(instance, "lambda-" + ratio, target, () -> single(instance, lambda, target));
      }
    }
    if (instance.program().problem().model() == Model.RELU) {
      return; // no peer has paths of this model
    }
    double[] grid = LambdaGrid.logarithmic(instance.lambdaMax(), 0.01, PATH_LENGTH);
    for (double target : PATH_TARGETS) {
      time(instance, "path-" + PATH_LENGTH, target, () -> path(instance, grid, target));
    }
  }

  private static List<PathPoint> single(BenchmarkInstance instance, double lambda, double target) {
    Solver solver = new Solver(instance.program().problem(), new Pricer(instance.program()));
    return List.of(new PathPoint(0, lambda, solver.solve(lambda, Settings.to(target)), true));
  }

  private static List<PathPoint> path(BenchmarkInstance instance, double[] grid, double target) {
    return new PathSolver(
            instance.program().problem(), new Pricer(instance.program()), Settings.to(target))
        .solve(grid, 0, point -> {});
  }

  private void time(
      BenchmarkInstance instance, String task, double target, Supplier<List<PathPoint>> solve)
      throws IOException {
    long begin = system.getProcessCpuTime();
    List<PathPoint> points = solve.get();
    while (seconds(begin) < warmUpSeconds) {
      points = solve.get();
    }
    warmUpSeconds = WARM_UP_SECONDS;
    double best = Double.POSITIVE_INFINITY;
    for (int run = 0; run < RUNS; run++) {
      int solves = 0;
      begin = system.getProcessCpuTime();
      // The clock of a process may tick in hundredths of a second.
      while (solves == 0 || seconds(begin) < RUN_SECONDS) {
        points = solve.get();
        solves++;
      }
      best = Math.min(best, seconds(begin) / solves);
    }
    report(instance, task, target, points, best);
  }

  private double seconds(long begin) {
    return (system.getProcessCpuTime() - begin) * 1e-9;
  }

  private void report(
      BenchmarkInstance instance, String task, double target, List<PathPoint> points, double best)
      throws IOException {
    String model = instance.program().problem().model().name().toLowerCase(Locale.ROOT);
    String file = String.join("-", instance.name(), model, task, Double.toString(target)) + ".csv";
    writeWeights(solutions.resolve(file), instance, points);
    double gap =
        points.stream().mapToDouble(p -> p.solution().certificate().relativeGap()).max().orElse(0);
    table.println(
        String.join(
            ",",
            instance.name(),
            model,
            task,
            Double.toString(target),
            "relupath",
            Blas.isNative() ? "OpenBLAS" : Blas.describe(),
            String.format(Locale.ROOT, "%.4f", best),
            Double.toString(gap),
            "",
            gap <= target ? "reached" : "not reached",
            "solutions/" + file));
    table.flush();
    System.out.printf(
        Locale.ROOT,
        "%s %s %s %.0e: %.3f s, gap %.1e%n",
        instance.name(),
        model,
        task,
        target,
        best,
        gap);
  }

  private static void writeWeights(Path file, BenchmarkInstance instance, List<PathPoint> points)
      throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (PathPoint point : points) {
        BlockWeights weights = point.solution().weights();
        if (weights.size() == 0) {
          out.println(point.lambda() + ",-1,0" + ",0".repeat(weights.d()));
        }
        for (int i = 0; i < weights.size(); i++) {
          StringBuilder row = new StringBuilder();
          int gate = instance.program().patterns().gateId(weights.blocks().get(i).pattern());
          row.append(point.lambda()).append(',').append(gate);
          row.append(',').append(weights.blocks().get(i).sign());
          for (double w : weights.weights(i)) {
            row.append(',').append(w);
          }
          out.println(row);
        }
      }
    }
  }
}
