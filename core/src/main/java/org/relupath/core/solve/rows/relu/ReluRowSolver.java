package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.search.GlobalBound;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.rows.RowSolution;

/**
 * Solves C-ReLU for a grid of lambdas over rows that are elsewhere, with patterns that are given or
 * looked for among all of them (core/docs/solver.md#rows-that-are-elsewhere).
 *
 * <ol>
 *   <li>Patterns are gathered for all lambdas by the same passes ({@link RowGathering}): networks
 *       start from a sample of the rows, move over all rows, and take in what searches find.
 *   <li>All lambdas are then certified over all patterns gathered, together: every pass evaluates
 *       the networks of all unfinished ones, prices every block and generates rows of cones ({@link
 *       PatternProgram}).
 * </ol>
 *
 * <p>A certificate is over the patterns gathered and says nothing of others; {@link
 * RowSolution#lowerBound} holds for all networks. Nothing held here grows with the number of rows
 * n: a pattern costs 2 d numbers, some d^2 for the rows known of its cone, and d^2 for every other
 * pattern it is used with.
 */
public final class ReluRowSolver {
  /** Passes in a row that bring no row, no block and no smaller gap before the solver stops. */
  private static final int MOST_STALLED = 5;

  /** A pass that leaves more than this part of the largest gap counts as stalled. */
  private static final double PROGRESS = 0.9;

  /**
   * Of passes and time, what patterns are gathered in, and lambda_max is found; the rest is for
   * certificates.
   */
  private static final double GATHERING = 0.8;

  private final Settings settings;
  private final double sigma;
  private final PatternTable table;
  private final PatternProgram program;
  private final RowGathering gathering;
  private final long began = System.nanoTime();

  /**
   * How patterns are looked for.
   *
   * @param starts random directions and rows that a full search climbs from, each, beside the
   *     active neurons
   * @param tolerance the relative gap that the patterns found may leave
   * @param limit patterns at most
   * @param seed of every draw
   */
  public record Search(int starts, double tolerance, int limit, long seed) {

    /** Checks the ranges. */
    public Search {
      if (starts < 1 || limit < 1 || !(tolerance > 0)) {
        throw new IllegalArgumentException(
            "search with %d starts, limit %d and tolerance %s, expected all positive"
                .formatted(starts, limit, tolerance));
      }
    }
  }

  /**
   * How far a solve is.
   *
   * @param passes over all rows so far
   * @param patterns of the network at lambda; once all lambdas are certified together, of all
   * @param lambda patterns are gathered for; NaN once all are certified together
   * @param certified lambdas that have reached the tolerance
   * @param gap while patterns are gathered what they may leave by the last search, then the largest
   *     of all lambdas
   */
  public record Progress(int passes, int patterns, double lambda, int certified, double gap) {}

  /**
   * A solution and what searches at its lambda have found last.
   *
   * @param solution over all patterns gathered
   * @param searched at the residual that the lambda had when its patterns were gathered; null if
   *     there was no search
   */
  public record SearchedSolution(RowSolution solution, SearchEvidence searched) {}

  private ReluRowSolver(
      RowPasses rows, double center, Settings settings, PatternTable table, Search search) {
    this.settings = settings;
    this.table = table;
    double[] gram = rows.gram();
    this.sigma = GlobalBound.sigma(rows.columns(), gram);
    this.program = new PatternProgram(rows, table, center, gram);
    this.gathering = search == null ? null : new RowGathering(rows, gram, table, search);
  }

  /**
   * A solver over given patterns.
   *
   * @param rows the rows; their own gates are not used
   * @param center what was subtracted from the targets: a row agrees where f + center >= 0 exactly
   *     if y + center >= 0
   * @param settings the gap to reach; iterations are passes; the time limit is for the whole grid
   * @param gates a gate a row; equal patterns count once
   */
  public static ReluRowSolver of(RowPasses rows, double center, Settings settings, Matrix gates) {
    PatternTable table = new PatternTable(rows, Math.max(1, gates.rows()));
    table.add(gates);
    return new ReluRowSolver(rows, center, settings, table, null);
  }

  /** A solver over patterns looked for: the first are those of largest norm found at u = y. */
  public static ReluRowSolver searching(
      RowPasses rows, double center, Settings settings, Search search) {
    PatternTable table = new PatternTable(rows, search.limit());
    ReluRowSolver solver = new ReluRowSolver(rows, center, settings, table, search);
    solver.gathering.first(() -> solver.exhausted(GATHERING));
    return solver;
  }

  /**
   * max_b ||Proj_{K_b}(Z_b'y)|| over the patterns there are now; some passes at first. Where a
   * limit leaves too few of them it is an upper bound, see {@link #limited}.
   */
  public double lambdaMax() {
    return program.lambdaMax(() -> exhausted(GATHERING));
  }

