package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.relupath.core.data.Observations;
import org.relupath.core.path.CertifiedPath;
import org.relupath.core.path.CertifiedPathSolver;
import org.relupath.core.path.NearbySolutions;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.path.PatternGathering.Gathered;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.solve.ColumnGeneration;
import org.relupath.core.solve.LambdaSolver;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.decomposition.ConeDecomposition;
import org.relupath.core.solve.decomposition.Decomposition;
import org.relupath.core.solve.decomposition.SplitMethod;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.engine.EngineChoice;
import org.relupath.spark.engine.ExecutorPricing;
import org.relupath.spark.engine.PathTasks;
import org.relupath.spark.run.ProgressListener;

/**
 * Solves one program, on the engine that was asked for or that suits its size.
 *
 * @param factory of the run
 * @param choice the engine that works, and why
 * @param executors that price; null where the driver does
 * @param program what is solved
 * @param lambdas the lambdas to be solved for, largest first, in the solver's units
 */
public record ProgramSolver(
    ProgramFactory factory,
    EngineChoice choice,
    ExecutorPricing executors,
    Program program,
    double[] lambdas)
    implements AutoCloseable {
  /**
   * Opens an engine.
   *
   * @param convex what it solves
   * @param ofLambdaMax makes the program of its max_b ||Proj_{K_b}(Z_b'y)||
   */
  static ProgramSolver open(
      ProgramFactory factory,
      EngineChoice choice,
      ConvexProgram convex,
      DoubleFunction<Program> ofLambdaMax) {
    boolean elsewhere = choice.engine() == Engine.GATES;
    ExecutorPricing executors = elsewhere ? new ExecutorPricing(factory.spark(), convex) : null;
    try {
      Pricing pricing = elsewhere ? executors : new Pricer(convex);
      double lambdaMax = pricing.maxNorm(convex.problem().zeroResidual());
      Program program = ofLambdaMax.apply(lambdaMax);
      return new ProgramSolver(factory, choice, executors, program, new double[0]);
    } catch (RuntimeException e) {
      if (elsewhere) {
        executors.close();
      }
      throw e;
    }
  }

  /** The largest lambda_max of some outputs, in the units of the loss scaling. */
  public static double largestLambda(List<ProgramSolver> outputs) {
    return outputs.stream()
        .map(output -> output.program.summary())
        .mapToDouble(summary -> summary.referenceLambda() / summary.lossScale())
        .max()
        .orElseThrow();
  }

  /** This solver, with the lambdas to be solved for. */
  public ProgramSolver at(double[] wanted) {
    return new ProgramSolver(factory, choice, executors, program, wanted);
  }

  /** The limits of each solve. */
  public Settings limits() {
    return factory.settings().limits();
  }

  /** Tasks of the same session. */
  public LambdaTasks tasks() {
    return new LambdaTasks(factory.spark(), listener());
  }

  private ProgressListener listener() {
    return factory.listener();
  }

  private Pricing pricing() {
    return executors == null ? new Pricer(program.convex()) : executors;
  }

  private LambdaSolver solver(Problem problem, Pricing pricing) {
    return choice.engine() == Engine.GATES
        ? new ColumnGeneration(problem, pricing, program.convex().patterns().count())
        : new Solver(problem, pricing);
  }

  private LambdaSolver solver() {
    return solver(program.convex().problem(), pricing());
  }

  /**
   * What last searches of all patterns find at points of a program over adaptive ones.
   *
   * @param round how often patterns were gathered further
   */
  public List<LastSearch.Found> searchPatterns(List<PathPoint> points, int round) {
    return factory.adaptive(program.model()).search(program, points, round);
  }

  /**
   * A solver over more patterns, gathered from where last searches have found violators. This one
   * is closed.
   *
   * @param points of the program
   * @param found at each of them
   */
  public ProgramSolver further(List<PathPoint> points, List<LastSearch.Found> found) {
    try (this) {
      return factory.further(this, points, found).at(lambdas);
    }
  }

  /** Solves for the first of the lambdas. */
  public Solution fit() {
    double lambda = lambdas[0];
    listener().step("solving lambda " + lambda / program.lossScale());
    BlockWeights start =
        program.starts().isEmpty()
            ? near().start(program.convex().problem(), lambda, zero())
            : program.starts().get(0);
    return solver().solve(lambda, limits(), start);
  }

  /** Networks of an earlier run; none where gathered patterns bring networks of their own. */
  private NearbySolutions near() {
    return program.starts().isEmpty() ? factory.warm().in(program) : NearbySolutions.NONE;
  }

  private BlockWeights zero() {
    return BlockWeights.zero(program.convex().problem().d());
  }

  /**
   * A ReLU network for the first of the lambdas by way of a gated one: the optimum of C-GReLU over
   * the same patterns, every block of it split exactly into two inside its cone.
   */
  public DecomposedNetwork decompose() {
    double lambda = lambdas[0];
    listener().step("solving lambda " + lambda / program.lossScale() + " of the gated program");
    ConvexProgram own = program.convex();
    Solution gated = gated(lambda);
    listener().step("decomposing " + gated.weights().size() + " blocks");
    Decomposition made =
        new ConeDecomposition(own.problem(), pricing(), own.patterns().count())
            .decompose(gated, SplitMethod.NORMS, lambda);
    return new DecomposedNetwork(gated, made);
  }

  private Solution gated(double lambda) {
    Problem own = program.convex().problem();
    Problem problem = own.with(Model.GATED);
    ConvexProgram gated = new ConvexProgram(problem, program.convex().patterns());
    if (executors == null) {
      return solver(problem, new Pricer(gated)).solve(lambda, limits(), zero());
    }
    try (ExecutorPricing there = new ExecutorPricing(factory.spark(), gated)) {
      return solver(problem, there).solve(lambda, limits(), zero());
    }
  }

  /** The path of the lambdas, or of as few as certify every one in between. */
  public SolvedPath path(LambdaSettings lambda) {
    if (lambda.certify().isEmpty()) {
      return SolvedPath.of(program, grid(), factory.settings().tolerance());
    }
    return SolvedPath.certified(program, certified(lambda), lambda, factory.settings().tolerance());
  }

  private List<PathPoint> grid() {
    double[] grid = lambdas;
    listener().start(grid.length);
    if (choice.engine() == Engine.LAMBDAS) {
      return segments();
    }
    return walk()
        .solve(
            grid,
            0,
            program.starts(),
            point ->
                listener()
                    .solved(
                        point.index() + 1,
                        point.lambda() / program.lossScale(),
                        point.solution().certificate().relativeGap(),
                        point.solution().weights().compact().size()));
  }

  /** Solves the lambdas on executors, in segments that each start from zero or a network nearby. */
  public List<PathPoint> segments() {
    PathTasks tasks = new PathTasks(factory.spark());
    int parts = factory.settings().segments();
    tasks.add(program.convex(), lambdas, program.starts(), near(), parts, limits());
    return tasks
        .solve(
            lambdas.length + " lambdas in " + parts + " segments",
            done -> listener().counted((int) done))
        .get(0);
  }

  /** A solver of lambdas one after the other, whatever the engine, with a memory of its own. */
  public PathSolver walk() {
    return new PathSolver(program.convex().problem(), solver(), limits()).from(near());
  }

  /** One lambda after the other, whatever the engine. */
  private CertifiedPath certified(LambdaSettings lambda) {
    double epsilon = lambda.certify().orElseThrow();
    return new CertifiedPathSolver(program.convex().problem(), solver(), limits(), epsilon)
        .from(near())
        .solve(
            program.referenceLambda(),
            lambda.lambdaMinRatio(),
            point ->
                listener()
                    .step(
                        String.format(
                            Locale.ROOT,
                            "certified down to lambda %.4g, a share of %.4g of the largest",
                            point.lambda() / program.lossScale(),
                            point.lambda() / program.referenceLambda())));
  }

  /**
   * The program of other rows of the same task, prepared from them alone; it shares the labels, the
   * gates that were drawn, and the lambda_max that ratios are shares of.
   */
  public Program fold(Observations rows) {
    return factory.fold(program, rows);
  }

  /** The programs of folds over the patterns that their grids ask for. */
  public List<Program> withGeneratedPatterns(
      List<Program> folds, List<double[]> grids, Settings limits) {
    if (!program.adapts()) {
      return folds;
    }
    List<Gathered> gathered =
        factory.adaptive(program.model()).gather(folds, grids, limits.tolerance());
    List<Program> adapted = new ArrayList<>();
    for (int i = 0; i < folds.size(); i++) {
      ProgramSummary own = folds.get(i).summary();
      ConvexProgram convex = folds.get(i).over(gathered.get(i).gates());
      adapted.add(folds.get(i).with(gathered.get(i), convex, own.lambdaMax(), own.warnings()));
    }
    return adapted;
  }

  /** Whole paths of folds: one after the other on the driver, or side by side on executors. */
  public List<List<PathPoint>> paths(
      List<Program> folds, List<double[]> grids, Settings limits, String what) {
    listener().step(what);
    if (choice.engine() == Engine.DRIVER) {
      List<List<PathPoint>> paths = new ArrayList<>();
      for (int i = 0; i < folds.size(); i++) {
        ConvexProgram convex = folds.get(i).convex();
        paths.add(
            new PathSolver(convex.problem(), new Pricer(convex), limits)
                .solve(grids.get(i), 0, folds.get(i).starts(), point -> {}));
      }
      return paths;
    }
    PathTasks tasks = new PathTasks(factory.spark());
    for (int i = 0; i < folds.size(); i++) {
      Program fold = folds.get(i);
      tasks.add(fold.convex(), grids.get(i), fold.starts(), NearbySolutions.NONE, 1, limits);
    }
    return tasks.solve(what, done -> {});
  }

  @Override
  public void close() {
    if (executors != null) {
      executors.close();
    }
  }
}
