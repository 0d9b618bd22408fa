package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateStream;
import org.relupath.core.gates.ListedGates;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.CellSearch;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PatternGathering.Gathered;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.engine.EngineChoice;
import org.relupath.spark.engine.ExecutorCells;
import org.relupath.spark.engine.ExecutorPatterns;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.run.ProgressListener;

/**
 * Makes programs of rows and settings, each with the solver of the engine that suits its size.
 *
 * @param spark where executors work
 * @param settings limits and the engine asked for
 * @param lambdas length of the grid, 1 for a fit and where lambdas are chosen one after the other
 * @param listener receives how far it is
 * @param warm where solves start
 */
public record ProgramFactory(
    JavaSparkContext spark,
    SolverSettings settings,
    int lambdas,
    ProgressListener listener,
    WarmStart warm) {
  /** Programs of one run on a session. */
  public ProgramFactory(
      SparkSession session, SolverSettings settings, int lambdas, ProgressListener listener) {
    this(
        JavaSparkContext.fromSparkContext(session.sparkContext()),
        settings,
        lambdas,
        listener,
        WarmStart.NONE);
  }

  /** Programs whose solves start from solutions of other rows. */
  public ProgramFactory from(WarmStart start) {
    return new ProgramFactory(spark, settings, lambdas, listener, start);
  }

  /** Settles the engine for a size, and notes which and why. */
  public EngineChoice choose(Design x, int gates) {
    EngineChoice choice =
        settings.engine() == null
            ? EngineChoice.of(x, gates, lambdas)
            : new EngineChoice(settings.engine(), "as asked for");
    listener.note("engine " + choice.engine().label() + ": " + choice.reason());
    return choice;
  }

  /**
   * The program of rows with the gates that settings ask for; of adaptive ones those that lambdas
   * ask for.
   *
   * @param lambdas gives the lambdas to be solved for, largest first, in the solver's units, where
   *     the size and lambda_max of the first patterns are known
   */
  public ProgramSolver of(
      Observations rows, ModelSettings model, Function<ProgramSummary, double[]> lambdas) {
    ProgramSolver first = first(rows, model);
    try {
      return at(first, lambdas.apply(first.program().summary()));
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  /**
   * A program with the gates that lambdas ask for: where they are not adaptive, the one given.
   *
   * @param first with the first gates; closed where others take their place
   * @param wanted the lambdas to be solved for, largest first, in the solver's units
   */
  public ProgramSolver at(ProgramSolver first, double[] wanted) {
    Program program = first.program();
    if (!program.adapts()) {
      return first.at(wanted);
    }
    Gathered gathered =
        adaptive(program.model()).gather(program, wanted, warm.in(program), first.choice());
    first.close();
    return adapted(program, gathered).at(wanted);
  }

  /** The program with the gates that settings ask for; of adaptive ones the first few. */
  public ProgramSolver first(Observations rows, ModelSettings model) {
    return first(parts(rows, model));
  }

  private ProgramSolver first(Parts parts) {
    ModelSettings model = parts.model;
    Problem problem = parts.problem;
    Design x = problem.sides();
    int[] ungated = {0};
    Matrix drawn =
        Gates.vectors(
            model,
            x,
            spark.hadoopConfiguration(),
            search -> {
              PatternEnumeration cells = cells(search);
              ungated[0] = cells.ungated();
              return cells;
            });
    Matrix clear = Gates.offBorders(model, parts.preprocessing, parts.rows.cells(), x, drawn);
    Matrix gates = model.gateSource().adapts() ? first(parts, clear) : clear;
    boolean exhaustive = model.gateSource().kind() == GateSource.Kind.EXHAUSTIVE && ungated[0] == 0;
    GateStream stream = clear.equals(drawn) ? Gates.stream(model, gates) : ListedGates.of(gates);
    List<String> warnings = exhausted(model, exhaustive, ungated[0]);
    GateSet set = new GateSet(gates, drawn, exhaustive);
    return build(parts, set, stream, warnings);
  }

  /**
   * The program of other labels of the rows of a program: where X is the same, it is shared, and so
   * are patterns that do not depend on labels.
   *
   * @param known with the first gates
   * @param rows those of the program but for their labels
   */
  public ProgramSolver first(Program known, Observations rows) {
    ModelSettings model = known.model();
    Preprocessing own = Program.preprocessing(model, rows);
    if (model.classWeights() != ClassWeights.NONE || !own.sameDesign(known.preprocessing())) {
      return first(rows, model);
    }
    warm.requireFits(rows, model.model(), own);
    Problem problem = known.convex().problem().with(own.targets(rows.targets()));
    if (known.adapts()) {
      return first(new Parts(rows, model, own, problem));
    }
    ConvexProgram convex = new ConvexProgram(problem, known.convex().patterns());
    GateSet gates = known.gates();
    EngineChoice choice = choose(problem.design(), gates.vectors().rows());
    return ProgramSolver.open(
        this,
        choice,
        convex,
        lambdaMax -> {
          List<String> warnings = Program.warnings(model, rows, lambdaMax);
          return Program.of(model, rows, own, gates, convex, lambdaMax, warnings);
        });
  }

  /** The program of rows with gates that are there already: those of an earlier run. */
  public ProgramSolver of(Observations rows, ModelSettings model, Matrix gates) {
    return build(parts(rows, model), GateSet.of(gates), ListedGates.of(gates), List.of());
  }

  private Parts parts(Observations rows, ModelSettings model) {
    Observations weighted = model.classWeights().weigh(rows);
    Preprocessing preprocessing = Program.preprocessing(model, rows);
    warm.requireFits(rows, model.model(), preprocessing);
    Problem problem = Problem.of(preprocessing, weighted, model.model());
    return new Parts(rows, model, preprocessing, problem);
  }

  /** What a program is made of, beside its gates. */
  private record Parts(
      Observations rows, ModelSettings model, Preprocessing preprocessing, Problem problem) {}

  /**
   * Reads patterns and builds the program.
   *
   * @param known warnings about the gates
   */
  private ProgramSolver build(Parts parts, GateSet gates, GateStream stream, List<String> known) {
    Problem problem = parts.problem;
    List<String> columns = ColumnNotes.of(parts.preprocessing.preparation(), parts.rows);
    if (!columns.isEmpty()) {
      listener.note("columns: " + String.join("; ", columns));
    }
    int count = gates.vectors().rows();
    EngineChoice choice = choose(problem.design(), count);
    MemoryNeed need =
        choice.engine() == Engine.GATES && !spark.isLocal()
            ? MemoryNeed.ofGatesElsewhere(problem.design(), count, problem.model())
            : MemoryNeed.of(problem.design(), count, problem.model());
    long heap = Runtime.getRuntime().maxMemory();
    need.requireFits(heap);
    Patterns patterns =
        choice.engine() == Engine.GATES
            ? ExecutorPatterns.of(spark, problem.sides(), stream, count)
            : Patterns.of(problem.sides(), gates.vectors());
    ConvexProgram convex = Program.convex(problem, patterns);
    return ProgramSolver.open(
        this,
        choice,
        convex,
        lambdaMax -> {
          List<String> warnings = Program.warnings(parts.model, parts.rows, lambdaMax);
          warnings.addAll(known);
          need.warning(heap).ifPresent(warnings::add);
          warnings.forEach(listener::warn);
          return Program.of(
              parts.model, parts.rows, parts.preprocessing, gates, convex, lambdaMax, warnings);
        });
  }

  /**
   * A program over the patterns that were found for it, with the engine settled for their number,
   * and with their lambda_max where it is above that of the first ones: from there on, and nowhere
   * below, the zero network is optimal.
   */
  private ProgramSolver adapted(Program first, Gathered gathered) {
    Matrix gates = gathered.gates();
    int most = first.model().gates();
    MemoryNeed.of(first.convex().problem().design(), gates.rows(), first.model().model())
        .requireFits(Runtime.getRuntime().maxMemory());
    EngineChoice choice = choose(first.convex().problem().design(), gates.rows());
    List<String> warnings = new ArrayList<>(first.summary().warnings());
    if (gathered.limitReached() && !first.gathered().limitReached()) {
      String warning =
          "the search for patterns reached the limit of " + most + " patterns (--gates)";
      warnings.add(warning);
      listener.warn(warning);
    }
    ConvexProgram convex = first.over(gates);
    return ProgramSolver.open(
        this,
        choice,
        convex,
        lambdaMax ->
            first.with(
                gathered, convex, Math.max(first.summary().lambdaMax(), lambdaMax), warnings));
  }

  /**
   * The program with the adaptive gates that one more lambda asks for beside those of a program.
   *
   * @param from a solution of that program, at a larger lambda
   * @param lambda in the solver's units
   * @param seed of the searches
   * @param choice of the engine that searches
   */
  public ProgramSolver next(
      Program program, PathPoint from, double lambda, long seed, EngineChoice choice) {
    Gathered gathered = adaptive(program.model()).next(program, from, lambda, seed, choice);
    return adapted(program, gathered).at(new double[] {lambda});
  }

  /** The program over more patterns, gathered from where last searches have found violators. */
  ProgramSolver further(
      ProgramSolver solver, List<PathPoint> points, List<LastSearch.Found> found) {
    Program program = solver.program();
    AdaptivePatterns adaptive = adaptive(program.model());
    return adapted(program, adaptive.further(program, points, found, solver.choice()));
  }

  /**
   * The program of other rows of the same task, such as those of a fold, prepared from them alone:
   * what they share are the two labels, where there are two, gates that were drawn or read, and the
   * lambda_max that ratios are shares of. Where their texts and missing cells make fewer columns of
   * X, gates are drawn for these.
   *
   * @throws BadInputException where gates of a file have other columns
   */
  Program fold(Program whole, Observations rows) {
    ModelSettings model = whole.model();
    Observations weighted = model.classWeights().weigh(rows);
    Preprocessing own =
        Preprocessing.fit(rows, model.classWeights(), model.preprocessing(), whole.labels());
    Problem problem = Problem.of(own, weighted, model.model());
    Design x = problem.sides();
    boolean exhaustive = model.gateSource().kind() == GateSource.Kind.EXHAUSTIVE;
    boolean same = exhaustive || x.columns() == whole.summary().d();
    Matrix drawn = same ? whole.gates().drawn() : redrawn(model, x.columns());
    Matrix gates =
        exhaustive
            ? Gates.enumerated(model, x, this::cells)
            : Gates.offBorders(model, own, rows.cells(), x, drawn);
    ConvexProgram convex = Program.convex(problem, Patterns.of(x, gates));
    ProgramSummary summary = whole.summary();
    GateSet set = new GateSet(gates, drawn, false);
    return Program.of(model, rows, own, set, convex, summary.lambdaMax(), summary.warnings());
  }

  private static Matrix redrawn(ModelSettings model, int dimension) {
    if (model.gateSource().kind() == GateSource.Kind.FILE) {
      throw new BadInputException(
          "--gate-source: texts or missing cells of a fold make other columns than its gates have,"
              + " expected held-out rows (--valid or --valid-fraction)");
    }
    return Gates.drawn(model, dimension);
  }

  /**
   * The gates that adaptive patterns start from: those of earlier solutions leave room for more.
   */
  private Matrix first(Parts parts, Matrix clear) {
    ModelSettings model = parts.model;
    Problem problem = parts.problem;
    Matrix drawn = warm.gates(problem, parts.preprocessing, clear, model.gates() / 2);
    MemoryNeed.of(problem.design(), model.gates(), model.model())
        .requireFits(Runtime.getRuntime().maxMemory());
    EngineChoice choice = choose(problem.design(), drawn.rows());
    return adaptive(model).first(problem, drawn, choice);
  }

  AdaptivePatterns adaptive(ModelSettings model) {
    return new AdaptivePatterns(spark, model, settings.limits(), listener);
  }

  /** The cells of a search: a chunk at a time on executors, unless there is only one. */
  private PatternEnumeration cells(CellSearch search) {
    listener.step("enumerating activation patterns in " + search.chunks() + " chunks");
    return search.chunks() == 1
        ? PatternEnumeration.of(search, List.of(search.chunk(0)))
        : ExecutorCells.of(spark, search, done -> {});
  }

  /** What exhaustive patterns are not. */
  private static List<String> exhausted(ModelSettings model, boolean exhaustive, int ungated) {
    if (ungated > 0) {
      return List.of(
          ungated
              + " patterns of X are left out, as no gate vector of doubles has them: some columns or"
              + " rows are dependent but for rounding");
    }
    return exhaustive && model.model() == Model.GATED
        ? List.of(
            "exhaustive patterns are those of open cells; gates on the borders of cells have others,"
                + " which lowerBound takes into account")
        : List.of();
  }
}
