package org.relupath.core.path.piece;

import java.util.Optional;

/**
 * A smooth piece of the path: the solution of the optimality conditions N_b'Z_b'u = lambda w_b /
 * ||w_b|| of fixed neurons with fixed tight rows, as a function of lambda
 * (core/docs/mathematics.md#path).
 *
 * <p>It goes on beyond the lambdas where it is the optimum of the program: norms may turn negative,
 * rows be violated, other blocks exceed lambda. Where that begins is for the caller to find.
 *
 * <p>Points are found by Newton's method with the factorisation at the piece's base, renewed where
 * it converges slowly, until rounding ends the progress: a relative error near 1e-15.
 */
public final class Piece {
  /** Errors above this are not solutions. */
  static final double ACCEPTED = 1e-10;

  private static final double ROUNDING = 2e-15;

  /** A step that leaves more than this part of the error asks for a new factorisation. */
  private static final double SLOW = 0.2;

  private static final int STEPS = 40;
  private static final int FACTORISATIONS = 8;

  private final PiecePoint base;
  private final Linearization linearization;
  private final Linearization.Step tangent;

  private Piece(PiecePoint base, Linearization linearization) {
    this.base = base;
    this.linearization = linearization;
    this.tangent = linearization.alongLambda();
  }

  /**
   * The piece through the solution near a point at the point's lambda, empty where Newton's method
   * does not find one or the neurons' fits are linearly dependent.
   */
  public static Optional<Piece> near(PiecePoint start) {
    return near(start, Linearization.at(start));
  }

  /**
   * The piece through the solution near a point, empty where Newton's method finds none.
   *
   * @param first the linearised conditions at the start, or near it
   */
  public static Optional<Piece> near(PiecePoint start, Linearization first) {
    return newton(start, first).map(found -> new Piece(found.point(), found.linearization()));
  }

  /**
   * The piece through the solution near a point, with the factorisation at that very solution: for
   * derivatives. Empty where there is none or the neurons' fits are dependent.
   */
  public static Optional<Piece> exactlyAt(PiecePoint start) {
    return near(start)
        .map(piece -> new Piece(piece.base, Linearization.at(piece.base)))
        .filter(piece -> piece.linearization.independence() > 0);
  }

  /** Where the piece was set up. */
  public PiecePoint base() {
    return base;
  }

  /** The linearised conditions at the base, or very near. */
  public Linearization linearization() {
    return linearization;
  }

  /** The derivative of the base with respect to lambda. */
  public Linearization.Step tangent() {
    return tangent;
  }

  /** The piece at another lambda, empty where Newton's method does not get there. */
  public Optional<PiecePoint> at(double lambda) {
    if (base.size() == 0) {
      return Optional.of(base.moved(lambda, 0, tangent));
    }
    PiecePoint predicted = base.moved(lambda, lambda - base.lambda(), tangent);
    return newton(predicted, linearization).map(Solved::point);
  }

  private record Solved(PiecePoint point, Linearization linearization) {}

  private static Optional<Solved> newton(PiecePoint start, Linearization first) {
    PiecePoint best = start;
    Linearization current = first;
    int factorisations = 1;
    boolean fresh = false;
    for (int step = 0; step < STEPS && best.error() > ROUNDING; step++) {
      if (current.independence() == 0) {
        return Optional.empty();
      }
      PiecePoint next = best.moved(best.lambda(), 1, current.newton(best.errors()));
      boolean better = next.error() < best.error();
      boolean slow = !(next.error() < SLOW * best.error());
      if (better) {
        best = next;
      }
      if (slow && (fresh || best.error() <= ACCEPTED * 1e-3) && !better) {
        break;
      }
      fresh = false;
      if (slow && best.error() > ACCEPTED * 1e-3 && factorisations < FACTORISATIONS) {
        current = Linearization.at(best);
        factorisations++;
        fresh = true;
      }
    }
    boolean found = best.error() <= ACCEPTED && current.independence() > 0;
    return found ? Optional.of(new Solved(best, current)) : Optional.empty();
  }
}
