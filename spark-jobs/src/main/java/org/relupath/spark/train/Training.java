package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Moments;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateStream;
import org.relupath.core.gates.ListedGates;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.Folding;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.network.NeuronForms;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.RayMerging;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.data.EvaluationRows;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.io.BadInputException;

/**
 * The convex program that settings and training rows make: X and y as the solver sees them, gates,
 * distinct patterns; and the way back from its solutions to networks on raw features.
 *
 * <p>The solver's loss is a sum. With {@code --loss-scaling mean} the user's lambda, objective and
 * all else in their units are the solver's divided by n: see {@link #lossScale()}.
 */
public final class Training {
  /** From this many rows on a random gate's cone, of inscribed radius about 0.4 d / n, is a ray. */
  private static final int THIN_CONES = 10_000;

  private static final double ONE_OBJECTIVE = 1e-11;

  private final ModelSettings settings;
  private final Observations rows;
  private final Preprocessing preprocessing;
  private final Matrix initial;
  private final Matrix gates;
  private final boolean enumerated;
  private final ConvexProgram program;
  private final double lambdaMax;
  private final List<String> warnings;

  private Training(
      ModelSettings settings,
      Observations rows,
      Preprocessing preprocessing,
      Matrix initial,
      Matrix gates,
      boolean enumerated,
      ConvexProgram program,
      double lambdaMax,
      List<String> warnings) {
    this.settings = settings;
    this.rows = rows;
    this.preprocessing = preprocessing;
    this.initial = initial;
    this.gates = gates;
    this.enumerated = enumerated;
    this.program = program;
    this.lambdaMax = lambdaMax;
    this.warnings = List.copyOf(warnings);
  }

  /** Fits the preprocessing, gets the gates and builds the program where the engine does that. */
  public static Training prepare(
      Observations rows, ModelSettings settings, Configuration hadoop, Solving solving) {
    Preprocessing preprocessing = Preprocessing.fit(rows, settings.preprocessing());
    Matrix x = preprocessing.design(rows.features());
    Matrix drawn = Gates.vectors(settings, x, hadoop, solving::cells);
    if (settings.gateSource().adapts()) {
      MemoryNeed.of(x.rows(), x.columns(), settings.gates(), settings.model())
          .requireFits(Runtime.getRuntime().maxMemory());
    }
    double[] y = preprocessing.targets(rows.targets());
    Matrix clear = Gates.offBorders(settings, preprocessing, rows.features(), x, drawn);
    Matrix gates = solving.initialGates(settings, new Problem(x, y, settings.model()), clear);
    boolean enumerated =
        settings.gateSource().kind() == GateSource.Kind.EXHAUSTIVE && solving.ungated() == 0;
    GateStream stream = clear.equals(drawn) ? Gates.stream(settings, gates) : ListedGates.of(gates);
    return prepare(rows, settings, preprocessing, gates, stream, enumerated, solving).from(drawn);
  }

  /** This program, where folds start from other gates, which know nothing of the labels. */
  private Training from(Matrix first) {
    return new Training(
        settings, rows, preprocessing, first, gates, enumerated, program, lambdaMax, warnings);
  }

  /** Fits the preprocessing and builds the program over gates that are there already. */
  public static Training prepare(
      Observations rows, ModelSettings settings, Matrix gates, Solving solving) {
    Preprocessing preprocessing = Preprocessing.fit(rows, settings.preprocessing());
    return prepare(rows, settings, preprocessing, gates, ListedGates.of(gates), false, solving);
  }

  private static Training prepare(
      Observations rows,
      ModelSettings settings,
      Preprocessing preprocessing,
      Matrix gates,
      GateStream stream,
      boolean enumerated,
      Solving solving) {
    solving.choose(rows.rows(), preprocessing.dimension(), gates.rows());
    MemoryNeed need =
        solving.need(rows.rows(), preprocessing.dimension(), gates.rows(), settings.model());
    long heap = Runtime.getRuntime().maxMemory();
    need.requireFits(heap);
    Matrix x = preprocessing.design(rows.features());
    Patterns patterns = solving.patterns(x, gates, stream);
    ConvexProgram program = program(x, preprocessing.targets(rows.targets()), patterns, settings);
    double lambdaMax = solving.lambdaMax(program);
    List<String> warnings = warnings(settings, rows, lambdaMax);
    warnings.addAll(exhausted(settings, enumerated, solving.ungated()));
    need.warning(heap).ifPresent(warnings::add);
    solving.warn(warnings);
    return new Training(
        settings, rows, preprocessing, gates, gates, enumerated, program, lambdaMax, warnings);
  }

