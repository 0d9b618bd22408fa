package org.relupath.core.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.solve.LambdaSolver;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;

/**
 * Chooses lambdas, as few as it can, so that the network interpolated between neighbours is within
 * epsilon ||y||^2 / 2 of optimal at <em>every</em> lambda of a range ({@link GapBound}).
 *
 * <pre>
 * a = lambda_max, whose network is zero
 * repeat until a is the smallest lambda
 *   b = the last one solved and not reached yet, or a new one a stride below a
 *   accept [b, a] if its bound is small enough, and go on from b with a new stride
 *   else keep b for later, and solve half way to it
 * </pre>
 *
 * <p>The bound of an interval grows with the square of its length in log lambda while the neurons
 * stay the same, and faster where others enter, which gives the next stride. What is left of the
 * range is cut into equal strides of at most that length. Other powers, shares and cuts were tried
 * on whole paths: they take as many solves within a few in a hundred, and all of them about a third
 * more than a search that knows the path beforehand.
 */
public final class CertifiedPathSolver {
  /** Lambdas are solved to this part of epsilon, so that the rest is left to interpolation. */
  public static final double KNOT_SHARE = 0.02;

  /** Gaps below this are at the floor of rounding. */
  private static final double SMALLEST_GAP = 1e-12;

  /** Safety factor on the stride that the last interval suggests. */
  private static final double AIM = 0.9;

  /** Strides grow at most by this factor. */
  private static final double GROWTH = 3;

  /** The first stride is this many times one that cannot fail. */
  private static final double FIRST = 1.5;

  /** The power of an interval's length that its bound grows with. */
  private static final double POWER = 2.5;

  /** Intervals shorter than this in log lambda are taken as they are. */
  private static final double SHORTEST = 1e-6;

  /** A bound below this multiple of the ends' own gaps is not worth another solve. */
  private static final double FLOOR = 2;

  /** Extrapolation reaches at most this many times the last stride. */
  private static final double LONGEST_PREDICTION = 1.5;

  private final Problem problem;
  private final LambdaSolver solver;
  private final Settings settings;
  private final double epsilon;
  private final NearbySolutions near;

  /**
   * A solver of certified paths.
   *
   * @param problem X, y and the model
   * @param solver solves the program at one lambda
   * @param settings limits for each solve; its tolerance is replaced by epsilon / 50 where that is
   *     smaller
   * @param epsilon the bound of (F - min F) / (||y||^2 / 2) to reach, in (0, 1)
   */
  public CertifiedPathSolver(
      Problem problem, LambdaSolver solver, Settings settings, double epsilon) {
    this(
        problem,
        solver,
        settings.withTolerance(Math.min(settings.tolerance(), tolerance(epsilon))),
        epsilon,
        NearbySolutions.NONE);
  }

  private CertifiedPathSolver(
      Problem problem,
      LambdaSolver solver,
      Settings settings,
      double epsilon,
      NearbySolutions near) {
    this.problem = problem;
    this.solver = solver;
    this.settings = settings;
    this.epsilon = epsilon;
    this.near = near;
  }

  /** This solver, each of whose solves starts from a nearby network where that is better. */
  public CertifiedPathSolver from(NearbySolutions nearby) {
    return new CertifiedPathSolver(problem, solver, settings, epsilon, nearby);
  }

