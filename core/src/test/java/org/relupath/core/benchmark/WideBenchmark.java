package org.relupath.core.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.Neurons;
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
 * Adaptive patterns on data of hundreds of columns: {@code WideBenchmark DATA_DIR OUT_DIR
 * NAME:LAMBDAS:LEAST...}.
 *
 * <p>C-ReLU, standardised features and a column of ones, to a searched gap of 1e-4. For each data
 * set one lambda, LEAST lambda_max, from zero, and a path of so many lambdas down to there, on all
 * rows, one run each; then the path on 64 % of the rows to a searched gap of 1e-3, of which 16 %
 * choose a lambda, and the accuracy on the last fifth. {@code OUT_DIR/NAME-train.csv} and {@code
 * -test.csv} have these parts, the label last, for {@code wide.py}.
 */
public final class WideBenchmark {
  private static final int FIRST = 10;
  private static final int LIMIT = 10_000;
  private static final int STARTS = 50;
  private static final int SEED = 1;
  private static final double TOLERANCE = 1e-4;
  private static final double HELD_OUT_TOLERANCE = 1e-3;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final PrintWriter table;

  private WideBenchmark(PrintWriter table) {
    this.table = table;
    table.println("data,task,n,d,lambdas,tolerance,objective,neurons,accuracy,seconds");
  }

  /** Runs the data sets that are named. */
  public static void main(String[] arguments) throws IOException {
    Path out = Files.createDirectories(Path.of(arguments[1]));
    try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(out.resolve("wide.csv")))) {
      WideBenchmark benchmark = new WideBenchmark(table);
      for (String argument : Arrays.copyOfRange(arguments, 2, arguments.length)) {
        String name = argument.split(":")[0];
        int lambdas = Integer.parseInt(argument.split(":")[1]);
        double least = Double.parseDouble(argument.split(":")[2]);
        Observations all = DataFile.read(Path.of(arguments[0]), name);
        int fifth = all.rows() / 5;
        Observations train = part(all, fifth, all.rows());
        Observations test = part(all, 0, fifth);
        write(out.resolve(name + "-train.csv"), train);
        write(out.resolve(name + "-test.csv"), test);
        benchmark.run(name, "one lambda", all, 1, least, TOLERANCE);
        benchmark.run(name, "path", all, lambdas, least, TOLERANCE);
        benchmark.heldOut(name, train, test, lambdas, least);
      }
    }
  }

  private static Observations part(Observations all, int from, int to) {
    return all.select(IntStream.range(from, to).toArray());
  }

  private static void write(Path file, Observations rows) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int r = 0; r < rows.rows(); r++) {
        for (double value : rows.features().row(r)) {
          out.print(value + ",");
        }
        out.println(rows.targets()[r]);
      }
    }
  }

  /** What a run came to: preprocessing and the networks of its lambdas. */
  private record Run(Preprocessing preprocessing, List<PathPoint> points, double seconds) {}

  private Run run(
      String name, String task, Observations rows, int lambdas, double least, double tolerance) {
    double begin = seconds();
    Preprocessing preprocessing = Preprocessing.fit(rows, Preprocessing.Options.DEFAULT);
    Matrix x = preprocessing.design(rows.features());
    Problem problem = new Problem(x, preprocessing.targets(rows.targets()), Model.RELU);
    GateSampler sampler =
        new GateSampler(GateSampler.Distribution.GAUSSIAN, SEED, problem.d(), true);
    PatternSearch search = PatternClimb.search(problem);
    Settings settings = Settings.to(tolerance);
    PatternGathering drawn =
        new PatternGathering(problem, sampler.sample(FIRST), LIMIT, STARTS, SEED, settings);
    Matrix first = drawn.first(search);
    double top =
        new Pricer(new ConvexProgram(problem, Patterns.of(x, first)))
            .maxNorm(problem.zeroResidual());
    double[] grid =
        lambdas == 1 ? new double[] {least * top} : LambdaGrid.logarithmic(top, least, lambdas);
    PatternGathering.Gathered gathered =
        new PatternGathering(problem, first, LIMIT, STARTS, SEED, settings)
            .gather(
                grid,
                search,
                point ->
                    System.out.printf(
                        Locale.ROOT,
                        "%s %s %d: %.4f lambda_max, %d neurons, %.1f s%n",
                        name,
                        task,
                        point.index() + 1,
                        point.lambda() / top,
                        point.solution().weights().size(),
                        seconds() - begin));
    ConvexProgram program = new ConvexProgram(problem, Patterns.of(x, gathered.gates()));
    List<PathPoint> points =
        new PathSolver(problem, new Pricer(program), settings)
            .solve(grid, 0, gathered.solutions(), point -> {});
    Run run = new Run(preprocessing, points, seconds() - begin);
    report(name, task, problem, tolerance, run, points.get(points.size() - 1), "");
    return run;
  }

  private void heldOut(
      String name, Observations train, Observations test, int lambdas, double least) {
    int fifth = train.rows() / 5;
    Observations fitted = part(train, fifth, train.rows());
    Observations choosing = part(train, 0, fifth);
    Run run = run(name, "held out", fitted, lambdas, least, HELD_OUT_TOLERANCE);
    PathPoint best = run.points.get(0);
    for (PathPoint point : run.points) {
      best = squares(run, point, choosing) < squares(run, best, choosing) ? point : best;
    }
    double[] f = predict(run, best, test);
    double[] y = run.preprocessing.targets(test.targets());
    long right = IntStream.range(0, f.length).filter(r -> f[r] >= 0 == y[r] >= 0).count();
    String accuracy = String.format(Locale.ROOT, "%.4f", (double) right / f.length);
    Matrix x = run.preprocessing.design(test.features());
    Problem tested = new Problem(x, y, Model.RELU);
    report(name, "chosen", tested, HELD_OUT_TOLERANCE, run, best, accuracy);
  }

  private static double[] predict(Run run, PathPoint point, Observations rows) {
    return Neurons.of(point.solution().weights(), Model.RELU, Matrix.zeros(0, 0))
        .predict(run.preprocessing.design(rows.features()));
  }

  private static double squares(Run run, PathPoint point, Observations rows) {
    double[] f = predict(run, point, rows);
    double[] y = run.preprocessing.targets(rows.targets());
    return IntStream.range(0, f.length).mapToDouble(r -> (f[r] - y[r]) * (f[r] - y[r])).sum();
  }

  private void report(
      String name,
      String task,
      Problem problem,
      double tolerance,
      Run run,
      PathPoint point,
      String accuracy) {
    String line =
        String.format(
            Locale.ROOT,
            "%s,%s,%d,%d,%d,%.0e,%.8g,%d,%s,%.1f",
            name,
            task,
            problem.n(),
            problem.d(),
            run.points.size(),
            tolerance,
            point.solution().certificate().objective(),
            point.solution().weights().size(),
            accuracy,
            run.seconds);
    table.println(line);
    table.flush();
    System.out.println(line);
  }

  private double seconds() {
    return system.getProcessCpuTime() * 1e-9;
  }
}
