package org.relupath.spark.train;

import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.core.solve.rows.gated.RowPathSolver;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.RowData;
import org.relupath.spark.engine.ExecutorRows;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.PricedBlocks;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * The gated program of rows that stay on executors.
 *
 * @param gates a gate of each distinct pattern, in its row
 * @param sentGates all gates that were drawn or read, as executors have them
 * @param rows with the bits of the gates
 * @param solver of its grid
 * @param summary its size and units
 */
record GatedRowProgram(
    Matrix gates,
    Broadcast<Matrix> sentGates,
    ExecutorRows rows,
    RowPathSolver solver,
    ProgramSummary summary)
    implements RowProgram {
  /**
   * Rows of the driver's sample for each column: ten for a dimension of a hundred active blocks.
   */
  private static final int SAMPLED = 1000;

  /** Numbers of the driver's sample at most: 64 MB. */
  private static final int MOST_SAMPLED = 1 << 23;

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
      ExecutorRows.Distinct distinct = RowProgram.keep(spark, data, drawn.rows(), sent::value);
      kept = distinct.rows();
      if (distinct.gateIds().length == 0) {
        throw RowProgram.noPattern();
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
    int patterns = distinct.gateIds().length;
    List<String> warnings = RowProgram.warnings(data, solver.lambdaMax());
    String size = "a sample of %d columns and %d gates";
    int points = 1 + RowPathSolver.keptPoints(patterns, d);
    RowProgram.memory(Model.GATED, size, d, patterns, points).ifPresent(warnings::add);
    warnings.forEach(listener::warn);
    ProgramSummary summary =
        new ProgramSummary(
            n,
            n,
            d,
            drawn.rows(),
            patterns,
            solver.lambdaMax(),
            settings.model().lossScaling().scale(n),
            preprocessing.labels(),
            warnings);
    return new GatedRowProgram(
        drawn.selectRows(distinct.gateIds()), sent, distinct.rows(), solver, summary);
  }

  @Override
  public int passes() {
    return solver.passes();
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
    return new PricedBlocks(
        gates, 1, PricedBlocks.active(found.solution().weights()), norms(found), -1);
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
