package org.relupath.spark.train.program;

import java.util.OptionalInt;
import org.relupath.core.network.Network;
import org.relupath.core.network.NeuronActivity;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.data.BaselineScores;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.Part;

/** What is made of the solutions of one program, wherever its rows are. */
public interface NetworkExporter {
  /** The program's size and units. */
  ProgramSummary program();

  /** Which model it is of. */
  ModelSettings model();

  /** All blocks of the program at a solution of it, priced. */
  PricedBlocks blocks(Solution solution);

  /** How a network does on a part of the rows; null where there is none. */
  Metrics measure(Part part, Network network);

  /**
   * Targets and predictions of a network on a part of the rows, or on some of them where they are
   * many; null where there is none.
   */
  Scores scores(Part part, Network network);

  /** What each neuron of a network does on the training rows; null where these are on executors. */
  NeuronActivity activity(Network network);

  /** What the simplest models predict for the rows; null where rows are on executors. */
  BaselineScores baselines();

  /** How many training rows {@link #scores} has drawn; empty where it takes them all. */
  OptionalInt drawn(Scores training);
}
