package org.relupath.core.path.homotopy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relupath.core.path.piece.Optimality;
import org.relupath.core.path.piece.Piece;
import org.relupath.core.path.piece.PiecePoint;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/**
 * Follows the path of optima from one lambda down to a smaller one, piece by piece:
 *
 * <pre>
 * repeat
 *   predict the first zero of a margin from the margins' slopes
 *   solve the piece there; enclose the zero if a margin has turned negative
 *   make the change, solve the new piece just beyond, check every optimality condition
 * </pre>
 *
 * <p>Where no single change leads to an optimum (events that coincide, dependent fits) the follower
 * leaps: ever further ahead, it looks for an optimum, with a certified solve if need be. Then the
 * events of the leap are the differences between the supports before and after it.
 */
final class Follower {
  /** One step never goes further than to this part of lambda. */
  private static final double STRIDE = 0.9;

  /** Predicted zeros are overstepped by this part of the step, and by this part of lambda. */
  private static final double OVERSHOOT = 0.03;

  /** A prediction goes at least this share of lambda beyond the event it is after. */
  private static final double OVERSTEP = 1e-7;

  /** Margins that move more slowly than this are constant: they stay at zero for good. */
  private static final double STILL = 1e-9;

  /** After so many steps without an event each is twice as long as the one before. */
  private static final int QUIET = 3;

