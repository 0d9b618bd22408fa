package org.relupath.core.solve;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternCandidate;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.program.search.SearchStarts;
import org.relupath.core.program.search.SearchStarts.Effort;
import org.relupath.core.solve.slide.MovingNeurons;
import org.relupath.core.solve.slide.PatternPool;
import org.relupath.core.solve.slide.Slide;

/**
 * Sliding column generation over <em>all</em> activation patterns
 * (core/docs/solver.md#generated-patterns):
 *
 * <pre>
 * repeat
 *   neurons that stand for one are put together; with the violators, as new ones, they move
 *     together                                                            ({@link Slide}, C-ReLU)
 *   w = optimum over the patterns that they and the violators have, to a tolerance;  u = y - Z w
 *   search all patterns for large ||v_b|| at u: the best are the violators
 * until the gap that the largest one leaves is within the tolerance
 * </pre>
 *
 * <p>Moving finds the cones that neurons belong into; the convex program settles which rows are
 * tight. Patterns that no neuron has leave the program, so that it is as large as the network and
 * not as its history. Gates do not move: the patterns of C-GReLU stay.
 *
 * <p>The certificate of a solution is over the patterns of its last program. Beyond them there is
 * what a search has found and nothing more: {@link SearchEvidence} says it, and is no proof. What
 * few starts find nothing for is searched for from more of them before that is believed.
 *
 * <p>Patterns of solutions stay ({@link #gates}) and number their blocks, as in a program of more
 * patterns than there can be: ids mean the same however many there are. Not thread-safe.
 */
public final class PatternGeneration implements LambdaSolver {
  /** Violators to gather after a search at most, where fewer neurons than that are active. */
  private static final int SMALLEST_BATCH = 10;

  /** Relative gap of the first program of a solve that starts from zero. */
  private static final double FIRST = 1e-2;

  /** Relative gap of the first program of a solve that starts nearby. */
  private static final double WARM = 1e-3;

  /** Programs are solved to this part of the gap that a search has found. */
  private static final double EARLY = 0.05;

  /** The last program leaves the rest of the tolerance to patterns outside it. */
  private static final double LAST = 0.3;

  /** Factor on the gap to solve to where no violator is found. */
  private static final double FINER = 0.1;

  private final Problem problem;
  private final PatternSearch search;
  private final int limit;
  private final int starts;
  private final long seed;
  private final Certifier certifier;
  private final PatternPool pool;
  private final MovingNeurons neurons;
  private long searches;
  private SearchEvidence searched;
  private boolean limitReached;
  private GenerationSeconds seconds = GenerationSeconds.NONE;
  private Consumer<Round> listener = round -> {};

  /**
   * Patterns to start from.
   *
   * @param problem X, y and the model
   * @param initial gates of the patterns to start from, a gate a row
   * @param search finds violators
   * @param limit patterns of one program at most
   * @param starts random directions and rows that a full search climbs from, each, at most
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
    this.starts = SearchStarts.enough(problem, starts);
    this.seed = seed;
    this.certifier = new Certifier(problem);
    this.limit = limit;
    this.pool = new PatternPool(problem);
    this.neurons = new MovingNeurons(problem, pool);
    for (int i = 0; i < initial.rows() && pool.kept().size() < limit; i++) {
      pool.keep(pool.read(initial.row(i)));
    }
  }

  @Override
  public Solution solve(double lambda, Settings settings, BlockWeights start) {
    return solve(lambda, settings, start, List.of());
  }

  /**
   * Solves from a network and patterns that a search has found to violate there.
   *
   * @param lambda the regularization
   * @param settings the gap to leave, and limits
   * @param start blocks numbered by the places of their patterns among those that stay
   * @param found candidates at the residual of the start, best first
   */
  public Solution solve(
      double lambda, Settings settings, BlockWeights start, List<PatternCandidate> found) {
    Progress progress = new Progress(settings, System.nanoTime());
    Rounds rounds = new Rounds(lambda, settings, start, found);
    while (true) {
      Solution solution = rounds.next(progress);
      progress.count(solution);
      boolean ended = rounds.search(solution, progress.limited());
      if (ended || progress.limited()) {
        solution.weights().blocks().forEach(block -> pool.keep(block.pattern()));
        Solution last = solution.withWeights(pool.placed(solution.weights()));
        return progress.limited() ? cut(last, settings, progress) : last;
      }
    }
  }

  /** One solve: its neurons, its working set of patterns, and how hard to look. */
  private final class Rounds {
    private final double lambda;
    private final double tolerance;
    private final double floor;
    private final Set<Integer> working = new LinkedHashSet<>();
    private BlockWeights network;
    private List<PatternCandidate> violators = List.of();
    private final Effort last;
    private Effort effort = Effort.GLANCE;
    private double target;

    Rounds(double lambda, Settings settings, BlockWeights start, List<PatternCandidate> found) {
      this.lambda = lambda;
      this.tolerance = settings.tolerance();
      this.floor = LAST * tolerance;
      this.last = Effort.last(problem, tolerance);
      this.target = Math.max(floor, start.size() > 0 ? WARM : FIRST);
      this.network = pool.pooled(start.compact());
      if (start.size() == 0 || problem.model() == Model.GATED) {
        working.addAll(pool.kept());
      }
      join(network);
      this.violators = best(found, SMALLEST_BATCH);
    }

    private void join(BlockWeights weights) {
      working.addAll(patterns(weights));
    }

    private Set<Integer> patterns(BlockWeights weights) {
      Set<Integer> patterns = new LinkedHashSet<>();
      weights.blocks().forEach(block -> patterns.add(block.pattern()));
      return patterns;
    }

