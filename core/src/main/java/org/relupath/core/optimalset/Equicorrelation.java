package org.relupath.core.optimalset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.program.pricing.ProjectedCorrelation;
import org.relupath.core.program.pricing.Projector;
import org.relupath.core.solve.Solution;

/**
 * The equicorrelation set E = {b : ||v_b|| = lambda} as far as a certified solution shows it: every
 * block that the certificate does not exclude ({@link DualBall}), with its exact projection.
 *
 * <p>Blocks that are not excluded are members ({@code YES}) where |1 - q_b| &lt;= max(10 delta,
 * 1e-11), delta being the largest |1 - q_b| of the blocks that are active in the solution: those
 * are in E up to the solution's accuracy, and q errs like the square root of the gap, so no fixed
 * tolerance will do. The floor 1e-11 is ten times the accuracy of a projection's feasibility. The
 * others are {@code UNDECIDED}; a smaller gap decides them.
 *
 * @param problem X, y and the model
 * @param solution the solution
 * @param u its residual y - f(X), n entries
 * @param ball where the optimal residual is
 * @param members the blocks of E, decided or not, by id
 * @param delta max |1 - q_b| over the solution's active blocks, 0 without any
 * @param tolerance max(10 delta, 1e-11)
 * @param nextRatio no block outside {@code members} has a larger q_b at {@code u}
 * @param droppedWeight sum of ||w_b|| over active blocks of the solution that are proven outside E:
 *     remainders that no optimum has
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a point, never compared as a whole
public record Equicorrelation(
    Problem problem,
    Solution solution,
    double[] u,
    DualBall ball,
    List<Member> members,
    double delta,
    double tolerance,
    double nextRatio,
    double droppedWeight) {
  /** Rounding of 1 - ||v_b|| / lambda in float64: smaller differences show nothing. */
  private static final double FLOOR = 1e-11;

  /** Blocks with q_b below this are not looked at unless the certificate cannot exclude them. */
  private static final double NEAR = 0.99;

  /** Copies the list. */
  public Equicorrelation {
    members = List.copyOf(members);
  }

  /** The equicorrelation set of a program held on this machine. */
  public static Equicorrelation of(ConvexProgram program, Solution solution) {
    return of(program.problem(), new Pricer(program), solution);
  }

  /**
   * The equicorrelation set.
   *
   * @param problem X, y and the model
   * @param pricing of all blocks of the program
   * @param solution a certified solution of it; the better its gap, the fewer undecided blocks
   */
  public static Equicorrelation of(Problem problem, Pricing pricing, Solution solution) {
    double lambda = solution.certificate().lambda();
    BlockWeights weights = solution.weights().compact();
    double[] u = new Certifier(problem).residual(solution.weights());
    Projector projector = new Projector(problem);
    Map<Integer, Candidate> candidates = new TreeMap<>();
    double infeasibility = 0;
    for (int i = 0; i < weights.size(); i++) {
      Block block = weights.blocks().get(i);
      ProjectedCorrelation projected = projector.project(block, u, start(problem, weights, i));
      candidates.put(block.id(), new Candidate(projected, weights.norm(i)));
      infeasibility += infeasibility(problem, projected, weights.weights(i));
    }
    DualBall ball = DualBall.of(problem, solution.certificate(), u, infeasibility);
    SpectralNorms norms = new SpectralNorms(problem.x());
    double threshold = Math.min(ball.threshold(norms.whole()), NEAR * lambda);
    for (Pricing.Priced priced : pricing.price(u, threshold, Integer.MAX_VALUE).violators()) {
      candidates.computeIfAbsent(
          priced.block().id(), id -> new Candidate(projector.project(priced.block(), u), 0));
    }
    return judge(
        problem, solution, u, ball, norms, new ArrayList<>(candidates.values()), threshold);
  }

  /** A block that was looked at, with its weight in the solution. */
  private record Candidate(ProjectedCorrelation projected, double weight) {}

  private static int[] start(Problem problem, BlockWeights weights, int i) {
    return problem.model().signs() == 1
        ? new int[0]
        : problem.tightRows(weights.values(), i * weights.d());
  }

  /** rho_b' (-A_b w_b)_+. */
  private static double infeasibility(Problem problem, ProjectedCorrelation projected, double[] w) {
    double sum = 0;
    int d = w.length;
    for (int i = 0; i < projected.tight().length; i++) {
      int r = projected.tight()[i];
      double score = Vectors.dot(problem.x().values(), r * d, w, 0, d);
      double slack = projected.block().active(r) ? score : -score;
      sum += projected.multipliers()[i] * Math.max(0, -slack);
    }
    return sum;
  }

  private static Equicorrelation judge(
      Problem problem,
      Solution solution,
      double[] u,
      DualBall ball,
      SpectralNorms norms,
      List<Candidate> candidates,
      double threshold) {
    List<Candidate> open = new ArrayList<>();
    double next = threshold / ball.lambda();
    double delta = 0;
    double dropped = 0;
    for (Candidate candidate : candidates) {
      double ratio = candidate.projected.norm() / ball.lambda();
      if (ball.excludes(candidate.projected.norm(), norms.of(candidate.projected.block()))) {
        next = Math.max(next, ratio);
        dropped += candidate.weight;
      } else {
        open.add(candidate);
        delta = candidate.weight > 0 ? Math.max(delta, Math.abs(1 - ratio)) : delta;
      }
    }
    double tolerance = Math.max(10 * delta, FLOOR);
    List<Member> members = new ArrayList<>();
    for (Candidate candidate : open) {
      double ratio = candidate.projected.norm() / ball.lambda();
      boolean yes = candidate.projected.exact() && Math.abs(1 - ratio) <= tolerance;
      double band = ball.band(norms.of(candidate.projected.block()));
      members.add(
          new Member(
              candidate.projected,
              ratio,
              band,
              yes ? Membership.YES : Membership.UNDECIDED,
              candidate.weight));
    }
    return new Equicorrelation(
        problem, solution, u, ball, members, delta, tolerance, next, dropped);
  }

  /** The number of members, decided or not. */
  public int size() {
    return members.size();
  }

  /** The number of undecided members. */
  public int undecided() {
    return (int) members.stream().filter(m -> m.membership() == Membership.UNDECIDED).count();
  }

  /** The widest band of a member, 0 without any. */
  public double band() {
    return members.stream().mapToDouble(Member::band).max().orElse(0);
  }

  /** Whether every projection ended, so that all v_b are exact. */
  public boolean exact() {
    return members.stream().allMatch(m -> m.projected().exact());
  }

  /**
   * sum_b alpha_b = u'yhat / lambda^2, the same for every optimum; in units of 1 / ||v_b||, so that
   * lambda times it is sum_b ||w_b||.
   */
  public double alphaSum() {
    double lambda = ball.lambda();
    double[] fit = problem.y().clone();
    Vectors.axpy(-1, u, 0, fit, 0, u.length);
    return Vectors.dot(u, fit) / (lambda * lambda);
  }
}