  /** What exhaustive patterns are not. */
  private static List<String> exhausted(ModelSettings settings, boolean enumerated, int ungated) {
    if (ungated > 0) {
      return List.of(
          ungated
              + " patterns of X are left out, as no gate vector of doubles has them: some columns or"
              + " rows are dependent but for rounding");
    }
    return enumerated && settings.model() == Model.GATED
        ? List.of(
            "exhaustive patterns are those of open cells; gates on the borders of cells have others,"
                + " which lowerBound takes into account")
        : List.of();
  }

  private static boolean drawn(GateSource.Kind kind) {
    return kind == GateSource.Kind.GAUSSIAN || kind == GateSource.Kind.SPARSE;
  }

  private static List<String> warnings(
      ModelSettings settings, Observations rows, double lambdaMax) {
    List<String> warnings = new ArrayList<>(thinCones(settings, rows.rows()));
    if (settings.preprocessing().standardize()) {
      Moments moments = Moments.of(rows.features(), rows.targets());
      warnings.addAll(moments.constantsButForRounding(rows.inputs()));
    }
    if (lambdaMax == 0) {
      warnings.add("lambda_max is 0: at every lambda the network is zero");
    }
    return warnings;
  }

  /** A warning where random gates have cones that hold next to nothing. */
  public static List<String> thinCones(ModelSettings settings, int n) {
    boolean thin =
        settings.model() == Model.RELU && drawn(settings.gateSource().kind()) && n >= THIN_CONES;
    return thin
        ? List.of(
            "the cones of random gates on "
                + n
                + " rows are hardly more than rays, so the optimum is that of these patterns and"
                + " may be far above that of others; --model gated has no cones")
        : List.of();
  }

  /**
   * The program of other rows of the same task, such as those of a fold, prepared from them alone:
   * what they share are the two labels, where there are two, gates that were drawn or read, and the
   * lambda_max that ratios are shares of.
   */
  public Training on(Observations others, Solving solving) {
    Preprocessing own = Preprocessing.fit(others, settings.preprocessing(), labels());
    Matrix x = own.design(others.features());
    boolean enumerates = settings.gateSource().kind() == GateSource.Kind.EXHAUSTIVE;
    Matrix gates =
        enumerates
            ? Gates.enumerated(settings, x, solving::cells)
            : Gates.offBorders(settings, own, others.features(), x, initial);
    ConvexProgram program =
        program(x, own.targets(others.targets()), Patterns.of(x, gates), settings);
    return new Training(settings, others, own, initial, gates, false, program, lambdaMax, warnings);
  }

  /** The program of these rows over the patterns of other gates, with this lambda_max. */
  Training withGates(Matrix others) {
    return withGates(others, warnings);
  }

  private Training withGates(Matrix others, List<String> all) {
    return new Training(
        settings, rows, preprocessing, initial, others, false, over(others), lambdaMax, all);
  }

  private ConvexProgram over(Matrix others) {
    return new ConvexProgram(program.problem(), Patterns.of(program.problem().x(), others));
  }

  /**
   * The program of these rows over the patterns of other gates, with the engine settled for their
   * number, and with their lambda_max where it is above that of the first ones: from there on, and
   * nowhere below, the zero network is optimal.
   */
  Training withGates(Matrix others, Solving solving) {
    int n = program.problem().n();
    int d = program.problem().d();
    MemoryNeed.of(n, d, others.rows(), settings.model())
        .requireFits(Runtime.getRuntime().maxMemory());
    solving.choose(n, d, others.rows());
    List<String> all = new ArrayList<>(warnings);
    if (others.rows() >= settings.gates()) {
      all.add(
          "the search for patterns reached the limit of "
              + settings.gates()
              + " patterns (--gates)");
      solving.warn(all.subList(warnings.size(), all.size()));
    }
    ConvexProgram own = over(others);
    double top = Math.max(lambdaMax, solving.lambdaMax(own));
    return new Training(settings, rows, preprocessing, initial, others, false, own, top, all);
  }

  /** Whether gates are found as the solve goes on. */
  public boolean adapts() {
    return settings.gateSource().adapts();
  }

  /** Which program this is. */
  public ModelSettings model() {
    return settings;
  }

