package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateStream;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.CellSearch;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.path.CertifiedPath;
import org.relupath.core.path.CertifiedPathSolver;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.solve.ColumnGeneration;
import org.relupath.core.solve.LambdaSolver;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.decomposition.ConeDecomposition;
import org.relupath.core.solve.decomposition.Decomposition;
import org.relupath.core.solve.decomposition.SplitMethod;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.engine.EngineChoice;
import org.relupath.spark.engine.ExecutorCells;
import org.relupath.spark.engine.ExecutorPatterns;
import org.relupath.spark.engine.ExecutorPricing;
import org.relupath.spark.engine.ExecutorTasks;
import org.relupath.spark.engine.PathTasks;
import org.relupath.spark.run.Progress;

/** The solves of one run, on the engine that was asked for or that suits the size. */
public final class Solving implements AutoCloseable {
  private final JavaSparkContext spark;
  private final SolverSettings settings;
  private final int lambdas;
  private final Progress progress;
  private EngineChoice choice;
  private ExecutorPricing pricing;
  private int ungated;

  /**
   * Solves of a run.
   *
   * @param spark the session
   * @param settings limits and the engine asked for
   * @param lambdas length of the grid, 1 for a fit and where lambdas are chosen one after the other
   * @param progress where progress is told
   */
  public Solving(SparkSession spark, SolverSettings settings, int lambdas, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.lambdas = lambdas;
    this.progress = progress;
  }

  /** Settles the engine, and says which and why. */
  public void choose(int n, int d, int gates) {
    choice =
        settings.engine() == null
            ? EngineChoice.of(n, d, gates, lambdas)
            : new EngineChoice(settings.engine(), "as asked for");
    close();
    progress.note("engine " + name() + ": " + choice.reason());
  }

  /** What the program takes of the driver's memory with this engine. */
  MemoryNeed need(int n, int d, int gates, Model model) {
    boolean elsewhere = choice.engine() == Engine.GATES && !spark.isLocal();
    return elsewhere
        ? MemoryNeed.ofGatesElsewhere(n, d, gates, model)
        : MemoryNeed.of(n, d, gates, model);
  }

  /** The cells of a search: a chunk at a time on executors, unless there is only one. */
  PatternEnumeration cells(CellSearch search) {
    progress.step("enumerating activation patterns in " + search.chunks() + " chunks");
    PatternEnumeration cells =
        search.chunks() == 1
            ? PatternEnumeration.of(search, List.of(search.chunk(0)))
            : ExecutorCells.of(spark, search, done -> {});
    ungated = cells.ungated();
    return cells;
  }

  /** How many of the cells searched have a pattern and no gate, see {@link PatternEnumeration}. */
  int ungated() {
    return ungated;
  }

  /** Tells what to be aware of. */
  void warn(List<String> warnings) {
    warnings.forEach(progress::warn);
  }

  /** The engine's name, as the key engine has it. */
  public String name() {
    return choice.engine().name().toLowerCase(Locale.ROOT);
  }

  /** Why it is this engine. */
  public String reason() {
    return choice.reason();
  }

  /** The distinct patterns of gates on X; the same whichever engine reads them. */
  Patterns patterns(Matrix x, Matrix gates, GateStream stream) {
    return choice.engine() == Engine.GATES
        ? ExecutorPatterns.of(spark, x, stream, gates.rows())
        : Patterns.of(x, gates);
  }

  /** The gates that adaptive patterns start from; others as they are. */
  Matrix initialGates(ModelSettings model, Problem problem, Matrix drawn) {
    if (!model.gateSource().adapts()) {
      return drawn;
    }
    choose(problem.n(), problem.d(), drawn.rows());
    return adaptive(model).first(problem, drawn, choice);
  }

  private AdaptivePatterns adaptive(ModelSettings model) {
    return new AdaptivePatterns(spark, model, settings.limits(), progress);
  }

  /** A program over the patterns that these lambdas ask for; the same unless gates are adaptive. */
  public Training withGeneratedPatterns(Training training, double[] lambdas) {
    return training.adapts()
        ? training.withGates(adaptive(training.model()).gates(training, lambdas, choice), this)
        : training;
  }

  /** Programs, such as those of folds, over the patterns that their own lambdas ask for. */
  public List<Training> withGeneratedPatterns(
      List<Training> trainings, List<double[]> grids, Settings limits) {
    if (!trainings.get(0).adapts()) {
      return trainings;
    }
    List<Matrix> gates =
        adaptive(trainings.get(0).model()).gates(trainings, grids, limits.tolerance());
    List<Training> adapted = new ArrayList<>();
    for (int i = 0; i < trainings.size(); i++) {
      adapted.add(trainings.get(i).withGates(gates.get(i)));
    }
    return adapted;
  }

  /** What searches of all patterns find at solutions; null unless gates are adaptive. */
  public List<SearchEvidence> searchPatterns(Training training, List<Solution> solutions) {
    return training.adapts() ? adaptive(training.model()).search(training, solutions) : null;
  }

  /** max_b ||Proj_{K_b}(Z_b'y)||. */
  double lambdaMax(ConvexProgram program) {
    double[] y = program.problem().y();
    return choice.engine() == Engine.GATES
        ? pricing(program).maxNorm(y)
        : new Pricer(program).maxNorm(y);
  }

  private ExecutorPricing pricing(ConvexProgram program) {
    if (pricing == null) {
      pricing = new ExecutorPricing(spark, program);
    }
    return pricing;
  }

  private LambdaSolver solver(ConvexProgram program) {
    return choice.engine() == Engine.GATES
        ? new ColumnGeneration(program.problem(), pricing(program), program.patterns().count())
        : new Solver(program.problem(), new Pricer(program));
  }

