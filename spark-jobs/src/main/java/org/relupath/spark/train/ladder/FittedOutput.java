package org.relupath.spark.train.ladder;

import java.util.List;
import java.util.Optional;
import org.relupath.core.network.Network;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * One output of a fit.
 *
 * @param name of the class; empty where there is one output
 * @param rungs above its lambda, largest first
 * @param own its certified network
 * @param network that, with probabilities where they were asked for
 * @param summary size, units and warnings of its program
 * @param program for analyses; empty where rows are on executors
 */
public record FittedOutput(
    String name,
    List<Rung> rungs,
    TrainedNetwork own,
    Network network,
    ProgramSummary summary,
    Optional<Program> program) {
  /** Copies the list. */
  public FittedOutput {
    rungs = List.copyOf(rungs);
  }
}
