package org.relupath.core.solve.rows.gated;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.rows.RowSample;
import org.relupath.core.program.search.GlobalBound;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.rows.RowSolution;

/**
 * Solves the gated program for a whole grid of lambdas over rows that are elsewhere, in few passes.
 *
 * <ol>
 *   <li>A pass at w = 0 gives c_0 = Z'y, which fixes lambda_max; rows are drawn for a {@link
 *       SampledModel}.
 *   <li>The model is solved for every lambda, its gates priced on the sample.
 *   <li>One exact pass evaluates the weights of all unfinished lambdas. It certifies them (the
 *       bound is over all gates), finds violators, and corrects the model: every later model is
 *       exact on what was seen.
 *   <li>The model is solved again around each lambda's last point, until every lambda is certified.
 * </ol>
 *
 * <p>Nothing held here grows with the number of rows n.
 */
public final class RowPathSolver {
  /** Rounds of solving and pricing on the sample before the first exact pass. */
  private static final int SAMPLE_ROUNDS = 6;

  /** Gates that a lambda adds at once at least; where more are active, half as many as those. */
  private static final int ADDED = 20;

  /** Evaluated points that correct the model at most, over all lambdas. */
  private static final int SECANTS = 200;

  /** Numbers that they hold at most, P x d each: 1 GB. */
  private static final long MOST_KEPT = 1L << 27;

  /** Models of sampled rows are not worth solving further than this. */
  private static final double ROUGH = 1e-3;

  /** A model is solved to this part of the gap that is to be closed. */
  private static final double SHARE = 1e-2;

  /** A pass gets on where the largest gap falls below this part of the smallest one so far. */
  private static final double PROGRESS = 0.9;

  /** Passes in a row that need not get on before the solver stops. */
  private static final int MOST_STALLED = 5;

  private final RowPasses rows;
  private final Settings settings;
  private final Evaluation zero;
  private final double sigma;
  private final SampledModel model;
  private final long began = System.nanoTime();
  private int passes;
  private double smallestGap = Double.POSITIVE_INFINITY;
  private int stalled;

  /**
   * How far a solve is after an exact pass.
   *
   * @param passes how many there were, that at w = 0 included
   * @param certified lambdas that have reached the tolerance
   * @param largestGap of all lambdas
   * @param workingSet gates that the model holds
   */
  public record Progress(int passes, int certified, double largestGap, int workingSet) {}

  /**
   * Looks at the rows: a pass at w = 0, X'X, and a sample.
   *
   * @param rows the rows
   * @param settings the gap to reach; iterations are passes; the time limit is for the whole grid
   * @param sampleRows rows of the sample on average, about ten a dimension of the active blocks
   * @param seed of the sample
   */
  public RowPathSolver(RowPasses rows, Settings settings, int sampleRows, long seed) {
    this.rows = rows;
    this.settings = settings;
    BlockWeights none = BlockWeights.zero(rows.columns());
    this.zero = Evaluation.of(none, rows.sums(List.of(none)), 0);
    this.passes = 1;
    double[] gram = rows.gram();
    this.sigma = GlobalBound.sigma(rows.columns(), gram);
    RowSample sample = new RowSample(rows.rows(), gram, sampleRows, seed);
    boolean complete = sampleRows >= rows.rows();
    int kept = keptPoints(rows.gates(), rows.columns());
    this.model = new SampledModel(rows.draw(sample), complete, zero, kept);
  }

  /**
   * Evaluated points that correct the model, the last ones: 200, or as many as hold 1 GB, each with
   * the correlations of all gates.
   *
   * @param gates P
   * @param columns d
   */
  public static int keptPoints(int gates, int columns) {
    long own = Math.max(1, (long) gates * columns);
    return (int) Math.max(1, Math.min(SECANTS, MOST_KEPT / own));
  }

  /** max_b ||Z_b'y||: from it on the solution is zero. */
  public double lambdaMax() {
    return zero.maxNorm();
  }

  /** Exact passes over all rows and gates so far. */
  public int passes() {
    return passes;
  }

  /**
   * Solves a grid.
   *
   * @param lambdas decreasing, positive
   * @param listener receives the progress of each pass
   * @return for each lambda its solution; {@link Solution#iterations} are the passes it took part
   *     in
   */
  public List<RowSolution> solve(double[] lambdas, Consumer<Progress> listener) {
    List<GridPoint> grid = new ArrayList<>();
    for (int k = 0; k < lambdas.length; k++) {
      if (!(lambdas[k] > 0) || (k > 0 && !(lambdas[k] < lambdas[k - 1]))) {
        throw new IllegalArgumentException("lambdas must decrease strictly and be positive");
      }
      grid.add(new GridPoint(lambdas[k], zero));
    }
    predict(open(grid));
    while (!open(grid).isEmpty() && !exhausted()) {
      List<GridPoint> open = open(grid);
      evaluate(open);
      open = open(grid);
      Progress progress = progress(grid, open);
      listener.accept(progress);
      watch(progress.largestGap());
      correct(open);
    }
    double share = seconds() / grid.size();
    return grid.stream().map(point -> solution(point, share)).toList();
  }