  /**
   * The relative gap that solved lambdas need: a fiftieth of epsilon, but not below 1e-12.
   *
   * @throws IllegalArgumentException unless epsilon is in (0, 1)
   */
  public static double tolerance(double epsilon) {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new IllegalArgumentException("epsilon is " + epsilon + ", expected in (0, 1)");
    }
    return Math.max(KNOT_SHARE * epsilon, SMALLEST_GAP);
  }

  /**
   * Solves from lambda_max down.
   *
   * <p>Where a solve ends at a limit, the bounds beside it are what they are, above epsilon.
   *
   * @param lambdaMax lambda_max, > 0, or any larger lambda: its network is zero
   * @param minRatio the smallest lambda over the largest, in (0, 1)
   * @param listener receives each point, in order, as soon as it is final
   */
  public CertifiedPath solve(double lambdaMax, double minRatio, Consumer<PathPoint> listener) {
    double[] ends = LambdaGrid.logarithmic(lambdaMax, minRatio, 2);
    return new Walk(ends[0], ends[1], listener).run();
  }

  private final class Walk {
    private final double end;
    private final Consumer<PathPoint> listener;
    private final List<PathPoint> points = new ArrayList<>();
    private final List<GapBound> bounds = new ArrayList<>();
    private final Deque<PathPoint> ahead = new ArrayDeque<>();
    private Knot a;
    private double stride;
    private int solves;

    Walk(double lambdaMax, double end, Consumer<PathPoint> listener) {
      this.end = end;
      this.listener = listener;
      this.stride = FIRST * safeStride();
      PathPoint top = new PathPoint(0, lambdaMax, zero(lambdaMax), true);
      arrive(top, Knot.solved(problem, top));
    }

    CertifiedPath run() {
      while (a.lambda() > end) {
        PathPoint b = ahead.isEmpty() ? strideOn() : ahead.pop();
        Knot knot = Knot.solved(problem, b);
        GapBound bound = a.boundTo(knot);
        double width = Math.log(bound.upper() / bound.lower());
        if (bound.max() <= target(bound) || width <= SHORTEST) {
          bounds.add(bound);
          stride = Math.min(GROWTH * width, AIM * reach(bound, width));
          arrive(b, knot);
        } else {
          double middle = Math.sqrt(bound.upper() * bound.lower());
          ahead.push(b);
          ahead.push(solve(middle, last().weightsTowards(b, middle)));
        }
      }
      return new CertifiedPath(points, bounds, solves);
    }

    private void arrive(PathPoint b, Knot knot) {
      PathPoint point = new PathPoint(points.size(), b.lambda(), b.solution(), true);
      points.add(point);
      a = knot;
      listener.accept(point);
    }

    private PathPoint last() {
      return points.get(points.size() - 1);
    }

    private PathPoint solve(double lambda, BlockWeights start) {
      solves++;
      return new PathPoint(-1, lambda, solver.solve(lambda, settings, start), true);
    }

    /** Solves a stride below a, or less, so that equal strides end where the range does. */
    private PathPoint strideOn() {
      double left = Math.log(a.lambda() / end);
      double strides = Math.ceil(left / stride);
      double lambda = strides <= 1 ? end : a.lambda() * Math.exp(-left / strides);
      return solve(lambda, near.start(problem, lambda, predicted(lambda)));
    }

    /** From the last two points, at most one and a half times as far as they are apart. */
    private BlockWeights predicted(double lambda) {
      if (points.size() < 2) {
        return last().solution().weights();
      }
      PathPoint before = points.get(points.size() - 2);
      double apart = before.lambda() - last().lambda();
      return last()
          .weightsTowards(before, Math.max(lambda, last().lambda() - LONGEST_PREDICTION * apart));
    }
  }

  /** What a bound is to be at most; more than asked for where the ends themselves are worse. */
  private double target(GapBound bound) {
    double ends = Math.max(bound.atUpper(), bound.atLower());
    return Math.max(epsilon * problem.zeroObjective(), FLOOR * ends);
  }

  /**
   * How long the interval might have been: what is above the gaps of its ends grows as length^2.
   */
  private double reach(GapBound bound, double width) {
    double ends = Math.max(bound.atUpper(), bound.atLower());
    double room = target(bound) - ends;
    double used = Math.max(bound.max() - ends, 1e-3 * room);
    return room == 0 ? Double.POSITIVE_INFINITY : width * Math.pow(room / used, 1 / POWER);
  }

  /**
   * A stride from lambda_max that never fails but for the ends' own gaps. There w = 0 and u = y, so
   * that 2 mixed = a S - y'f, and b S = u'f at the optimum of b, u = y - f: with k = a / b - 1
   *
   * <pre>
   * 2 mixed = k y'f - (1 + k) ||f||^2 &lt;= k^2 / (4 (1 + k)) ||y||^2,   max B &lt;= mixed / 2;
   * </pre>
   *
   * <p>this is epsilon ||y||^2 / 2 at k^2 = 8 epsilon (1 + k).
   */
  private double safeStride() {
    return Math.log1p(4 * epsilon + Math.sqrt(16 * epsilon * epsilon + 8 * epsilon));
  }

  private Solution zero(double lambda) {
    double objective = problem.zeroObjective();
    return new Solution(
        BlockWeights.zero(problem.d()),
        new Certificate(lambda, objective, 0, objective, objective, 0, 1, lambda, 0, 0),
        Status.OPTIMAL,
        0,
        0,
        0);
  }
}
