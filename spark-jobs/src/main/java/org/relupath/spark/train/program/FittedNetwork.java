package org.relupath.spark.train.program;

import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkObjective;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.spark.data.Metrics;

/**
 * A solution as the network that is written: its weights folded into raw columns and rounded, and
 * what that network's own forward pass over the raw training rows makes of them.
 *
 * @param network as network.json has it
 * @param solution what was certified, in the columns of the solver
 * @param objective of the network, its loss a sum
 * @param train how it does on the training rows
 */
public record FittedNetwork(
    Network network, Solution solution, NetworkObjective objective, Metrics train) {
  /** How far, relatively, a network may be from what was certified and still be it. */
  static final double SAME = 1e-9;

  /** What two orders of one sum may be apart, relatively. */
  private static final double ROUNDING = 1e-13;

  /** The objective that the solver certified, in its own columns. */
  public double certified() {
    return solution.certificate().objective();
  }

  /** |objective - certified| / certified. */
  public double difference() {
    double apart = Math.abs(objective.value() - certified());
    return apart == 0 ? 0 : apart / certified();
  }

  /** Whether the network written is the one certified, to nine digits of its objective. */
  boolean exact() {
    return difference() <= SAME;
  }

  /** How the network ended up, where its solve ended so: inexact if it is not what was solved. */
  public Status status(Status solved) {
    return exact() ? solved : Status.INEXACT;
  }

  /** The relative gap of its objective to a lower bound, 0 where only rounding is between them. */
  public double gap(double bound) {
    double upper = exact() ? objective.value() : Math.max(objective.value(), certified());
    return upper == 0 ? 0 : Math.max(0, (upper - bound) / upper);
  }

  /** The relative gap to the bound that the solve proved; its own where only sums round apart. */
  public double relativeGap() {
    return difference() <= ROUNDING
        ? solution.certificate().relativeGap()
        : gap(solution.certificate().dualObjective());
  }
}
