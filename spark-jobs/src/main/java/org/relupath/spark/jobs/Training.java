package org.relupath.spark.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.Patterns;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Folding;
import org.relupath.core.network.Network;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Certifier;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.spark.engine.ExecutorPatterns;
import org.relupath.spark.io.BadInputException;

/**
 * The convex program that settings and training rows make: X and y as the solver sees them, gates,
 * distinct patterns; and the way back from its solutions to networks on raw features.
 *
 * <p>The solver's loss is a sum. With {@code --loss-scaling mean} the user's lambda, objective and
 * all else in their units are the solver's divided by n: see {@link #unit()}.
 */
public final class Training {
  /** From this many rows on a random gate's cone, of inscribed radius about 0.4 d / n, is a ray. */
  private static final int THIN_CONES = 10_000;

  private final ModelSettings settings;
  private final Observations rows;
  private final Preprocessing preprocessing;
  private final Matrix gates;
  private final ConvexProgram program;
  private final double lambdaMax;
  private final List<String> warnings;

  private Training(
      ModelSettings settings,
      Observations rows,
      Preprocessing preprocessing,
      Matrix gates,
      ConvexProgram program,
      double lambdaMax,
      List<String> warnings) {
    this.settings = settings;
    this.rows = rows;
    this.preprocessing = preprocessing;
    this.gates = gates;
    this.program = program;
    this.lambdaMax = lambdaMax;
    this.warnings = List.copyOf(warnings);
  }

  /** Fits the preprocessing, gets the gates and builds the program where the engine does that. */
  static Training prepare(
      Observations rows, ModelSettings settings, Configuration hadoop, Solving solving) {
    Preprocessing preprocessing = Preprocessing.fit(rows, settings.preprocessing());
    Matrix gates = Gates.vectors(settings, preprocessing.design(rows.features()), hadoop);
    return prepare(rows, settings, preprocessing, gates, Gates.stream(settings, gates), solving);
  }

  /** The same with gates that are there already: those of an earlier run. */
  static Training prepare(
      Observations rows, ModelSettings settings, Matrix gates, Solving solving) {
    Preprocessing preprocessing = Preprocessing.fit(rows, settings.preprocessing());
    return prepare(
        rows, settings, preprocessing, gates, number -> gates.row((int) number), solving);
  }

  private static Training prepare(
      Observations rows,
      ModelSettings settings,
      Preprocessing preprocessing,
      Matrix gates,
      ExecutorPatterns.GateStream stream,
      Solving solving) {
    MemoryNeed need =
        MemoryNeed.of(rows.rows(), preprocessing.dimension(), gates.rows(), settings.model());
    long heap = Runtime.getRuntime().maxMemory();
    need.requireFits(heap);
    solving.choose(rows.rows(), preprocessing.dimension(), gates.rows());
    Matrix x = preprocessing.design(rows.features());
    Patterns patterns = solving.patterns(x, gates, stream);
    ConvexProgram program = program(x, preprocessing.targets(rows.targets()), patterns, settings);
    double lambdaMax = solving.lambdaMax(program);
    List<String> warnings = warnings(settings, rows.rows(), lambdaMax);
    need.warning(heap).ifPresent(warnings::add);
    solving.warn(warnings);
    return new Training(settings, rows, preprocessing, gates, program, lambdaMax, warnings);
  }

  private static boolean drawn(GateSource.Kind kind) {
    return kind == GateSource.Kind.GAUSSIAN || kind == GateSource.Kind.SPARSE;
  }

  private static List<String> warnings(ModelSettings settings, int n, double lambdaMax) {
    List<String> warnings = new ArrayList<>();
    if (settings.model() == Model.RELU && drawn(settings.gateSource().kind()) && n >= THIN_CONES) {
      warnings.add(
          "the cones of random gates on "
              + n
              + " rows are hardly more than rays, so the optimum is that of these patterns and may be"
              + " far above that of others; --model gated has no cones");
    }
    if (lambdaMax == 0) {
      warnings.add("lambda_max is 0: at every lambda the network is zero");
    }
    return warnings;
  }

  /**
   * The same program on other rows, such as those of a fold: same labels, same gate vectors, and
   * the lambda_max of the whole.
   */
  public Training on(Observations others) {
    Preprocessing own = Preprocessing.fit(others, settings.preprocessing());
    // A fold may happen to hold one label only, or two of many.
    boolean sameLabels = own.twoValued() == preprocessing.twoValued();
    Preprocessing shared =
        new Preprocessing(
            own.mean(),
            own.scale(),
            own.intercept(),
            sameLabels ? own.center() : preprocessing.center(),
            preprocessing.labels());
    Matrix x = shared.design(others.features());
    double[] y = shared.targets(others.targets());
    ConvexProgram program = program(x, y, Patterns.of(x, gates), settings);
    return new Training(settings, others, shared, gates, program, lambdaMax, warnings);
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

  /** The program's size and units. */
  ProgramFigures figures() {
    return new ProgramFigures(
        program.problem().n(),
        program.problem().d(),
        gates.rows(),
        program.patterns().count(),
        lambdaMax,
        unit(),
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
  public double unit() {
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
  public double lambdaTop() {
    return figures().lambdaTop();
  }

  /**
   * The lambda that settings ask for, in the solver's units.
   *
   * @param defaultRatio share of lambda_max where neither lambda nor ratio is given
   */
  public double lambda(LambdaSettings lambda, double defaultRatio) {
    return figures().lambda(lambda, defaultRatio);
  }

  /** The network on raw features that a solution is. */
  public Network network(BlockWeights weights) {
    Neurons neurons = Neurons.of(weights, settings.model(), patternGates());
    return Folding.fold(neurons, preprocessing, rows.inputs(), rows.features());
  }

  /** The objective of a network, its loss a sum. */
  double objective(BlockWeights weights, double lambda) {
    double[] u = new Certifier(program.problem()).residual(weights);
    return 0.5 * Vectors.dot(u, u) + lambda * weights.normSum();
  }

  /** For each pattern, in its row, a gate that induces it. */
  Matrix patternGates() {
    Patterns patterns = program.patterns();
    int[] gateIds = new int[patterns.count()];
    for (int b = 0; b < gateIds.length; b++) {
      gateIds[b] = patterns.gateId(b);
    }
    return gates.selectRows(gateIds);
  }

  /** What an analysis of a solution needs. */
  LambdaAnalysis.Task analysis(RunSettings run) {
    return new LambdaAnalysis.Task(
        program, patternGates(), run.solver().limits(), centred(), run.model().seed());
  }

  /** Whether the label's mean was taken off. */
  boolean centred() {
    Boolean asked = settings.preprocessing().centerLabel();
    return asked == null ? !preprocessing.twoValued() : asked;
  }

  /** Labelled rows in the coordinates of the solver; null without rows. */
  MeasuredRows measured(Observations labelled) {
    return labelled == null
        ? null
        : new MeasuredRows(
            preprocessing.design(labelled.features()),
            preprocessing.targets(labelled.targets()),
            labelled.targets(),
            labels(),
            preprocessing.center());
  }

  /** How a network does on labelled rows; null without rows. */
  public Metrics measure(Network network, Observations labelled) {
    return labelled == null
        ? null
        : Metrics.of(network.predict(labelled.features()), labelled.targets(), labels());
  }
}
