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
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.Seeds;
import org.relupath.core.network.Neurons;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.path.PatternGathering;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.solve.Settings;

/**
 * Error on held-out rows with random and with adaptive patterns: {@code HeldOutBenchmark DATA_DIR
 * OUT_CSV NAME...}.
 *
 * <p>5 folds x 3 seeds. Of the rows outside a fold a fifth chooses lambda (smallest squared error)
 * on a path that the rest is fitted on; the network chosen is measured on the fold. Both sources
 * take the same 10 lambdas, from the lambda_max of 500 Gaussian gates to a twentieth of it, to the
 * same certified gap of 1e-3; adaptive patterns are gathered to a searched gap of 1e-3.
 */
public final class HeldOutBenchmark {
  private static final int FOLDS = 5;
  private static final int SEEDS = 3;
  private static final int GATES = 500;
  private static final int FIRST = 10;
  private static final int LAMBDAS = 10;
  private static final double LEAST = 0.05;
  private static final Settings SETTINGS = Settings.to(1e-3);

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final PrintWriter table;

  private HeldOutBenchmark(PrintWriter table) {
    this.table = table;
    table.println(
        "data,fold,seed,source,patterns,lambda,neurons,objective,heldOutMse,heldOutAccuracy,"
            + "lastObjective,seconds");
  }

  /** Runs the data sets that are named. */
  public static void main(String[] arguments) throws IOException {
    try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1])))) {
      HeldOutBenchmark benchmark = new HeldOutBenchmark(table);
      for (String name : Arrays.copyOfRange(arguments, 2, arguments.length)) {
        Observations data = DataFile.read(Path.of(arguments[0]), name);
        for (int seed = 1; seed <= SEEDS; seed++) {
          int[] order = order(data.rows(), Seeds.derive(seed, "folds", 0));
          for (int fold = 0; fold < FOLDS; fold++) {
            benchmark.run(name, data, order, fold, seed);
          }
        }
      }
    }
  }

  private static int[] order(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, rows).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private void run(String name, Observations data, int[] order, int fold, int seed) {
    int n = order.length;
    int[] test = Arrays.copyOfRange(order, n * fold / FOLDS, n * (fold + 1) / FOLDS);
    int[] rest =
        IntStream.range(0, n)
            .filter(i -> i < n * fold / FOLDS || i >= n * (fold + 1) / FOLDS)
            .map(i -> order[i])
            .toArray();
    Observations train = data.select(Arrays.copyOfRange(rest, rest.length / FOLDS, rest.length));
    Observations valid = data.select(Arrays.copyOfRange(rest, 0, rest.length / FOLDS));
    Preprocessing preprocessing = Preprocessing.fit(train, Preprocessing.Options.DEFAULT);
    Matrix x = preprocessing.design(train.features());
    Problem problem = new Problem(x, preprocessing.targets(train.targets()), Model.RELU);
    GateSampler sampler =
        new GateSampler(GateSampler.Distribution.GAUSSIAN, seed, problem.d(), true);
    long begin = system.getProcessCpuTime();
    ConvexProgram random = new ConvexProgram(problem, Patterns.of(x, sampler.sample(GATES)));
    double[] grid = LambdaGrid.logarithmic(new Pricer(random).maxNorm(problem.y()), LEAST, LAMBDAS);
    Fold own = new Fold(name, fold, seed, preprocessing, valid, data.select(test));
    own.tell("random", random, grid, List.of(), begin);
    begin = system.getProcessCpuTime();
    PatternGathering gathering =
        new PatternGathering(problem, sampler.sample(FIRST), 1000, 50, seed, SETTINGS);
    PatternGathering.Gathered gathered =
        gathering.gather(grid, PatternClimb.search(problem), point -> {});
    ConvexProgram adaptive = new ConvexProgram(problem, Patterns.of(x, gathered.gates()));
    own.tell("adaptive", adaptive, grid, gathered.solutions(), begin);
  }

  /** The rows that choose and those that measure. */
  private final class Fold {
    private final String name;
    private final int fold;
    private final int seed;
    private final Preprocessing preprocessing;
    private final Observations valid;
    private final Observations test;

    Fold(
        String name,
        int fold,
        int seed,
        Preprocessing preprocessing,
        Observations valid,
        Observations test) {
      this.name = name;
      this.fold = fold;
      this.seed = seed;
      this.preprocessing = preprocessing;
      this.valid = valid;
      this.test = test;
    }

    private double[] error(PathPoint point, Observations rows) {
      Neurons neurons = Neurons.of(point.solution().weights(), Model.RELU, Matrix.zeros(0, 0));
      double[] f = neurons.predict(preprocessing.design(rows.features()));
      double[] y = preprocessing.targets(rows.targets());
      double squares = 0;
      int right = 0;
      for (int r = 0; r < f.length; r++) {
        squares += (f[r] - y[r]) * (f[r] - y[r]);
        right += f[r] >= 0 == y[r] >= 0 ? 1 : 0;
      }
      return new double[] {squares / f.length, (double) right / f.length};
    }

    void tell(
        String source,
        ConvexProgram program,
        double[] grid,
        List<BlockWeights> starts,
        long begin) {
      List<PathPoint> path =
          new PathSolver(program.problem(), new Pricer(program), SETTINGS)
              .solve(grid, 0, starts, point -> {});
      double seconds = (system.getProcessCpuTime() - begin) * 1e-9;
      PathPoint best = path.get(0);
      for (PathPoint point : path) {
        best = error(point, valid)[0] < error(best, valid)[0] ? point : best;
      }
      double[] error = error(best, test);
      table.printf(
          Locale.ROOT,
          "%s,%d,%d,%s,%d,%.6g,%d,%.8g,%.8g,%s,%.8g,%.3f%n",
          name,
          fold,
          seed,
          source,
          program.patterns().count(),
          best.lambda(),
          best.solution().weights().compact().size(),
          best.solution().certificate().objective(),
          error[0],
          preprocessing.twoValued() ? String.format(Locale.ROOT, "%.6f", error[1]) : "",
          path.get(path.size() - 1).solution().certificate().objective(),
          seconds);
      table.flush();
    }
  }
}
