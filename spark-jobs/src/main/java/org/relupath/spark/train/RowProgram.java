package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function0;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.core.solve.rows.gated.RowPathSolver;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.data.RowData;
import org.relupath.spark.engine.ExecutorRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.PricedBlocks;
import org.relupath.spark.train.program.ProgramSummary;

/** A program over rows that stay on executors, its solver, and the way back to networks. */
interface RowProgram extends AutoCloseable {
  /** The largest order of the driver's matrices, and how many there are: {@link RowPathSolver}. */
  double LARGEST = 8000;

  int MATRICES = 3;

  /** The rows with the bits of their gates. */
  ExecutorRows rows();

  /** The program's size and units, as known so far: patterns may be found while it is solved. */
  ProgramSummary summary();

  /** Passes over all rows so far. */
  int passes();

  /** Solves a decreasing grid of lambdas. */
  List<RowSolution> solve(double[] lambdas, ProgressListener listener);

  /**
   * What searches over all patterns have found at each lambda, null where a limit left no time for
   * one; empty where patterns are not searched for.
   */
  default List<SearchEvidence> searched() {
    return List.of();
  }

  /** The rank of X, as searches over all patterns have it; 0 where there are none. */
  default int searchRank() {
    return 0;
  }

  /** What {@code optimal} means, apart from the tolerance. */
  String criterion();

  /** The network on the columns of X that a solution is. */
  Neurons neurons(BlockWeights weights);

  /** All blocks at a solution, priced. */
  PricedBlocks blocks(RowSolution found);

  /** ||v_b|| of all blocks at a solution, in the units of the loss scaling. */
  default double[] norms(RowSolution found) {
    return Arrays.stream(found.norms()).map(norm -> norm / summary().lossScale()).toArray();
  }

  @Override
  void close();

  /** Keeps the training rows on executors, with the bits of P gates that are at hand there. */
  static ExecutorRows.Distinct keep(
      JavaSparkContext spark, RowData data, int p, Function0<Matrix> gates) {
    Preprocessing fitted = data.preprocessing();
    ExecutorRows.Shape shape =
        new ExecutorRows.Shape(
            data.train().rows(),
            data.train().count(),
            RowBlock.ROWS,
            fitted.dimension(),
            p,
            fitted.center());
    JavaRDD<RowBlock> blocks =
        data.train()
            .blocks()
            .map(
                raw ->
                    RowBlock.of(
                        raw.first(),
                        fitted.design(raw.features()),
                        fitted.targets(raw.targets()),
                        gates.call()));
    return ExecutorRows.keep(spark, blocks, shape);
  }

  /** The refusal of gates that have no pattern with an active row. */
  static BadInputException noPattern() {
    return new BadInputException("--gates: no row is active in any pattern, expected more gates");
  }

  /** What to be aware of in the rows, and where every lambda has the zero network. */
  static List<String> warnings(RowData data, double lambdaMax) {
    List<String> warnings = new ArrayList<>(data.warnings());
    if (lambdaMax == 0) {
      warnings.add("lambda_max is 0: at every lambda the network is zero");
    }
    return warnings;
  }

  /**
   * A warning where the driver's matrices may be more than its memory.
   *
   * @param size what to say of the program, with the number of columns and of patterns
   * @param vectors that each pattern has beside them
   */
  static Optional<String> memory(Model model, String size, int columns, int patterns, int vectors) {
    double order = Math.min(LARGEST, (double) model.signs() * patterns * columns);
    double own = 8.0 * vectors * columns * patterns;
    return new MemoryNeed(
            String.format(Locale.ROOT, size, columns, patterns),
            0,
            8 * MATRICES * order * order + own)
        .warning(Runtime.getRuntime().maxMemory());
  }
}
