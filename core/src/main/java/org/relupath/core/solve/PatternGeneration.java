package org.relupath.core.solve;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.Seeds;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternCandidate;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.program.search.SearchStarts;
import org.relupath.core.program.search.SearchStarts.Effort;

/**
 * Column generation over <em>all</em> activation patterns (core/docs/solver.md#generated-patterns):
 *
 * <pre>
 * repeat
 *   w = optimum over the patterns gathered so far, to a tolerance;  u = y - Z w
 *   search all patterns for large ||v_b|| at u
 *   stop if the gap that the largest one found would leave is within the tolerance
 *   gather the best violators
 * </pre>
 *
 * <p>The certificate of a solution is over the gathered patterns. Beyond them there is what a
 * search has found and nothing more: {@link SearchEvidence} says it, and is no proof. A search that
 * finds nothing is repeated more thoroughly before it is believed.
 *
 * <p>Gathered patterns stay for the next lambda. Blocks are numbered as in a program of as many
 * patterns as there may be at most, so that their ids mean the same however many have been
 * gathered. Not thread-safe.
 */
public final class PatternGeneration implements LambdaSolver {
  /** Violators to gather after a search at most, where fewer neurons than that are active. */
  private static final int SMALLEST_BATCH = 10;

  /** Relative gap of the first solve: patterns are generated long before it is small. */
  private static final double FIRST = 1e-2;

  /** Restricted programs are solved to this part of the gap that a search has found. */
  private static final double EARLY = 0.05;

  private final Problem problem;
  private final PatternSearch search;
  private final int limit;
  private final int starts;
  private final long seed;
  private final Certifier certifier;
  private final List<double[]> gates = new ArrayList<>();
  private final List<long[]> bits = new ArrayList<>();
  private final Set<BitSet> known = new HashSet<>();
  private long searches;
  private SearchEvidence searched;
  private Consumer<Round> listener = round -> {};
  private Solver solver;
  private int solverPatterns;

  /**
   * Patterns to start from.
   *
   * @param problem X, y and the model
   * @param initial gates of the patterns to start from, a gate a row
   * @param search finds violators
   * @param limit patterns that are gathered at most, the first ones included
   * @param starts random directions and rows that a full search climbs from, each
   * @param seed of all searches
   */
  public PatternGeneration(
      Problem problem, Matrix initial, PatternSearch search, int limit, int starts, long seed) {
    if (limit < 1 || starts < 1) {
      throw new IllegalArgumentException(
          "limit is " + limit + " and starts " + starts + ", expected at least 1");
    }
    this.problem = problem;
    this.search = search;
    this.limit = limit;
    this.starts = starts;
    this.seed = seed;
    this.certifier = new Certifier(problem);
    PatternReader reader = new PatternReader(problem.x());
    for (int i = 0; i < initial.rows(); i++) {
      gather(initial.row(i), reader.pattern(initial.row(i)));
    }
  }

  @Override
  public Solution solve(double lambda, Settings settings, BlockWeights start) {
    Progress progress = new Progress(settings, System.nanoTime());
    double floor = settings.tolerance();
    double target = Math.max(floor, start.size() > 0 ? FIRST * FIRST : FIRST);
    BlockWeights weights = start;
    Effort effort = Effort.GLANCE;
    boolean last = false;
    while (true) {
      Solution solution = restricted(lambda, progress.remaining(target), weights);
      progress.count(solution);
      weights = solution.weights();
      SearchStarts from = starts(weights, last ? Effort.THOROUGH : effort);
      List<PatternCandidate> found = search.search(certifier.residual(weights), from);
      searched = SearchEvidence.of(problem, solution, found);
      listener.accept(new Round(gates.size(), solution, searched));
      double gap = searched.searchedGap();
      boolean within = gap <= settings.tolerance();
      if (progress.limited() || (within && last)) {
        return progress.limited() ? cut(solution, settings, progress) : solution;
      }
      int wanted = Math.max(SMALLEST_BATCH, from.anchors().rows());
      int gathered = within ? 0 : gather(found, lambda, wanted);
      boolean nothing = !within && gathered == 0;
      if (nothing && target <= floor && (last || gates.size() >= limit)) {
        return solution;
      }
      last = within || (nothing && target <= floor);
      effort = gathered < wanted ? effort.more() : effort;
      target = Math.max(floor, nothing ? 0.1 * target : EARLY * gap);
    }
  }

