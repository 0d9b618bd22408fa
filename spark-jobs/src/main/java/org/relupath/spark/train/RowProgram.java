package org.relupath.spark.train;

import java.util.List;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.PricedBlocks;
import org.relupath.spark.train.program.ProgramSummary;

/** A program over rows that stay on executors, its solver, and the way back to networks. */
interface RowProgram extends AutoCloseable {

  /** The program's size and units, as known so far: patterns may be found while it is solved. */
  ProgramSummary summary();

  /** Passes over all rows so far. */
  int passes();

  /** Wall seconds of those passes. */
  double passSeconds();

  /** Solves a decreasing grid of lambdas. */
  List<RowSolution> solve(double[] lambdas, ProgressListener listener);

  /**
   * What searches over all patterns have found at each lambda, null where a limit left no time for
   * one; empty where patterns are not searched for.
   */
  List<SearchEvidence> searched();

  /** The rank of X, as searches over all patterns have it; 0 where there are none. */
  int searchRank();

  /** What {@code optimal} means, apart from the tolerance. */
  String criterion();

  /** The network on the columns of X that a solution is. */
  Neurons neurons(BlockWeights weights);

  /** All blocks at a solution, priced. */
  PricedBlocks blocks(RowSolution found);

  @Override
  void close();
}
