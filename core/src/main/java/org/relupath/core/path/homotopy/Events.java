package org.relupath.core.path.homotopy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.piece.Optimality;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/**
 * All events of a path between the lambdas of a grid: blocks that enter and leave, rows that
 * tighten and loosen, each located to 1e-6 relatively.
 *
 * <p>The path is followed piece by piece from each lambda to the next ({@link Follower}); at every
 * piece's start, and at every lambda of the grid, all optimality conditions over all blocks hold to
 * 1e-11. Each grid solution is then compared with the optimum that the path has come to. Not
 * thread-safe.
 */
public final class Events {
  /** Relative gap of the solve that decides where supports differ: near rounding. */
  private static final double RESOLVE = 1e-13;

  /** Norms of a grid solution may differ from the path's by this part of sum ||w_b||. */
  private static final double AGREEMENT = 1e-3;

  private final Optimality optimality;
  private final ActiveSet active;
  private final Solver solver;
  private final int limit;

  /** Events of paths of a program, with at most 10,000 changes of the support a grid interval. */
  public Events(ConvexProgram program) {
    this(program, 10_000);
  }

  /**
   * Events of paths of a program.
   *
   * @param limit changes of the support at most in one interval of the grid; what is not found
   *     within them makes the interval unresolved
   */
  public Events(ConvexProgram program, int limit) {
    this.optimality = new Optimality(program);
    this.active = new ActiveSet(optimality);
    this.solver = new Solver(program.problem(), new Pricer(program));
    this.limit = limit;
  }

  /** How far an interval's events are known. */
  public enum Status {
    /** All events were found, and the end agrees with the grid's own solution. */
    RESOLVED,
    /**
     * The optimum is not unique in a part of the interval: the events are those of one path of
     * minimal networks among several.
     */
    NOT_UNIQUE,
    /** Some events may be missing or are not located. */
    UNRESOLVED
  }

  /**
   * The events between two lambdas of the grid.
   *
   * @param index the grid index of the smaller lambda
   * @param from the larger lambda
   * @param to the smaller lambda
   * @param events in falling lambda
   * @param status how far they are known
   * @param reason why the status is not {@code RESOLVED}; empty where it is
   */
  public record Interval(
      int index, double from, double to, List<Event> events, Status status, String reason) {}

  /**
   * The events of a path.
   *
   * @param path solved points in falling lambda, of gaps of 1e-10 or better
   * @return one interval fewer than points
   */
  public List<Interval> of(List<PathPoint> path) {
    List<Interval> intervals = new ArrayList<>();
    Optional<Optimum> now = path.isEmpty() ? Optional.empty() : start(path.get(0));
    for (int k = 1; k < path.size(); k++) {
      PathPoint from = path.get(k - 1);
      PathPoint to = path.get(k);
      if (!(to.lambda() < from.lambda())) {
        throw new IllegalArgumentException("lambdas must decrease strictly");
      }
      Follower follower = new Follower(optimality, active, solver, limit);
      Optional<Optimum> end = Optional.empty();
      try {
        Optional<Optimum> begin = now;
        end = begin.flatMap(optimum -> follower.follow(optimum, to.lambda()));
        intervals.add(judge(from, to, follower, end));
      } catch (ArithmeticException beyondRounding) {
        end = Optional.empty();
        intervals.add(unresolved(from, to, beyondRounding.getMessage()));
      }
      now = end.isPresent() ? end : start(to);
    }
    return intervals;
  }

  private Optional<Optimum> start(PathPoint point) {
    try {
      return active.settle(active.point(point.lambda(), point.solution().weights()), null);
    } catch (ArithmeticException beyondRounding) {
      return Optional.empty();
    }
  }

  private static Interval unresolved(PathPoint from, PathPoint to, String reason) {
    return new Interval(
        to.index(), from.lambda(), to.lambda(), List.of(), Status.UNRESOLVED, reason);
  }

  private Interval judge(PathPoint from, PathPoint to, Follower follower, Optional<Optimum> end) {
    Status status = Status.RESOLVED;
    String reason = "";
    if (end.isEmpty() || follower.trouble() != null) {
      status = Status.UNRESOLVED;
      reason = follower.trouble() == null ? "no optimum to start from" : follower.trouble();
    } else {
      Optional<String> ties = follower.ties().or(() -> Ties.at(end.get().margins(), optimality));
      if (ties.isPresent()) {
        status = Status.NOT_UNIQUE;
        reason = ties.get();
      } else if (!agrees(end.get(), to.solution()) && !agreesWhenSolvedAgain(end.get())) {
        status = Status.UNRESOLVED;
        reason = "the support at " + to.lambda() + " differs from the solution's";
      }
    }
    return new Interval(
        to.index(), from.lambda(), to.lambda(), List.copyOf(follower.events()), status, reason);
  }

  private boolean agreesWhenSolvedAgain(Optimum end) {
    Solution solution = solver.solve(end.lambda(), Settings.to(RESOLVE), end.point().weights());
    return agrees(end, solution);
  }

  /** Whether a solution has the path's neurons with the path's norms. */
  private static boolean agrees(Optimum end, Solution solution) {
    double[] missing = end.point().norms().clone();
    double sum = solution.weights().normSum();
    double foreign = 0;
    for (int i = 0; i < solution.weights().size(); i++) {
      int id = solution.weights().blocks().get(i).id();
      double norm = solution.weights().norm(i);
      boolean found = false;
      for (int b = 0; b < missing.length && !found; b++) {
        found = end.point().neurons().get(b).hasMember(id);
        missing[b] -= found ? norm : 0;
      }
      foreign += found ? 0 : norm;
    }
    for (double m : missing) {
      foreign += Math.abs(m);
    }
    return foreign <= AGREEMENT * sum;
  }
}