  /** One lambda. */
  public Solution fit(Training training, double lambda) {
    progress.step("solving lambda " + lambda / training.lossScale());
    return solver(training.program())
        .solve(lambda, settings.limits(), BlockWeights.zero(training.program().problem().d()));
  }

  /**
   * A ReLU network for one lambda by way of a gated one: the optimum of C-GReLU over the same
   * patterns, every block of it split exactly into two inside its cone.
   */
  public DecomposedNetwork decompose(Training training, double lambda) {
    progress.step("solving lambda " + lambda / training.lossScale() + " of the gated program");
    ConvexProgram program = training.program();
    Solution gated = gated(program, lambda);
    progress.step("decomposing " + gated.weights().size() + " blocks");
    Pricing own = choice.engine() == Engine.GATES ? pricing(program) : new Pricer(program);
    Decomposition made =
        new ConeDecomposition(program.problem(), own, program.patterns().count())
            .decompose(gated, SplitMethod.NORMS, lambda);
    return new DecomposedNetwork(gated, made);
  }

  private Solution gated(ConvexProgram program, double lambda) {
    Problem problem = new Problem(program.problem().x(), program.problem().y(), Model.GATED);
    ConvexProgram gated = new ConvexProgram(problem, program.patterns());
    BlockWeights zero = BlockWeights.zero(problem.d());
    if (choice.engine() != Engine.GATES) {
      return new Solver(problem, new Pricer(gated)).solve(lambda, settings.limits(), zero);
    }
    try (ExecutorPricing there = new ExecutorPricing(spark, gated)) {
      return new ColumnGeneration(problem, there, gated.patterns().count())
          .solve(lambda, settings.limits(), zero);
    }
  }

  /** A decreasing grid of them. */
  List<PathPoint> path(Training training, double[] grid) {
    progress.start(grid.length);
    ConvexProgram program = training.program();
    if (choice.engine() == Engine.LAMBDAS) {
      PathTasks tasks = new PathTasks(spark);
      tasks.add(program, grid, settings.segments(), settings.limits());
      String description = grid.length + " lambdas in " + settings.segments() + " segments";
      return tasks.solve(description, done -> progress.counted((int) done)).get(0);
    }
    return new PathSolver(program.problem(), solver(program), settings.limits())
        .solve(
            grid,
            0,
            point ->
                progress.solved(
                    point.index() + 1,
                    point.lambda() / training.lossScale(),
                    point.solution().certificate().relativeGap(),
                    point.solution().weights().compact().size()));
  }

  /** As few lambdas as certify every one in between; one after the other, whatever the engine. */
  CertifiedPath certified(Training training, LambdaSettings lambda) {
    ConvexProgram program = training.program();
    double epsilon = lambda.certify().orElseThrow();
    return new CertifiedPathSolver(program.problem(), solver(program), settings.limits(), epsilon)
        .solve(
            training.referenceLambda(),
            lambda.lambdaMinRatio(),
            point ->
                progress.step(
                    String.format(
                        Locale.ROOT,
                        "certified down to lambda %.4g, a share of %.4g of the largest",
                        point.lambda() / training.lossScale(),
                        point.lambda() / training.referenceLambda())));
  }

  /**
   * Whole paths of programs on other rows, such as those of folds: one after the other on the
   * driver, or side by side on executors.
   */
  public List<List<PathPoint>> paths(
      List<Training> trainings, List<double[]> grids, Settings limits, String what) {
    progress.step(what);
    if (choice.engine() == Engine.DRIVER) {
      List<List<PathPoint>> paths = new ArrayList<>();
      for (int i = 0; i < trainings.size(); i++) {
        ConvexProgram program = trainings.get(i).program();
        paths.add(
            new PathSolver(program.problem(), new Pricer(program), limits)
                .solve(grids.get(i), 0, point -> {}));
      }
      return paths;
    }
    PathTasks tasks = new PathTasks(spark);
    for (int i = 0; i < trainings.size(); i++) {
      tasks.add(trainings.get(i).program(), grids.get(i), 1, limits);
    }
    return tasks.solve(what, done -> {});
  }

  /**
   * What is done with one item, by something that all of them share.
   *
   * @param <T> what they share
   * @param <I> the item
   * @param <R> what comes of it
   */
  @FunctionalInterface
  public interface Each<T, I, R> extends java.io.Serializable {
    R of(T shared, I item);
  }

  /**
   * Does something for every lambda of a path, a task a lambda, on the executors.
   *
   * @param what is done, for people
   * @param shared sent to every executor once
   * @param items one a lambda, largest lambda first
   * @param work what is done with each
   * @return what came of them, in the order of the items
   */
  public <T, I, R> List<R> mapLambdas(String what, T shared, List<I> items, Each<T, I, R> work) {
    Broadcast<T> sent = spark.broadcast(shared);
    progress.start(items.size());
    try {
      // Small lambdas take longest: they start first, so that none is left over at the end.
      List<I> order = new ArrayList<>(items);
      Collections.reverse(order);
      List<R> results =
          new ArrayList<>(
              new ExecutorTasks(spark)
                  .map(
                      what + " " + items.size() + " lambdas",
                      order,
                      (item, done) -> {
                        R result = work.of(sent.value(), item);
                        done.add(1);
                        return result;
                      },
                      done -> progress.counted((int) done)));
      Collections.reverse(results);
      return results;
    } finally {
      sent.destroy();
    }
  }

  @Override
  public void close() {
    if (pricing != null) {
      pricing.close();
      pricing = null;
    }
  }
}