  private List<GridPoint> open(List<GridPoint> grid) {
    return grid.stream().filter(p -> p.relativeGap() > settings.tolerance()).toList();
  }

  private boolean exhausted() {
    return passes >= settings.maxIterations() || stalled >= MOST_STALLED || outOfTime();
  }

  /** Counts passes that do not get on: rounding, or a working set without room, ends them. */
  private void watch(double gap) {
    stalled = gap < PROGRESS * smallestGap ? 0 : stalled + 1;
    smallestGap = Math.min(smallestGap, gap);
  }

  private boolean outOfTime() {
    return seconds() > settings.timeLimitSeconds();
  }

  private double seconds() {
    return (System.nanoTime() - began) * 1e-9;
  }

  /** Solves the model of the sample on a growing working set, until none of its gates violates. */
  private void predict(List<GridPoint> open) {
    List<GridPoint> left = open;
    List<double[]> prices = left.stream().map(p -> zero.correlations()).toList();
    for (int round = 0; round < SAMPLE_ROUNDS; round++) {
      left = grow(left, prices);
      if (left.isEmpty()) {
        break;
      }
      solve(left, ROUGH);
      if (round + 1 < SAMPLE_ROUNDS) {
        prices = model.prices(zero, left.stream().map(GridPoint::candidate).toList());
      }
    }
  }

  /** Adds the violators of each point; the points that had any. */
  private List<GridPoint> grow(List<GridPoint> points, List<double[]> prices) {
    Set<Integer> wanted = new LinkedHashSet<>();
    List<GridPoint> violated = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      GridPoint point = points.get(i);
      int most = Math.max(ADDED, point.candidate().size() / 2);
      List<Integer> own = model.violators(prices.get(i), point.lambda(), most);
      wanted.addAll(own);
      if (!own.isEmpty()) {
        violated.add(point);
      }
    }
    model.grow(wanted);
    return violated;
  }

  /** Solves the model at each point, started from its own weights or those of the one before. */
  private void solve(List<GridPoint> points, double roughest) {
    BlockWeights before = null;
    for (GridPoint point : points) {
      double tolerance = Math.min(roughest, SHARE * Math.max(point.relativeGap(), 1e-13));
      tolerance = Math.max(tolerance, SHARE * settings.tolerance());
      boolean fresh = point.candidate().size() == 0 && before != null;
      BlockWeights start = fresh ? before : point.candidate();
      point.propose(model.solve(point.anchor(), point.lambda(), start, tolerance));
      before = point.candidate();
    }
  }

  /** One exact pass at the candidates of all points, or several where too much would come back. */
  private void evaluate(List<GridPoint> open) {
    long own = (long) rows.gates() * rows.columns();
    int together = (int) Math.max(1, Math.min(open.size(), RowPasses.MOST_NUMBERS / own));
    for (int from = 0; from < open.size(); from += together) {
      List<GridPoint> points = open.subList(from, Math.min(open.size(), from + together));
      var sums = rows.sums(points.stream().map(GridPoint::candidate).toList());
      passes++;
      for (int l = 0; l < points.size(); l++) {
        Evaluation found = Evaluation.of(points.get(l).candidate(), sums, l);
        points.get(l).evaluated(found);
        model.learn(found);
      }
    }
  }

  private void correct(List<GridPoint> open) {
    if (!open.isEmpty()) {
      grow(open, open.stream().map(p -> p.anchor().correlations()).toList());
      solve(open, ROUGH);
    }
  }

  private Progress progress(List<GridPoint> grid, List<GridPoint> open) {
    double gap = grid.stream().mapToDouble(GridPoint::relativeGap).max().orElse(0);
    return new Progress(passes, grid.size() - open.size(), gap, model.size());
  }

  private RowSolution solution(GridPoint point, double seconds) {
    Solution solution = point.solution(settings, outOfTime(), model.newtonSteps(), seconds);
    double lowerBound =
        Math.max(
            zero.dualOfAllPatterns(point.lambda(), sigma),
            point.best().dualOfAllPatterns(point.lambda(), sigma));
    return new RowSolution(solution, point.best().agreeing(), point.best().norms(), lowerBound);
  }
}
