package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.core.solve.rows.gated.RowPathSolver;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.data.RowData;
import org.relupath.spark.engine.ExecutorRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.PricedBlocks;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * The gated program of rows that stay on executors: gates, distinct patterns, the solver of its
 * grid; and the way back from solutions to networks on raw features.
 */
final class GatedRowProgram implements RowProgram {
  /**
   * Rows of the driver's sample for each column: ten for a dimension of a hundred active blocks.
   */
  private static final int SAMPLED = 1000;

  /** Numbers of the driver's sample at most: 64 MB. */
  private static final int MOST_SAMPLED = 1 << 23;

  /** Orders of the driver's matrices, and how many of them there are, see {@link RowPathSolver}. */
  private static final double LARGEST = 8000;

  private static final int MATRICES = 3;

  private final Matrix gates;
  private final Broadcast<Matrix> sentGates;
  private final ExecutorRows rows;
  private final RowPathSolver solver;
  private final ProgramSummary summary;

  private GatedRowProgram(
      Matrix gates,
      Broadcast<Matrix> sentGates,
      ExecutorRows rows,
      RowPathSolver solver,
      ProgramSummary summary) {
    this.gates = gates;
    this.sentGates = sentGates;
    this.rows = rows;
    this.solver = solver;
    this.summary = summary;
  }

  /** Draws gates, reads their bits on executors, and makes the first pass over the rows. */
  static GatedRowProgram prepare(
      JavaSparkContext spark, RowData data, RunSettings settings, ProgressListener listener) {
    Matrix drawn =
        Gates.listed(
            settings.model(), data.preprocessing().dimension(), spark.hadoopConfiguration());
    listener.note("engine rows: as asked for");
    listener.step("reading the patterns of " + drawn.rows() + " gates");
    Broadcast<Matrix> sent = spark.broadcast(drawn);
    ExecutorRows kept = null;
    try {
      ExecutorRows.Distinct distinct = keep(spark, data, sent);
      kept = distinct.rows();
      if (distinct.gateIds().length == 0) {
        throw new BadInputException(
            "--gates: no row is active in any pattern, expected more gates");
      }
      listener.step("the pass at zero");
      return of(data, settings, sent, distinct, listener);
    } catch (RuntimeException e) {
      if (kept != null) {
        kept.close();
      }
      sent.destroy();
      throw e;
    }
  }

  /** Rows with the bits of all gates on executors. */
  private static ExecutorRows.Distinct keep(
      JavaSparkContext spark, RowData data, Broadcast<Matrix> sent) {
    Preprocessing preprocessing = data.preprocessing();
    ExecutorRows.Shape shape =
        new ExecutorRows.Shape(
            data.train().rows(),
            data.train().count(),
            RowBlock.ROWS,
            preprocessing.dimension(),
            sent.value().rows(),
            preprocessing.center());
    JavaRDD<RowBlock> blocks =
        data.train()
            .blocks()
            .map(
                raw ->
                    RowBlock.of(
                        raw.first(),
                        preprocessing.design(raw.features()),
                        preprocessing.targets(raw.targets()),
                        sent.value()));
    return ExecutorRows.keep(spark, blocks, shape);
  }

  private static GatedRowProgram of(
      RowData data,
      RunSettings settings,
      Broadcast<Matrix> sent,
      ExecutorRows.Distinct distinct,
      ProgressListener listener) {
    Preprocessing preprocessing = data.preprocessing();
    int d = preprocessing.dimension();
    Matrix drawn = sent.value();
    long n = data.train().rows();
    int sampled = Math.max(1, Math.min(SAMPLED * d, MOST_SAMPLED / d));
    RowPathSolver solver =
        new RowPathSolver(
            distinct.rows(), settings.solver().limits(), sampled, settings.model().seed());
    List<String> warnings = new ArrayList<>(data.warnings());
    warnings.addAll(warnings(d, distinct.gateIds().length, solver.lambdaMax()));
    warnings.forEach(listener::warn);
    ProgramSummary summary =
        new ProgramSummary(
            n,
            d,
            drawn.rows(),
            distinct.gateIds().length,
            solver.lambdaMax(),
            settings.model().lossScaling().scale(n),
            preprocessing.labels(),
            warnings);
    return new GatedRowProgram(
        drawn.selectRows(distinct.gateIds()), sent, distinct.rows(), solver, summary);
  }

  private static List<String> warnings(int d, int patterns, double lambdaMax) {
    List<String> warnings = new ArrayList<>();
    if (lambdaMax == 0) {
      warnings.add("lambda_max is 0: at every lambda the network is zero");
    }
    int points = 1 + RowPathSolver.keptPoints(patterns, d);
    memory(Model.GATED, "a sample of %d columns and %d gates", d, patterns, points)
        .ifPresent(warnings::add);
    return warnings;
  }

  /**
   * A warning where the driver's matrices of a ReLU program may be more than its memory.
   *
   * @param size what to say of the program, with the number of columns and of patterns
   * @param vectors that each pattern has beside them
   */
  static Optional<String> memory(String size, int columns, int patterns, int vectors) {
    return memory(Model.RELU, size, columns, patterns, vectors);
  }

  private static Optional<String> memory(
      Model model, String size, int columns, int patterns, int vectors) {
    double order = Math.min(LARGEST, (double) model.signs() * patterns * columns);
    double own = 8.0 * vectors * columns * patterns;
    return new MemoryNeed(
            String.format(Locale.ROOT, size, columns, patterns),
            0,
            8 * MATRICES * order * order + own)
        .warning(Runtime.getRuntime().maxMemory());
  }

  @Override
  public ProgramSummary summary() {
    return summary;
  }

  @Override
  public int passes() {
    return solver.passes();
  }

  @Override
  public double passSeconds() {
    return rows.passSeconds();
  }

  @Override
  public List<RowSolution> solve(double[] lambdas, ProgressListener listener) {
    listener.step("solving a model of the rows for " + lambdas.length + " lambdas");
    return solver.solve(
        lambdas,
        done ->
            listener.step(
                String.format(
                    Locale.ROOT,
                    "pass %d: %d of %d lambdas certified, largest gap %.1e, %d gates in the model",
                    done.passes(),
                    done.certified(),
                    lambdas.length,
                    done.largestGap(),
                    done.workingSet())));
  }

  @Override
  public Neurons neurons(BlockWeights weights) {
    return Neurons.of(weights, Model.GATED, gates);
  }

  @Override
  public PricedBlocks blocks(RowSolution found) {
    double[] norms = Arrays.stream(found.norms()).map(norm -> norm / summary.lossScale()).toArray();
    return new PricedBlocks(gates, 1, PricedBlocks.active(found.solution().weights()), norms, -1);
  }

  @Override
  public List<SearchEvidence> searched() {
    return List.of();
  }

  @Override
  public int searchRank() {
    return 0;
  }

  @Override
  public String criterion() {
    return "relativeGap over all " + summary.distinctPatterns() + " patterns drawn or read";
  }

  @Override
  public void close() {
    rows.close();
    sentGates.destroy();
  }
}
