package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.core.solve.rows.relu.ReluRowSolver;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.RowData;
import org.relupath.spark.engine.ExecutorRows;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.PricedBlocks;
import org.relupath.spark.train.program.ProgramSummary;

/** C-ReLU over rows that stay on executors, with patterns that are found there or read. */
final class ReluRowProgram implements RowProgram {
  /** Rows of its cone that a pattern has at first for each column, in three copies. */
  private static final int NORMALS = 12;

  private final RunSettings settings;
  private final RowData data;
  private final ExecutorRows rows;
  private final ReluRowSolver solver;
  private final int drawn;
  private ProgramSummary summary;
  private List<SearchEvidence> searched = List.of();

  private ReluRowProgram(
      RunSettings settings,
      RowData data,
      ExecutorRows rows,
      ReluRowSolver solver,
      int drawn,
      double lambdaMax,
      List<String> warnings) {
    this.settings = settings;
    this.data = data;
    this.rows = rows;
    this.solver = solver;
    this.drawn = drawn;
    this.summary = summary(lambdaMax, warnings);
  }

  /** Keeps the rows on executors and makes the first patterns known. */
  static ReluRowProgram prepare(
      JavaSparkContext spark, RowData data, RunSettings settings, ProgressListener listener) {
    int d = data.preprocessing().dimension();
    Matrix gates =
        settings.model().gateSource().adapts()
            ? null
            : Gates.listed(settings.model(), d, spark.hadoopConfiguration());
    listener.note("engine rows: as asked for");
    ExecutorRows rows = RowProgram.keep(spark, data, 0, () -> Matrix.zeros(0, d)).rows();
    try {
      return of(data, settings, rows, gates, listener);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /**
   * The program over rows that are kept.
   *
   * @param gates of its patterns, or null where they are to be found
   */
  private static ReluRowProgram of(
      RowData data,
      RunSettings settings,
      ExecutorRows rows,
      Matrix gates,
      ProgressListener listener) {
    Preprocessing preprocessing = data.preprocessing();
    int d = preprocessing.dimension();
    int drawn = gates == null ? settings.model().gates() : gates.rows();
    ReluRowSolver solver = solver(rows, settings, gates, preprocessing.center(), listener);
    if (gates != null && solver.gates().rows() == 0) {
      throw RowProgram.noPattern();
    }
    double lambdaMax = solver.lambdaMax();
    List<String> warnings = RowProgram.warnings(data, lambdaMax);
    if (solver.limited()) {
      warnings.add(
          "a limit was hit before the first lambda (--max-iterations, --time-limit):"
              + " lambda_max may be an upper bound");
    }
    String size = "rows of %d columns and %d patterns";
    RowProgram.memory(Model.RELU, size, d, drawn, NORMALS * d).ifPresent(warnings::add);
    warnings.forEach(listener::warn);
    return new ReluRowProgram(settings, data, rows, solver, drawn, lambdaMax, warnings);
  }

  private static ReluRowSolver solver(
      ExecutorRows rows,
      RunSettings settings,
      Matrix gates,
      double center,
      ProgressListener listener) {
    ModelSettings model = settings.model();
    Settings limits = settings.solver().limits();
    if (gates != null) {
      listener.step("reading the patterns of " + gates.rows() + " gates");
      return ReluRowSolver.of(rows, center, limits, gates);
    }
    listener.step("searching the first patterns");
    GateSource.Search search = model.gateSource().search();
    return ReluRowSolver.searching(
        rows,
        center,
        limits,
        new ReluRowSolver.Search(search.starts(), search.tolerance(), model.gates(), model.seed()));
  }

  private ProgramSummary summary(double lambdaMax, List<String> warnings) {
    long n = data.train().rows();
    int patterns = solver.gates().rows();
    return new ProgramSummary(
        n,
        n,
        data.preprocessing().dimension(),
        settings.model().gateSource().adapts() ? patterns : drawn,
        patterns,
        lambdaMax,
        settings.model().lossScaling().scale(n),
        data.preprocessing().labels(),
        warnings);
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
  public ExecutorRows rows() {
    return rows;
  }

  @Override
  public List<RowSolution> solve(double[] lambdas, ProgressListener listener) {
    double unit = summary.lossScale();
    List<ReluRowSolver.SearchedSolution> found =
        solver.solve(lambdas, done -> listener.step(text(done, lambdas.length, unit)));
    if (settings.model().gateSource().adapts()) {
      searched =
          new ArrayList<>(found.stream().map(ReluRowSolver.SearchedSolution::searched).toList());
    }
    List<String> warnings = new ArrayList<>(summary.warnings());
    shortcomings()
        .forEach(
            warning -> {
              listener.warn(warning);
              warnings.add(warning);
            });
    summary = summary(summary.lambdaMax(), warnings);
    return found.stream().map(ReluRowSolver.SearchedSolution::solution).toList();
  }

  /** What searches have left open. */
  private List<String> shortcomings() {
    List<String> warnings = new ArrayList<>();
    ModelSettings model = settings.model();
    if (!searched.isEmpty() && solver.gates().rows() >= model.gates()) {
      warnings.add(
          "the search for patterns stopped at its limit of " + model.gates() + " (--gates)");
    }
    double tolerance = model.gateSource().search().tolerance();
    SearchResult.open(SearchResult.gaps(searched), tolerance).ifPresent(warnings::add);
    return warnings;
  }

  private static String text(ReluRowSolver.Progress done, int lambdas, double unit) {
    return Double.isNaN(done.lambda())
        ? String.format(
            Locale.ROOT,
            "pass %d: %d of %d lambdas certified over %d patterns, largest gap %.1e",
            done.passes(),
            done.certified(),
            lambdas,
            done.patterns(),
            done.gap())
        : String.format(
            Locale.ROOT,
            "pass %d: lambda %.6g, %d patterns, others found would leave a gap of %.1e",
            done.passes(),
            done.lambda() / unit,
            done.patterns(),
            done.gap());
  }

  @Override
  public List<SearchEvidence> searched() {
    return searched;
  }

  @Override
  public int searchRank() {
    return solver.searchRank();
  }

  @Override
  public String criterion() {
    return String.format(
        Locale.ROOT,
        "relativeGap over the %d patterns %s; lowerBound is over all patterns",
        summary.distinctPatterns(),
        settings.model().gateSource().adapts() ? "found" : "given");
  }

  @Override
  public Neurons neurons(BlockWeights weights) {
    return Neurons.of(weights, Model.RELU, Matrix.zeros(0, 0));
  }

  /** Norms are upper bounds: rows of cones that do not matter are not known here. */
  @Override
  public PricedBlocks blocks(RowSolution found) {
    Map<Integer, double[]> active = PricedBlocks.active(found.solution().weights());
    return new PricedBlocks(solver.gates(), 2, active, norms(found), Double.POSITIVE_INFINITY);
  }

  @Override
  public void close() {
    rows.close();
  }
}