    /** Moves the neurons and solves the program over their patterns and the violators'. */
    Solution next(Progress progress) {
      violators.forEach(violator -> working.add(pool.add(violator.gate(), violator.bits())));
      if (problem.model() == Model.RELU) {
        double gap = searched == null ? WARM : searched.searchedGap();
        long begin = System.nanoTime();
        MovingNeurons.Moved moved =
            neurons.move(lambda, network, violators, gap, tolerance, progress::limited);
        seconds = seconds.plusSliding(begin);
        if (moved.improved()) {
          working.removeAll(patterns(network));
        }
        Set<Integer> patterns = patterns(moved.blocks());
        patterns.addAll(working);
        network = hasRoom(patterns) ? moved.blocks() : network;
      }
      join(network);
      return restricted(lambda, progress.remaining(target), network, List.copyOf(working));
    }

    private boolean hasRoom(Set<Integer> patterns) {
      boolean room = patterns.size() <= limit;
      limitReached |= !room;
      return room;
    }

    /**
     * Looks for violators of a solution; whether the solve ends with it.
     *
     * @param limited whether there is no time for another round
     */
    boolean search(Solution solution, boolean limited) {
      network = solution.weights();
      double[] u = certifier.residual(network);
      while (true) {
        SearchStarts from = starts(network, effort);
        List<PatternCandidate> found = violators(u, from);
        searched = SearchEvidence.of(problem, solution, found);
        listener.accept(new Round(working.size(), solution, searched));
        boolean within = searched.searchedGap() <= tolerance;
        if (limited || (within && effort == last)) {
          return true;
        }
        int wanted = Math.max(SMALLEST_BATCH, from.anchors().rows());
        violators = within ? List.of() : best(found, wanted);
        if (!violators.isEmpty()) {
          target = Math.max(floor, EARLY * searched.searchedGap());
          boolean few = violators.size() < wanted / 2 && effort != last;
          effort = few ? effort.more() : effort;
          break;
        }
        boolean coarse = !within && solution.certificate().relativeGap() > 0.5 * tolerance;
        if (coarse || (!within && effort == last)) {
          if (target <= floor && effort == last) {
            return true;
          }
          if (target > floor) {
            target = Math.max(floor, FINER * target);
            break;
          }
        }
        effort = last;
      }
      if (problem.model() == Model.RELU) {
        working.clear();
      }
      join(network);
      return false;
    }

    /** The best violators that are not in the program, one a ray, as many as there is room for. */
    private List<PatternCandidate> best(List<PatternCandidate> found, int most) {
      List<PatternCandidate> chosen = new ArrayList<>();
      List<double[]> rays = new ArrayList<>();
      Set<BitSet> joining = new HashSet<>();
      for (PatternCandidate violator : found) {
        if (chosen.size() == most || violator.norm() <= lambda) {
          break;
        }
        double[] direction = problem.coordinates().unitCoordinates(violator.gate());
        BitSet pattern = BitSet.valueOf(violator.bits());
        boolean outside = !pattern.isEmpty() && !working.contains(pool.number(violator.bits()));
        if (outside && SearchStarts.isNew(direction, rays)) {
          joining.add(pattern); // perhaps of the other sign already
          if (working.size() + joining.size() > limit) {
            limitReached = true;
            break;
          }
          chosen.add(violator);
        }
      }
      return chosen;
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
   * Keeps the patterns of largest norm at the residual of zero that a search finds, so that their
   * lambda_max is about that of all patterns: a path that starts there starts at zero.
   */
  public void gatherFirst() {
    SearchStarts from = starts(BlockWeights.zero(problem.d()), Effort.FULL);
    List<double[]> rays = new ArrayList<>();
    for (PatternCandidate found : violators(problem.zeroResidual(), from)) {
      if (rays.size() < SMALLEST_BATCH
          && pool.kept().size() < limit
          && SearchStarts.isNew(problem.coordinates().unitCoordinates(found.gate()), rays)) {
        pool.keep(pool.add(found.gate(), found.bits()));
      }
    }
  }

  /** What the last search of the last solve has found. */
  public SearchEvidence searched() {
    return searched;
  }

  private List<PatternCandidate> violators(double[] u, SearchStarts from) {
    long begin = System.nanoTime();
    List<PatternCandidate> found = search.search(u, from);
    seconds = seconds.plusSearching(begin);
    return found;
  }

  /** Wall seconds of all solves so far. */
  public GenerationSeconds seconds() {
    return seconds;
  }

  /** Whether patterns had to be left out at some lambda, because there was no room for them. */
  public boolean limitReached() {
    return limitReached;
  }

  /** The gates of the patterns that stay, a gate a row, in the order in which they came. */
  public Matrix gates() {
    return pool.keptGates();
  }

  /** P, the number of patterns that stay. */
  public int count() {
    return pool.kept().size();
  }

  private SearchStarts starts(BlockWeights weights, Effort effort) {
    long own = Seeds.derive(seed, "pattern search", searches++);
    return SearchStarts.around(
        problem.coordinates(), weights, problem.model(), pool::gate, own, starts, effort);
  }

  private Solution restricted(
      double lambda, Settings settings, BlockWeights start, List<Integer> working) {
    long begin = System.nanoTime();
    Map<Integer, Integer> position = new HashMap<>();
    working.forEach(pattern -> position.put(pattern, position.size()));
    int held = working.size();
    ConvexProgram program = new ConvexProgram(problem, pool.patterns(working));
    Solution solution =
        new Solver(problem, new Pricer(program))
            .solve(
                lambda, settings, start.relabel(b -> b.numbered(position.get(b.pattern()), held)));
    seconds = seconds.plusSolving(begin);
    return solution.withWeights(
        solution.weights().relabel(b -> pool.block(working.get(b.pattern()), b.sign())));
  }
}
