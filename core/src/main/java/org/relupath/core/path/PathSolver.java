package org.relupath.core.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.solve.LambdaSolver;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/**
 * Solves a decreasing grid of lambdas, every one certified to the tolerance.
 *
 * <p>At tight tolerances every lambda is solved, from a prediction along the path: with w1 and w0
 * the solutions at the last two lambdas, w1 + t (w1 - w0), t = min((lambda - lambda1) / (lambda1 -
 * lambda0), 3/2). At loose ones only some are ({@link Interpolation}): the step grows and shrinks
 * with the gap that interpolation leaves in between, and a step that fails is cut in two.
 */
public final class PathSolver {
  /** From this tolerance on interpolation needs fewer solves than there are lambdas. */
  private static final double LOOSE = 1e-4;

  /** Knots are solved to this part of the tolerance, so that the rest is left to interpolation. */
  private static final double KNOT_SHARE = 0.3;

  /** Lambdas from the first solved one to the next, where those between may be interpolated. */
  private static final int FIRST_STEP = 4;

  /** Extrapolation reaches at most this many times the last stride. */
  private static final double LONGEST_PREDICTION = 1.5;

  private final Problem problem;
  private final LambdaSolver solver;
  private final Settings settings;
  private final boolean interpolates;
  private final NearbySolutions near;

  /** A solver of paths that interpolates where the tolerance is loose. */
  public PathSolver(Problem problem, LambdaSolver solver, Settings settings) {
    this(problem, solver, settings, settings.tolerance() >= LOOSE);
  }

  /** A solver of paths over blocks that can be priced at every step. */
  public PathSolver(Problem problem, Pricing pricing, Settings settings) {
    this(problem, new Solver(problem, pricing), settings);
  }

  /**
   * A solver of paths.
   *
   * @param problem X, y and the model
   * @param solver solves the program at one lambda
   * @param settings the tolerance that every lambda is certified to, and limits for each solve
   * @param interpolates whether lambdas may be interpolated instead of solved
   */
  public PathSolver(Problem problem, LambdaSolver solver, Settings settings, boolean interpolates) {
    this(problem, solver, settings, interpolates, NearbySolutions.NONE);
  }

  private PathSolver(
      Problem problem,
      LambdaSolver solver,
      Settings settings,
      boolean interpolates,
      NearbySolutions near) {
    this.problem = problem;
    this.solver = solver;
    this.settings = settings;
    this.interpolates = interpolates;
    this.near = near;
  }

  /** This solver, each of whose solves starts from a nearby network where that is better. */
  public PathSolver from(NearbySolutions nearby) {
    return new PathSolver(problem, solver, settings, interpolates, nearby);
  }

  /**
   * Solves the grid.
   *
   * @param lambdas decreasing, positive
   * @param firstIndex the index of the first of them in the whole grid
   * @param listener receives each point, in order, as soon as it is final
   * @return a point a lambda, in order
   */
  public List<PathPoint> solve(double[] lambdas, int firstIndex, Consumer<PathPoint> listener) {
    return solve(lambdas, firstIndex, List.of(), listener);
  }

  /**
   * Solves the grid from networks that may be near.
   *
   * @param starts for each lambda where its solve starts, none of them interpolated; empty for a
   *     prediction from the lambdas before
   */
  public List<PathPoint> solve(
      double[] lambdas, int firstIndex, List<BlockWeights> starts, Consumer<PathPoint> listener) {
    for (int k = 1; k < lambdas.length; k++) {
      if (!(lambdas[k] < lambdas[k - 1])) {
        throw new IllegalArgumentException("lambdas must decrease strictly");
      }
    }
    Walk walk = new Walk(lambdas, firstIndex, listener);
    return interpolates && starts.isEmpty() ? walk.knots() : walk.everyLambda(starts);
  }

  /**
   * Solves for one more lambda, whatever the tolerance.
   *
   * @param before solved for larger lambdas, largest first, to predict a start from; may be empty
   */
  public PathPoint next(List<PathPoint> before, double lambda) {
    Solution solution = solver.solve(lambda, settings, start(lambda, before));
    return new PathPoint(before.size(), lambda, solution, true);
  }

