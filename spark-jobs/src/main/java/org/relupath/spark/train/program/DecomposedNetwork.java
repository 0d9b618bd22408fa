package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.core.solve.decomposition.BlockSplit;
import org.relupath.core.solve.decomposition.Decomposition;

/**
 * A ReLU network made by cone decomposition, and where it came from.
 *
 * @param gated the solution of C-GReLU
 * @param made its decomposition, with a certificate for C-ReLU
 */
public record DecomposedNetwork(Solution gated, Decomposition made) {

  /**
   * What the gated network was worth, in the units of the loss scaling, and whether its fit was
   * kept.
   *
   * @param exact whether every block has an exact decomposition
   * @param fitError how far the fits are apart
   */
  public record Origin(
      double gatedObjective,
      double gatedRelativeGap,
      Status gatedStatus,
      int gatedBlocks,
      boolean exact,
      double fitError) {}

  /** Where the network came from. */
  public Origin origin(Program program) {
    return new Origin(
        gated.certificate().objective() / program.lossScale(),
        gated.certificate().relativeGap(),
        gated.status(),
        gated.weights().compact().size(),
        made.exact(),
        made.fitError());
  }

  /** What to be aware of in the decomposed network. */
  public List<String> warnings(Program program) {
    List<String> warnings = new ArrayList<>();
    if (!made.exact()) {
      warnings.add(
          "%s of %s blocks have no exact decomposition: the fit differs from the gated network's by %s"
              .formatted(
                  made.splits().size() - made.count(BlockSplit.Outcome.EXACT),
                  made.splits().size(),
                  made.fitError()));
    }
    double zero = program.convex().problem().zeroObjective();
    double objective = made.solution().certificate().objective();
    // Thin cones make the two parts of a split far larger than the block that they split.
    if (objective > zero) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the decomposed network's objective %.6g is above the zero network's %.6g: its fit"
                  + " was kept at the price of large weights",
              objective / program.lossScale(),
              zero / program.lossScale()));
    }
    return warnings;
  }
}
