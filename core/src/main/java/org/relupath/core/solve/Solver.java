package org.relupath.core.solve;

import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.RowSpace;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricing;

/**
 * Solves C-ReLU and C-GReLU programs to a certified relative gap.
 *
 * <pre>
 * w = a rough solution of a larger lambda, where this one is far below lambda_max
 * u = l'(y - Z w)                                (the squared loss: y - Z w)
 * repeat
 *   price all blocks at u                          (lazily: until enough violators are found)
 *   certify, if the pass was complete              (primal, dual, gap)
 *   stop at the tolerance, a limit, or when rounding stops progress
 *   add the violators to the working set
 *   (w, u) = augmented Lagrangian step; u = l'(y - Z w)
 *   adapt sigma
 * </pre>
 *
 * <p>Only a complete pass ends a solve. Of several certified iterates the one of smallest gap is
 * returned. A solver keeps what pays from one lambda to the next (Gram matrices, tight rows): use
 * one for a whole path. Not thread-safe.
 */
public final class Solver implements LambdaSolver {
  /** Violators to look for at least. */
  private static final int SMALLEST_BATCH = 20;

  /** Newton steps at most while the working set is still too small; twice as many if not enough. */
  private static final int FIRST = 8;

  /** Newton steps at most once it may be large enough: more than this is a breakdown. */
  private static final int FULL = 60;

  /** A stall at a gap no larger than this is rounding's doing, and no start's. */
  private static final double ROUNDING = 1e-11;

  /** Multiple of the zero network's objective that a penalty may reach; a start beyond is left. */
  private static final double PLAUSIBLE = 10;

  /** A lambda this many times below the largest ||v_b|| at zero is approached in stages. */
  private static final double FAR = 300;

  /** First lambda on the way down, as a part of the largest one. */
  private static final double STEEP = 30;

  /** Divisor from one lambda on the way down to the next. */
  private static final double STRIDE = 2.5;

  /** Relative gap on the way down. */
  private static final double ROUGH = 1e-2;

  private final RowSpace space;
  private final Problem problem;
  private final Pricing pricing;
  private final Certifier certifier;
  private final AugmentedLagrangian lagrangian;

  /** A solver of the program whose blocks {@code pricing} prices. */
  public Solver(Problem problem, Pricing pricing) {
    this.space = problem.rowSpace();
    this.problem = space.problem();
    this.pricing = pricing;
    this.certifier = new Certifier(this.problem);
    this.lagrangian = new AugmentedLagrangian(this.problem, new NewtonSystem(this.problem));
  }

  /** Solves from zero. */
  public Solution solve(double lambda, Settings settings) {
    return outside(inside(lambda, settings, BlockWeights.zero(problem.d())));
  }

  @Override
  public Solution solve(double lambda, Settings settings, BlockWeights start) {
    return outside(inside(lambda, settings, space.inside(start)));
  }

  private Solution outside(Solution solution) {
    return solution.withWeights(space.outside(solution.weights()));
  }

  /** Solves in coordinates of the row space of X. */
  private Solution inside(double lambda, Settings settings, BlockWeights start) {
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException("lambda is " + lambda + ", expected positive");
    }
    Progress progress = new Progress(settings, System.nanoTime());
    if (start.size() == 0) {
      return run(lambda, settings, approach(lambda, settings, progress), progress);
    }
    Solution solution = run(lambda, settings, start, progress);
    double enough = Math.max(settings.tolerance(), ROUNDING);
    return solution.certificate().relativeGap() <= enough || progress.limited()
        ? solution
        : again(lambda, settings, progress);
  }

  /**
   * The better of a solve that stalled and one from zero: a start may have split a neuron's weight
   * among cones that nearly share its ray, which no step then puts together again.
   */
  private Solution again(double lambda, Settings settings, Progress progress) {
    BlockWeights start = approach(lambda, settings, progress);
    Settings rest = progress.remaining(settings.tolerance());
    Solution fresh = run(lambda, rest, start, new Progress(rest, System.nanoTime()));
    progress.count(fresh);
    progress.ends(fresh.weights(), fresh.certificate());
    return progress.solution(certifier);
  }

  /**
   * A start for a lambda far below the first one with a non-zero solution: rough solutions of
   * larger lambdas, each from the one before. From zero, the first few blocks would have to fit y
   * alone, with weights of any size.
   */
  private BlockWeights approach(double lambda, Settings settings, Progress progress) {
    BlockWeights weights = BlockWeights.zero(problem.d());
    double[] u = problem.zeroResidual();
    // ||v_b|| <= ||X|| ||u||, often enough to see without a pricing pass that lambda is not far.
    if (problem.design().norm() * Vectors.norm(u) <= FAR * lambda) {
      return weights;
    }
    List<Pricing.Priced> first = pricing.price(u, lambda, SMALLEST_BATCH).violators();
    double top = first.isEmpty() ? 0 : first.get(0).norm();
    if (top <= FAR * lambda) {
      return weights;
    }
    double tolerance = Math.max(ROUGH, settings.tolerance());
    for (double above = top / STEEP; above > 2 * lambda && !progress.limited(); above /= STRIDE) {
      Settings rough = progress.remaining(tolerance);
      Solution solution = run(above, rough, weights, new Progress(rough, System.nanoTime()));
      progress.count(solution);
      weights = solution.weights();
    }
    return weights;
  }

  private Solution run(double lambda, Settings settings, BlockWeights start, Progress progress) {
    SigmaSchedule penalty = new SigmaSchedule(problem, lambda);
    WorkingSet set = new WorkingSet(problem, start);
    if (!plausible(set, lambda)) {
      set = new WorkingSet(problem, BlockWeights.zero(problem.d()));
    }
    BlockWeights weights = set.snapshot();
    double[] u = certifier.residual(weights);
    int limit = FIRST;
    while (true) {
      int wanted = Math.max(SMALLEST_BATCH, set.activeCount());
      Pricing.Prices prices = pricing.price(u, lambda, progress.wants(wanted));
      if (prices.complete()) {
        Certificate certificate = certifier.bound(weights, u, lambda, prices);
        penalty.adapt(certificate.relativeGap());
        if (progress.ends(weights, certificate)) {
          return progress.solution(certifier);
        }
        if (progress.stalled()) {
          penalty.stalled();
        }
      }
      set.add(prices.violators(), wanted);
      double sigma = penalty.sigma(set.maxNorm());
      AugmentedLagrangian.Step step =
          lagrangian.step(
              set, u, lambda, sigma, settings.tolerance(), prices.complete() ? FULL : limit);
      limit = step.solved() ? FIRST : Math.min(2 * limit, FULL);
      progress.count(step, prices.complete());
      if (step.broken(prices.complete())) {
        penalty.retreat();
      }
      if (!plausible(set, lambda)) {
        set = new WorkingSet(problem, progress.best(problem.d()));
      }
      weights = set.snapshot();
      u = certifier.residual(weights);
    }
  }

  /**
   * Whether weights may be kept: the optimum has lambda sum ||w_b|| <= L(0), and a step that lands
   * far beyond that has gone wrong.
   */
  private boolean plausible(WorkingSet set, double lambda) {
    return lambda * set.normSum() <= PLAUSIBLE * problem.zeroObjective();
  }
}