  /** A solution that a limit ended, to whatever gap the last restricted program was solved. */
  private static Solution cut(Solution solution, Settings settings, Progress progress) {
    boolean reached = solution.certificate().relativeGap() <= settings.tolerance();
    return new Solution(
        solution.weights(),
        solution.certificate(),
        reached ? solution.status() : progress.limit(),
        solution.iterations(),
        solution.newtonSteps(),
        solution.seconds());
  }

  /**
   * A round of a solve.
   *
   * @param patterns how many there were
   * @param solution over them, to a gap that need not be the last
   * @param searched what was found at its residual
   */
  public record Round(int patterns, Solution solution, SearchEvidence searched) {}

  /** Sets what receives every round from now on. */
  public void listen(Consumer<Round> rounds) {
    listener = rounds;
  }

  /**
   * Gathers the patterns of largest norm at the residual of zero that a search finds, so that their
   * lambda_max is about that of all patterns: a path that starts there starts at zero.
   */
  public void gatherFirst() {
    SearchStarts from = starts(BlockWeights.zero(problem.d()), Effort.FULL);
    gather(search.search(problem.zeroResidual(), from), 0, SMALLEST_BATCH);
  }

  /** What the last search of the last solve has found. */
  public SearchEvidence searched() {
    return searched;
  }

  /** The gates gathered so far, a gate a row, in the order in which they came. */
  public Matrix gates() {
    return Matrix.ofRows(gates.toArray(double[][]::new));
  }

  /** P, the number of patterns gathered so far. */
  public int count() {
    return gates.size();
  }

  private SearchStarts starts(BlockWeights weights, Effort effort) {
    long own = Seeds.derive(seed, "pattern search", searches++);
    return SearchStarts.around(
        problem.whitening(), weights, problem.model(), gates::get, own, starts, effort);
  }

  /** Gathers the best violators, one a ray; how many of them are new. */
  private int gather(List<PatternCandidate> found, double lambda, int most) {
    List<double[]> rays = new ArrayList<>();
    int gathered = 0;
    for (PatternCandidate pattern : found) {
      boolean open = gathered < most && pattern.norm() > lambda && isOpen(pattern.bits());
      if (open && SearchStarts.isNew(problem.whitening().unitCoordinates(pattern.gate()), rays)) {
        gather(pattern.gate(), pattern.bits());
        gathered++;
      }
    }
    return gathered;
  }

  /** Whether a pattern can be gathered: it is neither zero nor there, and there is room. */
  private boolean isOpen(long[] pattern) {
    BitSet key = BitSet.valueOf(pattern);
    return gates.size() < limit && !key.isEmpty() && !known.contains(key);
  }

  private void gather(double[] gate, long[] pattern) {
    if (isOpen(pattern)) {
      known.add(BitSet.valueOf(pattern));
      gates.add(gate);
      bits.add(pattern);
    }
  }

  private Solution restricted(double lambda, Settings settings, BlockWeights start) {
    int held = gates.size();
    if (solver == null || solverPatterns < held) {
      ConvexProgram program =
          new ConvexProgram(problem, Patterns.distinct(problem.n(), List.copyOf(bits)));
      solver = new Solver(problem, new Pricer(program));
      solverPatterns = held;
    }
    Solution solution =
        solver.solve(lambda, settings, start.relabel(b -> b.numbered(b.pattern(), held)));
    BlockWeights weights = solution.weights().relabel(b -> b.numbered(b.pattern(), limit));
    return new Solution(
        weights,
        solution.certificate(),
        solution.status(),
        solution.iterations(),
        solution.newtonSteps(),
        solution.seconds());
  }
}