  private static final double[] LEAPS = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2};

  /** Leaps longer than this leave events that are not located. */
  private static final double LOCATED = 1e-6;

  /** Relative gap of the solves beyond a leap: near rounding, as supports are read from them. */
  private static final double SOLVED = 1e-13;

  private final Optimality optimality;
  private final ActiveSet active;
  private final Solver solver;
  private final int limit;
  private final List<Event> events = new ArrayList<>();
  private int changes;
  private int quiet;

  /**
   * The next step is at least as long: predictions of zeros that are none may not stop the walk.
   */
  private double least;

  private String trouble;
  private String ties;

  /**
   * A follower of one stretch of the path.
   *
   * @param limit changes of the support at most
   */
  Follower(Optimality optimality, ActiveSet active, Solver solver, int limit) {
    this.optimality = optimality;
    this.active = active;
    this.solver = solver;
    this.limit = limit;
  }

  /** The events found, in falling lambda. */
  List<Event> events() {
    return events;
  }

  /** Why some events may be missing or are not located; null if none are. */
  String trouble() {
    return trouble;
  }

  /** Why the optimum is not unique on a part of the way; empty where it was always unique. */
  Optional<String> ties() {
    return Optional.ofNullable(ties);
  }

  /** The optimum at {@code end}, empty where the path could not be followed to it. */
  Optional<Optimum> follow(Optimum start, double end) {
    Optional<Optimum> now = Optional.of(start);
    while (now.isPresent() && now.get().lambda() > end) {
      now = advance(now.get(), end);
    }
    return now;
  }

  /** One step on the piece, or to the next one where an event ends it. */
  private Optional<Optimum> advance(Optimum now, double end) {
    MarginSlopes slopes = MarginSlopes.of(now.piece(), now.margins(), optimality);
    double target = Math.max(end, Math.min(predict(now, slopes), now.lambda() - least));
    Margins there = EventBracket.margins(now.piece(), target, optimality).orElse(null);
    Optional<Optimum> next = Optional.ofNullable(there).filter(Follower::valid).flatMap(this::on);
    if (next.isPresent()) {
      double dip = MarginDips.lowest(now.margins(), slopes, next.get(), optimality);
      if (dip > 0) {
        target = dip;
        there = EventBracket.margins(now.piece(), target, optimality).orElse(null);
      }
    }
    if (next.isPresent() && there != null && valid(there)) {
      quiet++;
      ties = Ties.at(next.get().margins(), optimality).orElse(ties);
      least = quiet > QUIET ? 2 * (now.lambda() - next.get().lambda()) : 0;
      return next;
    }
    quiet = 0;
    least = 0;
    if (changes++ >= limit) {
      trouble = "more than " + limit + " changes of the support";
      return Optional.empty();
    }
    EventBracket crossing =
        EventBracket.between(now.piece(), now.margins(), target, there, optimality);
    lookForTies(now, crossing.lambda());
    return beyond(now, crossing, end);
  }

  /**
   * Blocks that are tied at the start of a piece may just have left: those in its middle have not.
   */
  private void lookForTies(Optimum now, double end) {
    if (now.lambda() - end > LOCATED * now.lambda()
        && Ties.at(now.margins(), optimality).isPresent()) {
      ties =
          EventBracket.margins(now.piece(), (now.lambda() + end) / 2, optimality)
              .flatMap(middle -> Ties.at(middle, optimality))
              .orElse(ties);
    }
  }

  private static boolean valid(Margins margins) {
    return margins.smallest() >= -Optimum.TOLERANCE;
  }

  private Optional<Optimum> on(Margins margins) {
    return Piece.near(margins.point())
        .map(piece -> new Optimum(piece, Margins.at(piece.base(), optimality)))
        .filter(optimum -> valid(optimum.margins()));
  }

  /** Just beyond the largest lambda below where a margin's tangent is zero. */
  private double predict(Optimum now, MarginSlopes slopes) {
    double lambda = now.lambda();
    double first = STRIDE * lambda;
    for (int b = 0; b < now.point().size(); b++) {
      double[] values = now.margins().values(b);
      double[] slope = slopes.values(b);
      for (int i = 0; i < values.length; i++) {
        first = Math.max(first, zero(lambda, values[i], slope[i]));
      }
    }
    for (Map.Entry<Integer, Double> rival : now.margins().rivals().entrySet()) {
      first = Math.max(first, zero(lambda, rival.getValue(), slopes.rivals().get(rival.getKey())));
    }
    return first - OVERSHOOT * (lambda - first) - OVERSTEP * lambda;
  }

  private static double zero(double lambda, double value, double slope) {
    return slope * lambda > STILL && value != 0 && value < Double.POSITIVE_INFINITY
        ? lambda - Math.max(value, 0) / slope
        : 0;
  }

  /** The optimum beyond the end of a piece. */
  private Optional<Optimum> beyond(Optimum before, EventBracket crossing, double end) {
    if (crossing.bad() != null) {
      Optional<Optimum> next = active.settle(crossing.bad().point(), crossing.first());
      if (next.isPresent()) {
        record(before, next.get(), crossing.lambda());
        return next;
      }
    }
    return leap(before, crossing, end);
  }

  private void record(Optimum before, Optimum after, double lambda) {
    events.addAll(SupportChanges.between(before.point(), after.point(), lambda));
  }

  private Optional<Optimum> leap(Optimum before, EventBracket crossing, double end) {
    PiecePoint from = crossing.good().point();
    for (double length : LEAPS) {
      double lambda = Math.max(end, (1 - length) * crossing.lambda());
      Optional<Optimum> next = landing(before, from, lambda);
      if (next.isPresent()) {
        if (length > LOCATED) {
          trouble = "events between " + crossing.lambda() + " and " + lambda + " not located";
        }
        record(before, next.get(), crossing.lambda());
        return next;
      }
      if (lambda == end) {
        break;
      }
    }
    trouble = "no optimum found below " + crossing.lambda();
    return Optional.empty();
  }

  private Optional<Optimum> landing(Optimum before, PiecePoint from, double lambda) {
    Optional<Optimum> near = before.piece().at(lambda).flatMap(point -> active.settle(point, null));
    if (near.isPresent()) {
      return near;
    }
    Solution solution = solver.solve(lambda, Settings.to(SOLVED), from.weights());
    return active.settle(active.point(lambda, solution.weights()), null);
  }
}
