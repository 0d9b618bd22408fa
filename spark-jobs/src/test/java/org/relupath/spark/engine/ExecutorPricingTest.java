package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GatePatterns;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.spark.SharedSpark;

/** Prices from executors are those of one machine to the last bit, whatever became of the cache. */
@ExtendWith(SharedSpark.class)
class ExecutorPricingTest {
  private static final int N = 90;
  private static final int D = 6;
  private static final int GATES = 1300;

  private static final GateSampler SAMPLER =
      new GateSampler(GateSampler.Distribution.GAUSSIAN, 2, D, true);

  private static ConvexProgram program(Model model) {
    SplittableRandom random = new SplittableRandom(21);
    Matrix x = Matrix.zeros(N, D);
    double[] y = new double[N];
    for (int r = 0; r < N; r++) {
      for (int k = 0; k < D; k++) {
        x.values()[r * D + k] = k == D - 1 ? 1 : random.nextDouble(-1, 1);
      }
      y[r] = Math.abs(x.get(r, 0)) - x.get(r, 1) * x.get(r, 2) + 0.1 * random.nextDouble();
    }
    return new ConvexProgram(new Problem(x, y, model), Patterns.of(x, SAMPLER.sample(GATES)));
  }

  /** The same, its patterns known by their gates alone. */
  private static ConvexProgram drawn(ConvexProgram program) {
    Patterns patterns = program.patterns();
    int[] ids = IntStream.range(0, patterns.count()).map(patterns::gateId).toArray();
    Problem problem = program.problem();
    return new ConvexProgram(problem, new GatePatterns(problem.x(), SAMPLER, ids));
  }

  /** A dual point and the lambda to price it at. */
  private record Point(double[] u, double lambda) {}

  /**
   * What a path asks for: the residuals of solutions, at whose own lambda many norms are lambda but
   * for rounding, and at a smaller one.
   */
  private static List<Point> points(ConvexProgram program) {
    Solver solver = new Solver(program.problem(), new Pricer(program));
    Certifier certifier = new Certifier(program.problem());
    double max = new Pricer(program).maxNorm(program.problem().y());
    List<Point> points = new ArrayList<>();
    points.add(new Point(program.problem().y(), 0.97 * max));
    BlockWeights start = BlockWeights.zero(D);
    for (double ratio : new double[] {0.7, 0.5, 0.3, 0.2, 0.1}) {
      Solution solution = solver.solve(ratio * max, Settings.to(1e-10), start);
      start = solution.weights();
      // So many that no chunk has more of them than it returns.
      double least = program.problem().model() == Model.RELU ? 0.6 : 0.9;
      for (double share : new double[] {1, 0.95, least}) {
        points.add(new Point(certifier.residual(start), share * ratio * max));
      }
    }
    return points;
  }

  @ParameterizedTest
  @EnumSource
  void isThatOfOneMachine(Model model, SparkSession session) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    ConvexProgram program = program(model);
    assertThat(program.patterns().count()).as("several chunks").isGreaterThan(1024);
    List<Point> points = points(program);
    try (ExecutorPricing kept = new ExecutorPricing(spark, program);
        ExecutorPricing lost = new ExecutorPricing(spark, drawn(program))) {
      assertThat(kept.maxNorm(program.problem().y()))
          .isEqualTo(new Pricer(program, true).maxNorm(program.problem().y()))
          .isEqualTo(lost.maxNorm(program.problem().y()));
      int priced = 0;
      for (Point point : points) {
        Pricing.Prices here =
            new Pricer(program, true).price(point.u, point.lambda, Integer.MAX_VALUE);
        Pricing.Prices there = kept.price(point.u, point.lambda, Integer.MAX_VALUE);
        assertSame(there, here);
        priced += here.violators().size();
      }
      assertThat(priced).isGreaterThan(100);

      // Whatever executors remember is gone half way, then at every pass.
      spark.getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));
      for (Point point : points) {
        Pricing.Prices here =
            new Pricer(program, true).price(point.u, point.lambda, Integer.MAX_VALUE);
        assertSame(kept.price(point.u, point.lambda, Integer.MAX_VALUE), here);
        assertSame(lost.price(point.u, point.lambda, Integer.MAX_VALUE), here);
      }
    }
  }

  /** Fits at once share a pricer of one chunk: each thread starts at another point. */
  @ParameterizedTest
  @EnumSource
  void passesAtOnceAreThoseOfOneMachine(Model model, SparkSession session) throws Exception {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Problem problem = program(model).problem();
    ConvexProgram program =
        new ConvexProgram(problem, Patterns.of(problem.x(), SAMPLER.sample(400)));
    List<Point> points = new ArrayList<>();
    List<Pricing.Prices> here = new ArrayList<>();
    double norm = new Pricer(program, true).maxNorm(problem.y());
    for (int k = 0; k < 8; k++) {
      double[] u = problem.y().clone();
      u[k] = -u[k];
      points.add(new Point(u, 0.4 * norm));
      here.add(new Pricer(program, true).price(u, 0.4 * norm, Integer.MAX_VALUE));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (ExecutorPricing shared = new ExecutorPricing(spark, program)) {
      List<Future<?>> passes = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int first = t;
        passes.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 8; i++) {
                    int k = (i + first) % 8;
                    Pricing.Prices there =
                        shared.price(points.get(k).u, 0.4 * norm, Integer.MAX_VALUE);
                    assertThat(there.maxNorm()).isEqualTo(here.get(k).maxNorm());
                    assertThat(described(here.get(k))).containsAll(described(there));
                  }
                }));
      }
      for (Future<?> pass : passes) {
        pass.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertSame(Pricing.Prices there, Pricing.Prices here) {
    assertThat(there.complete()).isTrue();
    assertThat(there.maxNorm()).isEqualTo(here.maxNorm());
    assertThat(described(there)).containsExactlyInAnyOrderElementsOf(described(here));
    for (int i = 1; i < there.violators().size(); i++) {
      assertThat(there.violators().get(i).norm())
          .isLessThanOrEqualTo(there.violators().get(i - 1).norm());
    }
  }

  private static List<String> described(Pricing.Prices prices) {
    return prices.violators().stream()
        .map(
            priced ->
                priced.block().id()
                    + " "
                    + priced.block().pattern()
                    + " "
                    + priced.block().sign()
                    + " "
                    + java.util.Arrays.hashCode(priced.block().bits())
                    + " "
                    + priced.norm())
        .toList();
  }
}
