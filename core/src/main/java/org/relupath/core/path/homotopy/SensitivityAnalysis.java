package org.relupath.core.path.homotopy;

import java.util.Optional;
import org.relupath.core.path.piece.Linearization;
import org.relupath.core.path.piece.Optimality;
import org.relupath.core.path.piece.Piece;
import org.relupath.core.path.piece.PiecePoint;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Solver;

/**
 * Derivatives of optima with respect to lambda and y, given only where the conditions for them hold
 * (core/docs/mathematics.md#path). Not thread-safe.
 */
public final class SensitivityAnalysis {
  /** One-sided values are looked for this far from lambda, relatively. */
  private static final double ASIDE = 1e-5;

  /** Events at most between the two sides of a lambda. */
  private static final int CHANGES = 20;

  private final Optimality optimality;
  private final ActiveSet active;
  private final Solver solver;

  /** An analysis of optima of one program. */
  public SensitivityAnalysis(ConvexProgram program) {
    this.optimality = new Optimality(program);
    this.active = new ActiveSet(optimality);
    this.solver = new Solver(program.problem(), new Pricer(program));
  }

  /**
   * What is known about one optimum. Where all conditions hold there is a derivative; where one
   * fails there is none, but there may be those from above and below.
   *
   * @param conditions with the figures; empty where no optimum was found near the weights, as where
   *     the neurons' fits are dependent
   * @param weights the optimum to rounding, on the first block of every neuron; those given where
   *     no better ones were found
   * @param derivative where all conditions hold
   * @param above where one fails: the derivatives as lambda comes from above
   * @param below where one fails: the derivatives as lambda comes from below
   * @param reason why there is no derivative; empty where there is one
   */
  public record Outcome(
      Optional<Conditions> conditions,
      BlockWeights weights,
      Optional<Sensitivity> derivative,
      Optional<Sensitivity> above,
      Optional<Sensitivity> below,
      String reason) {}

  /**
   * Analyses a solution.
   *
   * @param lambda the regularization, > 0
   * @param solution weights near the optimum, of a gap of 1e-10 or better
   */
  public Outcome at(double lambda, BlockWeights solution) {
    try {
      return near(lambda, solution);
    } catch (ArithmeticException beyondRounding) {
      return none(solution, beyondRounding.getMessage());
    }
  }

  private Outcome near(double lambda, BlockWeights solution) {
    PiecePoint start = active.point(lambda, solution);
    double independence = Linearization.at(start).independence();
    Optional<Optimum> optimum =
        independence > Conditions.LIMIT ? active.settle(start, null) : Optional.empty();
    if (optimum.isEmpty()) {
      String reason =
          independence > Conditions.LIMIT
              ? "no optimum was found near the solution"
              : "the fits of the neurons are dependent: distance " + independence;
      return none(solution, reason);
    }
    return outcome(optimum.get());
  }

  private static Outcome none(BlockWeights solution, String reason) {
    return new Outcome(
        Optional.empty(), solution, Optional.empty(), Optional.empty(), Optional.empty(), reason);
  }

  private Outcome outcome(Optimum optimum) {
    Optional<Piece> piece = Piece.exactlyAt(optimum.point());
    double independence = piece.map(p -> p.linearization().independence()).orElse(0.0);
    Conditions conditions = Conditions.of(optimum.margins(), independence);
    BlockWeights weights = optimum.point().weights();
    if (conditions.hold()) {
      return new Outcome(
          Optional.of(conditions),
          weights,
          piece.map(Sensitivity::new),
          Optional.empty(),
          Optional.empty(),
          "");
    }
    Optional<Optimum> higher = aside(optimum, (1 + ASIDE) * optimum.lambda());
    Optional<Optimum> lower =
        higher.flatMap(
            from ->
                new Follower(optimality, active, solver, CHANGES)
                    .follow(from, (1 - ASIDE) * optimum.lambda()));
    return new Outcome(
        Optional.of(conditions),
        weights,
        Optional.empty(),
        higher.flatMap(side -> oneSided(side, optimum.lambda())),
        lower.flatMap(side -> oneSided(side, optimum.lambda())),
        String.join("; ", conditions.failures()));
  }

  private Optional<Optimum> aside(Optimum optimum, double lambda) {
    Optional<Optimum> near =
        optimum.piece().at(lambda).flatMap(point -> active.settle(point, null));
    return near;
  }

  /** The derivatives at lambda of the piece through an optimum beside it. */
  private static Optional<Sensitivity> oneSided(Optimum side, double lambda) {
    return side.piece().at(lambda).flatMap(Piece::exactlyAt).map(Sensitivity::new);
  }
}