  /** Whether the passes or the time that patterns and {@link #lambdaMax} are given are used up. */
  public boolean limited() {
    return exhausted(GATHERING);
  }

  /** The gates of the patterns so far, a gate a row. */
  public Matrix gates() {
    return table.gates();
  }

  /** The rank of X, as searches over all patterns have it; 0 where there are none. */
  public int searchRank() {
    return gathering == null ? 0 : gathering.rank();
  }

  /** Passes over all rows so far, of every kind: that for X'X, and all others. */
  public int passes() {
    int searches = gathering == null ? 0 : gathering.passes();
    return 1 + table.passes() + program.passes() + searches;
  }

  /**
   * Solves a grid.
   *
   * @param lambdas decreasing, positive
   * @param listener receives the progress of each search and of each pass with networks
   * @return for each lambda its solution over {@link #gates} as they then are; blocks are numbered
   *     as in a program of as many patterns
   */
  public List<SearchedSolution> solve(double[] lambdas, Consumer<Progress> listener) {
    List<ConePoint> grid = new ArrayList<>();
    for (int k = 0; k < lambdas.length; k++) {
      if (!(lambdas[k] > 0) || (k > 0 && !(lambdas[k] < lambdas[k - 1]))) {
        throw new IllegalArgumentException("lambdas must decrease strictly and be positive");
      }
      grid.add(new ConePoint(lambdas[k], program.zero(lambdas[k])));
    }
    List<SearchEvidence> searched = gathering == null ? null : gather(grid, listener);
    grid.forEach(point -> point.restart(program.zero(point.lambda())));
    certify(grid, listener);
    double share = seconds() / grid.size();
    List<SearchedSolution> found = new ArrayList<>();
    for (int k = 0; k < lambdas.length; k++) {
      found.add(
          new SearchedSolution(
              solution(grid.get(k), share), searched == null ? null : searched.get(k)));
    }
    return found;
  }

  private List<SearchEvidence> gather(List<ConePoint> grid, Consumer<Progress> listener) {
    return gathering.gather(
        grid,
        () -> exhausted(GATHERING),
        own -> listener.accept(new Progress(passes(), own.width(), own.lambda(), 0, own.gap())));
  }

  private void certify(List<ConePoint> grid, Consumer<Progress> listener) {
    List<ConePoint> open = open(grid);
    double smallest = Double.POSITIVE_INFINITY;
    int stalled = 0;
    // One round even if a limit is hit: weights without a certificate are worth nothing.
    for (boolean first = true;
        !open.isEmpty() && (first || !exhausted(1)) && stalled < MOST_STALLED;
        first = false) {
      propose(open);
      boolean more = program.evaluate(open, first ? () -> false : () -> exhausted(1));
      open = open(grid);
      double gap = grid.stream().mapToDouble(ConePoint::relativeGap).max().orElse(0);
      stalled = more || gap < PROGRESS * smallest ? 0 : stalled + 1;
      smallest = Math.min(smallest, gap);
      int certified = grid.size() - open.size();
      listener.accept(new Progress(passes(), table.count(), Double.NaN, certified, gap));
    }
  }

  /** Solves the programs of lambdas, as long as no limit is hit, the largest one first. */
  private void propose(List<ConePoint> open) {
    BlockWeights before = null;
    for (ConePoint point : open) {
      if (point.candidate().size() == 0 && before != null) {
        point.start(before);
      }
      if (point.candidate().size() == 0) {
        program.grow(point);
      }
      if (!outOfTime()) {
        program.solve(point, settings.tolerance(), () -> exhausted(1));
      }
      before = point.candidate();
    }
  }

  private List<ConePoint> open(List<ConePoint> grid) {
    return grid.stream().filter(p -> p.relativeGap() > settings.tolerance()).toList();
  }

  /** Whether a share of the passes or of the time is used up. */
  private boolean exhausted(double share) {
    return passes() >= share * settings.maxIterations()
        || seconds() > share * settings.timeLimitSeconds();
  }

  private boolean outOfTime() {
    return seconds() > settings.timeLimitSeconds();
  }

  private double seconds() {
    return (System.nanoTime() - began) * 1e-9;
  }

  private RowSolution solution(ConePoint point, double seconds) {
    Solution own = point.solution(settings, table, outOfTime(), seconds);
    int count = table.count();
    Solution numbered =
        new Solution(
            own.weights().relabel(block -> block.numbered(block.pattern(), count)),
            own.certificate(),
            own.status(),
            own.iterations(),
            own.newtonSteps(),
            own.seconds());
    double lambda = point.lambda();
    double lowerBound =
        Math.max(program.lowerBound(lambda, sigma), point.best().dualOfAllPatterns(lambda, sigma));
    return new RowSolution(numbered, point.best().agreeing(), point.best().norms(), lowerBound);
  }
}
