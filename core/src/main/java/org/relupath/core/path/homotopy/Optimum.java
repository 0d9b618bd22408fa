package org.relupath.core.path.homotopy;

import org.relupath.core.path.piece.Piece;
import org.relupath.core.path.piece.PiecePoint;

/**
 * A point that satisfies the optimality conditions to rounding, and the piece through it.
 *
 * @param piece the piece, with this point as its base
 * @param margins the margins there, none below {@link #TOLERANCE}
 */
record Optimum(Piece piece, Margins margins) {
  /** Margins above minus this are zero or positive up to rounding. */
  static final double TOLERANCE = 1e-11;

  double lambda() {
    return piece.base().lambda();
  }

  PiecePoint point() {
    return piece.base();
  }
}