  private final class Walk {
    private final double[] lambdas;
    private final int firstIndex;
    private final Consumer<PathPoint> listener;
    private final List<PathPoint> points = new ArrayList<>();

    Walk(double[] lambdas, int firstIndex, Consumer<PathPoint> listener) {
      this.lambdas = lambdas;
      this.firstIndex = firstIndex;
      this.listener = listener;
    }

    List<PathPoint> everyLambda(List<BlockWeights> starts) {
      for (int k = 0; k < lambdas.length; k++) {
        BlockWeights start = starts.isEmpty() ? start(lambdas[k], points) : starts.get(k);
        emit(k, solver.solve(lambdas[k], settings, start), true);
      }
      return points;
    }

    private void emit(int k, Solution solution, boolean solved) {
      PathPoint point = new PathPoint(firstIndex + k, lambdas[k], solution, solved);
      points.add(point);
      listener.accept(point);
    }

    /** Knots from left to right; a stack holds right ends that are solved but not yet reached. */
    List<PathPoint> knots() {
      Settings tight = settings.withTolerance(KNOT_SHARE * settings.tolerance());
      List<PathPoint> knots = new ArrayList<>();
      List<PathPoint> ahead = new ArrayList<>();
      int step = FIRST_STEP;
      int left = 0;
      knots.add(knot(0, tight, start(lambdas[0], knots)));
      emit(0, knots.get(0).solution(), true);
      while (left < lambdas.length - 1) {
        boolean fresh = ahead.isEmpty();
        int right = fresh ? Math.min(lambdas.length - 1, left + step) : last(ahead).index();
        PathPoint a = last(knots);
        PathPoint b =
            fresh
                ? knot(right, tight, start(lambdas[right], knots))
                : ahead.remove(ahead.size() - 1);
        Interpolation between = new Interpolation(problem, a, b, settings.tolerance());
        double gap = between.worstGap(lambdas, left + 1, right);
        double reach = Math.sqrt(slack(settings.tolerance()) / slack(gap));
        if (gap > settings.tolerance()) {
          int middle =
              fresh
                  ? clamp(left + (int) (0.8 * reach * (right - left)), left + 1, right - 1)
                  : (left + right) / 2;
          ahead.add(b);
          ahead.add(knot(middle, tight, between.weights(lambdas[middle])));
          step = middle - left;
          continue;
        }
        for (int k = left + 1; k < right; k++) {
          emit(k, between.solution(lambdas[k]), false);
        }
        emit(right, b.solution(), true);
        knots.add(b);
        step = Math.max(1, (int) ((right - left) * Math.min(2, 0.9 * reach)));
        left = right;
      }
      return points;
    }

    /** What a gap leaves to interpolation above the knots' own share. */
    private double slack(double gap) {
      return Math.max(gap - KNOT_SHARE * settings.tolerance(), 1e-3 * settings.tolerance());
    }

    private PathPoint knot(int k, Settings to, BlockWeights start) {
      return new PathPoint(k, lambdas[k], solver.solve(lambdas[k], to, start), true);
    }
  }

  private BlockWeights start(double lambda, List<PathPoint> before) {
    return near.start(problem, lambda, predict(lambda, before));
  }

  /** The prediction at a lambda from the last two of the points before it. */
  private BlockWeights predict(double lambda, List<PathPoint> before) {
    if (before.isEmpty()) {
      return BlockWeights.zero(problem.d());
    }
    PathPoint one = last(before);
    if (before.size() < 2) {
      return one.solution().weights();
    }
    PathPoint zero = before.get(before.size() - 2);
    double reach = LONGEST_PREDICTION * (zero.lambda() - one.lambda());
    return one.weightsTowards(zero, Math.max(lambda, one.lambda() - reach));
  }

  private static PathPoint last(List<PathPoint> points) {
    return points.get(points.size() - 1);
  }

  private static int clamp(int value, int low, int high) {
    return Math.max(low, Math.min(high, value));
  }
}
