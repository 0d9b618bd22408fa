package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Moments;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PatternGathering.Gathered;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.solve.Settings;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.data.EvaluationRows;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.io.BadInputException;

/**
 * The convex program that settings and training rows make: X and y as the solver sees them, gates,
 * distinct patterns.
 *
 * <p>The solver's loss is a sum. With {@code --loss-scaling mean} the user's lambda, objective and
 * all else in their units are the solver's divided by n, the sum of the rows' weights: see {@link
 * #lossScale()}.
 *
 * @param model which program
 * @param rows the raw training rows
 * @param preprocessing fitted to them, makes X and y
 * @param gates behind the patterns
 * @param convex the program over all distinct patterns
 * @param summary its size and its units
 * @param gathered where the gates come from, if they were looked for: with them, for each lambda to
 *     be solved for, a network to start from
 */
public record Program(
    ModelSettings model,
    Observations rows,
    Preprocessing preprocessing,
    GateSet gates,
    ConvexProgram convex,
    ProgramSummary summary,
    Gathered gathered) {
  /** From this many rows on a random gate's cone, of inscribed radius about 0.4 d / n, is a ray. */
  private static final int THIN_CONES = 10_000;

  /**
   * A program of its lambda_max.
   *
   * @param lambdaMax of the pattern set, in the solver's units
   * @param warnings what to be aware of in the results
   */
  static Program of(
      ModelSettings model,
      Observations rows,
      Preprocessing preprocessing,
      GateSet gates,
      ConvexProgram convex,
      double lambdaMax,
      List<String> warnings) {
    int n = convex.problem().n();
    double weight = model.classWeights().weigh(rows).totalWeight();
    ProgramSummary summary =
        new ProgramSummary(
            n,
            weight,
            convex.problem().d(),
            gates.vectors().rows(),
            convex.patterns().count(),
            lambdaMax,
            model.lossScaling().scale(weight),
            preprocessing.labels(),
            warnings);
    return new Program(
        model, rows, preprocessing, gates, convex, summary, Gathered.of(gates.vectors()));
  }

  /**
   * The program of some rows of a data set, with its labels and their own lambda_max, built where
   * this is called: on an executor, too.
   *
   * @param rows what to fit on
   * @param all the data set
   * @param model with gates that are drawn or adaptive: of these the first, see {@link #gathered}
   * @param limits of each solve
   */
  public static Program ofPart(
      Observations rows, Observations all, ModelSettings model, Settings limits) {
    Preprocessing.Options options = model.preprocessing();
    double[] task = options.mapLabels() ? Preprocessing.twoValues(all.targets()) : new double[0];
    Observations weighted = model.classWeights().weigh(rows);
    Preprocessing own = Preprocessing.fit(rows, model.classWeights(), options, task);
    Problem problem = Problem.of(own, weighted, model.model());
    Matrix drawn = Gates.drawn(model, own.dimension());
    Matrix clear = Gates.offBorders(model, own, rows.cells(), problem.sides(), drawn);
    Matrix gates =
        model.gateSource().adapts()
            ? AdaptivePatterns.gathering(model, searching(model, limits), problem, clear)
                .first(PatternClimb.search(problem))
            : clear;
    ConvexProgram convex = convex(problem, Patterns.of(problem.sides(), gates));
    double lambdaMax = new Pricer(convex).maxNorm(problem.zeroResidual());
    return of(model, rows, own, GateSet.of(gates), convex, lambdaMax, List.of());
  }

  /**
   * What makes X and y of training rows, each counted as the model's class weights have it.
   *
   * @throws BadInputException if memory cannot hold the encoded rows; none is encoded then
   */
  public static Preprocessing preprocessing(ModelSettings model, Observations rows) {
    Preprocessing.Options options = model.preprocessing();
    Preparation preparation = Preparation.fit(rows, options.preparation());
    int d = preparation.names(rows.inputs()).size() + (options.intercept() ? 1 : 0);
    MemoryNeed need =
        preparation.isPlain()
            ? MemoryNeed.ofRows(rows.cells(), d, options.intercept())
            : MemoryNeed.ofRows(rows.rows(), d);
    need.requireFits(Runtime.getRuntime().maxMemory());
    return Preprocessing.fit(rows, model.classWeights(), options, preparation);
  }

  private static Settings searching(ModelSettings model, Settings limits) {
    return limits.withTolerance(model.gateSource().search().tolerance());
  }

  /**
   * The program over the patterns that a grid of lambdas asks for, gathered where this is called;
   * this one where gates are not adaptive.
   *
   * @param lambdas largest first, in the solver's units
   * @param limits of each solve
   */
  public Program gathered(double[] lambdas, Settings limits) {
    if (!adapts()) {
      return this;
    }
    Problem problem = convex.problem();
    Gathered found =
        AdaptivePatterns.gathering(model, searching(model, limits), problem, gates.vectors())
            .gather(lambdas, PatternClimb.search(problem), point -> {});
    return with(found);
  }

  /**
   * What a last search of all patterns finds at each point of this program, searched where this is
   * called; null unless gates are adaptive.
   *
   * @param round how often patterns were gathered further
   */
  public List<LastSearch.Found> searched(List<PathPoint> points, int round) {
    if (!adapts()) {
      return null;
    }
    LastSearch search = LastSearch.of(this, round);
    return IntStream.range(0, points.size())
        .mapToObj(k -> search.at(k, points.get(k).solution()))
        .toList();
  }

  /**
   * The program over more patterns, gathered where this is called from where last searches have
   * found violators.
   *
   * @param points of this program
   * @param found at each of them
   * @param limits of each solve
   */
  public Program further(List<PathPoint> points, List<LastSearch.Found> found, Settings limits) {
    Problem problem = convex.problem();
    Gathered more =
        AdaptivePatterns.gathering(model, searching(model, limits), problem, patternGates())
            .further(points, LastSearch.Found.violators(found), PatternClimb.search(problem));
    return with(more.after(gathered));
  }

  /** This program over the patterns that were gathered for it, solved here. */
  private Program with(Gathered found) {
    ConvexProgram own = over(found.gates());
    double lambdaMax = new Pricer(own).maxNorm(convex.problem().zeroResidual());
    return with(found, own, Math.max(summary.lambdaMax(), lambdaMax), summary.warnings());
  }

  /** Refuses patterns without any active row. */
  static ConvexProgram convex(Problem problem, Patterns patterns) {
    if (patterns.count() == 0) {
      throw new BadInputException("--gates: no row is active in any pattern, expected more gates");
    }
    return new ConvexProgram(problem, patterns);
  }

  /** The program of these rows over the patterns of other gates. */
  ConvexProgram over(Matrix others) {
    return new ConvexProgram(convex.problem(), Patterns.of(convex.problem().sides(), others));
  }

  /**
   * This program over the patterns that were gathered for it.
   *
   * @param own the program over them
   * @param lambdaMax of these patterns, in the solver's units
   */
  Program with(Gathered gathered, ConvexProgram own, double lambdaMax, List<String> warnings) {
    GateSet found = gates.with(gathered.gates());
    Program all = of(model, rows, preprocessing, found, own, lambdaMax, warnings);
    return new Program(model, rows, preprocessing, found, own, all.summary, gathered);
  }

  /** What to be aware of in the results of a program of these rows. */
  static List<String> warnings(ModelSettings model, Observations rows, double lambdaMax) {
    List<String> warnings = new ArrayList<>(thinCones(model, rows.rows()));
    warnings.addAll(ColumnNotes.keys(rows));
    if (model.preprocessing().standardize()) {
      Moments moments = Moments.of(rows);
      warnings.addAll(moments.constantsButForRounding(rows.inputs()));
    }
    if (lambdaMax == 0) {
      warnings.add("lambda_max is 0: at every lambda the network is zero");
    }
    return warnings;
  }

  /** A warning where random gates have cones that hold next to nothing. */
  public static List<String> thinCones(ModelSettings model, int n) {
    GateSource.Kind kind = model.gateSource().kind();
    boolean drawn = kind == GateSource.Kind.GAUSSIAN || kind == GateSource.Kind.SPARSE;
    return model.model() == Model.RELU && drawn && n >= THIN_CONES
        ? List.of(
            ("the cones of random gates on %s rows are hardly more than rays, so the optimum is that"
                    + " of these patterns and may be far above that of others; --model gated has no"
                    + " cones")
                .formatted(n))
        : List.of();
  }

  /**
   * The training rows with what they count for in the fit: their classes' weights multiplied in.
   */
  public Observations weighted() {
    return model.classWeights().weigh(rows);
  }

  /** For each lambda to be solved for a network to start from; empty for none. */
  public List<BlockWeights> starts() {
    return gathered.solutions();
  }

  /** Whether gates are found as the solve goes on. */
  public boolean adapts() {
    return model.gateSource().adapts();
  }

  /** What columns that are not numbers as they are were taken for, a note each. */
  public List<String> columnNotes() {
    return ColumnNotes.of(preprocessing.preparation(), rows);
  }

  /** The two values of the label, smaller first, or an empty array. */
  public double[] labels() {
    return preprocessing.labels();
  }

  /** What the solver's lambda and objective are divided by to be the user's: n for mean, else 1. */
  public double lossScale() {
    return summary.lossScale();
  }

  /**
   * The lambda that ratios are shares of: lambda_max, or 1 where that is 0 and every lambda has the
   * zero network.
   */
  public double referenceLambda() {
    return summary.referenceLambda();
  }

  /** For each pattern, in its row, a copy of a gate that induces it. */
  public Matrix patternGates() {
    Patterns patterns = convex.patterns();
    int[] gateIds = new int[patterns.count()];
    for (int b = 0; b < gateIds.length; b++) {
      gateIds[b] = patterns.gateId(b);
    }
    return gates.vectors().selectRows(gateIds);
  }

  /** Refuses an analysis of optimal networks that memory cannot hold. */
  public void requireAnalysisFits() {
    Problem problem = convex.problem();
    MemoryNeed.ofAnalysis(problem.n(), problem.d(), gates.vectors().rows(), model.model())
        .requireFits(Runtime.getRuntime().maxMemory());
  }

  /** Whether the label's mean was taken off. */
  public boolean centred() {
    Boolean asked = model.preprocessing().centerLabel();
    return asked == null ? !preprocessing.twoValued() : asked;
  }

  /** Labelled rows to measure networks on; null without rows. */
  public EvaluationRows measured(Observations labelled) {
    return labelled == null ? null : new EvaluationRows(labelled, preprocessing);
  }

  /** How a network does on labelled rows; null without rows. */
  public Metrics measure(Network network, Observations labelled) {
    return labelled == null
        ? null
        : Metrics.of(ForwardPass.of(network, labelled.cells()), labelled, labels());
  }
}
