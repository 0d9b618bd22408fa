package org.relupath.core.path.homotopy;

import java.util.Map;
import java.util.Optional;
import org.relupath.core.path.piece.Optimality;
import org.relupath.core.path.piece.Piece;

/**
 * Where a piece ends: the first zero of a margin below a lambda, and a point just beyond it.
 *
 * @param good the last point known to be inside the piece
 * @param bad a point beyond its end, where some margin is negative; null if the piece could not be
 *     followed there
 * @param first the margin that reaches zero first; null with {@code bad}
 * @param lambda where it does; that of {@code good} where it is not known
 */
record EventBracket(Margins good, Margins bad, Margin first, double lambda) {

  /** Relative width to which the end is enclosed. */
  private static final double CLOSE = 1e-8;

  /** Relative width at which rounding ends the search. */
  private static final double SMALLEST = 1e-13;

  /** Points looked at: halving alone would take 43. */
  private static final int PROBES = 60;

  /**
   * A zero of the line through a margin's values at two points.
   *
   * @param lambda where the line is zero
   * @param level where it is clearly negative
   * @param margin which margin
   * @param value its value at the lower point
   * @param blind whether the value at the upper point is not known, only that it is not negative
   */
  private record Zero(double lambda, double level, Margin margin, double value, boolean blind) {}

  /**
   * Encloses the end of a piece.
   *
   * @param piece the piece
   * @param inside a point inside it
   * @param beyond a smaller lambda where it is not valid or cannot be computed
   * @param there the margins there, or null
   */
  static EventBracket between(
      Piece piece, Margins inside, double beyond, Margins there, Optimality optimality) {
    Margins good = inside;
    Margins bad = there;
    double low = beyond;
    for (int probe = 0; probe < PROBES; probe++) {
      double high = good.point().lambda();
      double width = high - low;
      if (width <= SMALLEST * high) {
        break;
      }
      double next = low + width / 2;
      if (bad != null) {
        Zero zero = firstZero(good, bad);
        boolean close = (zero.blind ? width : zero.lambda - low) <= CLOSE * high;
        if (close || (!zero.blind && zero.value >= -10 * Optimum.TOLERANCE)) {
          return new EventBracket(good, bad, zero.margin, Math.min(zero.lambda, high));
        }
        double aim = Math.min(zero.lambda - CLOSE / 2 * high, zero.level);
        boolean usable = !zero.blind && aim > low && aim < high;
        next = usable && probe % 4 != 3 ? aim : next;
      }
      Optional<Margins> probed = margins(piece, next, optimality);
      if (probed.isPresent() && probed.get().smallest() >= -Optimum.TOLERANCE) {
        good = probed.get();
      } else {
        low = next;
        bad = probed.orElse(null);
      }
    }
    if (bad == null) {
      return new EventBracket(good, null, null, good.point().lambda());
    }
    Zero zero = firstZero(good, bad);
    return new EventBracket(good, bad, zero.margin, Math.min(zero.lambda, good.point().lambda()));
  }

  /** The margins of a piece at a lambda, empty where Newton's method does not get there. */
  static Optional<Margins> margins(Piece piece, double lambda, Optimality optimality) {
    return piece.at(lambda).map(point -> Margins.at(point, optimality));
  }

  /** Of the margins that are negative at {@code bad}, the one whose line is zero first. */
  private static Zero firstZero(Margins good, Margins bad) {
    Zero[] first = new Zero[1];
    for (int b = 0; b < bad.point().size(); b++) {
      double[] after = bad.values(b);
      double[] before = good.values(b);
      for (int i = 0; i < after.length; i++) {
        if (after[i] < -Optimum.TOLERANCE) {
          keepFirst(first, good, bad, before[i], after[i], bad.decode(b, i));
        }
      }
    }
    for (Map.Entry<Integer, Double> rival : bad.rivals().entrySet()) {
      if (rival.getValue() < -Optimum.TOLERANCE) {
        double before = good.rivals().getOrDefault(rival.getKey(), 1 - Margins.NEAR);
        keepFirst(first, good, bad, before, rival.getValue(), bad.entering(rival.getKey()));
      }
    }
    return first[0];
  }

  private static void keepFirst(
      Zero[] first, Margins good, Margins bad, double before, double after, Margin margin) {
    double high = good.point().lambda();
    double low = bad.point().lambda();
    double slope = (before - after) / (high - low);
    double zero = slope > 0 ? low - after / slope : high;
    double level = slope > 0 ? low - (after + 3 * Optimum.TOLERANCE) / slope : high;
    if (first[0] == null || zero > first[0].lambda) {
      first[0] = new Zero(zero, level, margin, after, before == 0);
    }
  }
}