  /**
   * The program of some rows of a data set, with its labels and their own lambda_max, built where
   * this is called: on an executor, too.
   *
   * @param rows what to fit on
   * @param all the data set
   * @param settings with gates that are drawn
   */
  public static Training ofPart(Observations rows, Observations all, ModelSettings settings) {
    Preprocessing.Options options = settings.preprocessing();
    double[] task = options.mapLabels() ? Preprocessing.twoValues(all.targets()) : new double[0];
    Preprocessing own = Preprocessing.fit(rows, options, task);
    Matrix drawn = Gates.drawn(settings, own.dimension());
    Matrix x = own.design(rows.features());
    Matrix gates = Gates.offBorders(settings, own, rows.features(), x, drawn);
    ConvexProgram program =
        program(x, own.targets(rows.targets()), Patterns.of(x, gates), settings);
    double lambdaMax = new Pricer(program).maxNorm(program.problem().y());
    return new Training(settings, rows, own, gates, gates, false, program, lambdaMax, List.of());
  }

  private static ConvexProgram program(
      Matrix x, double[] y, Patterns patterns, ModelSettings settings) {
    if (patterns.count() == 0) {
      throw new BadInputException("--gates: no row is active in any pattern, expected more gates");
    }
    return new ConvexProgram(new Problem(x, y, settings.model()), patterns);
  }

  /** The program over all distinct patterns. */
  public ConvexProgram program() {
    return program;
  }

  /** The gate vectors drawn or read, one a row; a pattern's is row {@code patterns().gateId(b)}. */
  public Matrix gates() {
    return gates;
  }

  /** Whether every cell of X has its gate, as they were enumerated on these very rows. */
  boolean enumerated() {
    return enumerated;
  }

  /** The program's size and units. */
  public ProgramSummary summary() {
    return new ProgramSummary(
        program.problem().n(),
        program.problem().d(),
        gates.rows(),
        program.patterns().count(),
        lambdaMax,
        lossScale(),
        labels(),
        warnings);
  }

  /** What to be aware of in the results. */
  public List<String> warnings() {
    return warnings;
  }

  /** The two values of the label, smaller first, or an empty array. */
  public double[] labels() {
    return preprocessing.labels();
  }

  /** What the solver's lambda and objective are divided by to be the user's: n for mean, else 1. */
  public double lossScale() {
    return settings.lossScaling() == ModelSettings.LossScaling.MEAN ? program.problem().n() : 1;
  }

  /** lambda_max of the pattern set, in the solver's units. */
  public double lambdaMax() {
    return lambdaMax;
  }

  /**
   * The lambda that ratios are shares of: lambda_max, or 1 where that is 0 and every lambda has the
   * zero network.
   */
  public double referenceLambda() {
    return summary().referenceLambda();
  }

  /**
   * The lambda that settings ask for, in the solver's units.
   *
   * @param defaultRatio share of lambda_max where neither lambda nor ratio is given
   */
  public double lambda(LambdaSettings lambda, double defaultRatio) {
    return summary().lambda(lambda, defaultRatio);
  }

  /**
   * The network on raw features that a solution is; blocks whose cones share a ray are one neuron,
   * where the objective stays what it is but for rounding.
   *
   * @param lambda of the solution, in the solver's units
   */
  public Network network(BlockWeights weights, double lambda) {
    Neurons own = Neurons.of(weights, settings.model(), patternGates());
    Neurons merged = NeuronForms.merged(own, RayMerging.TOLERANCE);
    boolean same = merged.width() == own.width() || sameObjective(own, merged, lambda);
    Neurons neurons = same ? merged : own;
    return Folding.fold(neurons, preprocessing, rows.inputs(), rows.features());
  }

  /** Whether two networks have one objective, to a part of it far below any tolerance. */
  private boolean sameObjective(Neurons a, Neurons b, double lambda) {
    Problem problem = program.problem();
    double before = a.objective(problem.x(), problem.y(), lambda);
    double after = b.objective(problem.x(), problem.y(), lambda);
    return Math.abs(after - before) <= ONE_OBJECTIVE * before;
  }

  /** For each pattern, in its row, a gate that induces it. */
  public Matrix patternGates() {
    Patterns patterns = program.patterns();
    int[] gateIds = new int[patterns.count()];
    for (int b = 0; b < gateIds.length; b++) {
      gateIds[b] = patterns.gateId(b);
    }
    return gates.selectRows(gateIds);
  }

  /** Refuses an analysis of optimal networks that memory cannot hold. */
  public void requireAnalysisFits() {
    MemoryNeed.ofAnalysis(
            program.problem().n(), program.problem().d(), gates.rows(), settings.model())
        .requireFits(Runtime.getRuntime().maxMemory());
  }

  /** Whether the label's mean was taken off. */
  public boolean centred() {
    Boolean asked = settings.preprocessing().centerLabel();
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
        : Metrics.of(ForwardPass.of(network, labelled.features()), labelled.targets(), labels());
  }
}
