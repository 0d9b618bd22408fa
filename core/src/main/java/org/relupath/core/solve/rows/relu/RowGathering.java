package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.rows.RowSample;
import org.relupath.core.program.rows.RowWeights;
import org.relupath.core.program.search.SearchStarts;
import org.relupath.core.program.search.SearchStarts.Effort;
import org.relupath.core.solve.SearchEvidence;

/**
 * Gathers patterns for one lambda after another, as {@link
 * org.relupath.core.solve.PatternGeneration} does for rows in memory:
 *
 * <pre>
 * repeat
 *   w = about the optimum over the patterns gathered so far;  u = y - sum_b s_b (X w_b)_+
 *   climb s u'(X w)_+ from many directions at once
 *   stop if the gap that the largest one found would leave is within the tolerance
 *   gather the best violators
 * </pre>
 *
 * <p>At many rows a cone is hardly more than the ray of its gate, so that a neuron can move only as
 * new patterns join. Climbs start also from the sums of active neurons that point nearly the same
 * way: what they would be as one.
 */
final class RowGathering {
  /** Violators to gather after a search at most, where fewer neurons than that are active. */
  private static final int SMALLEST_BATCH = 10;

  /** Programs are solved to this gap at first, and to this part of the gap that a search found. */
  private static final double FIRST = 1e-2;

  /** The next target of the gap, as a share of the gap, while patterns are still coming in. */
  private static final double EARLY = 0.05;

  /** Passes for one program at most: with these patterns it need not be certified. */
  private static final int MOST_PASSES = 12;

  /** Violators of a round are further apart than this: neighbours share what they would bring. */
  private static final double NEAR = 1 - 1e-3;

  /** Active neurons this close are also tried as one. */
  private static final double TOGETHER = 0.95;

  /** Climbs go on while a step gains this part of the gap that the search before has found. */
  private static final double CLIMB = 0.03;

  /** A climb ends where a step gains less than a share of its value between these two. */
  private static final double LARGEST_CLIMB = 1e-3;

  private static final double SMALLEST_CLIMB = 1e-6;

  /** Rows that starts take their directions from, on average. */
  private static final int SAMPLE = 1000;

  private final PatternTable table;
  private final PatternProgram program;
  private final ReluRowSolver.Search search;
  private final DirectionClimb climb;
  private final Matrix sample;
  private final Whitening whitening;
  private final int d;
  private long searches;

  RowGathering(
      RowPasses rows,
      double[] gram,
      PatternTable table,
      PatternProgram program,
      ReluRowSolver.Search search) {
    this.table = table;
    this.program = program;
    this.search = search;
    this.d = rows.columns();
    long seed = Seeds.derive(search.seed(), "search rows", 0);
    this.sample = rows.draw(new RowSample(rows.rows(), gram, SAMPLE, seed)).x();
    // The sample has all digits, X'X only half of them; but a sample may lack a direction.
    Whitening ofSample = Whitening.of(sample);
    Whitening ofAll = Whitening.ofGram(gram, rows.rows());
    this.whitening = ofSample.rank() < ofAll.rank() ? ofAll : ofSample;
    this.climb = new DirectionClimb(rows, whitening);
  }

  /** Passes of climbs so far, and one for the rows that they may start from. */
  int passes() {
    return 1 + climb.passes();
  }

  /** The rank of X in the coordinates of searches. */
  int rank() {
    return whitening.rank();
  }

  /**
   * The patterns of largest norm at u = y that a full search finds. Some there are to be: it takes
   * a step, and makes patterns known, whatever the limits.
   */
  void first(BooleanSupplier exhausted) {
    BlockWeights none = BlockWeights.zero(d);
    SearchStarts from = starts(none, Effort.FULL);
    gather(climb.search(none, from, sample, LARGEST_CLIMB, exhausted), 0, SMALLEST_BATCH);
  }

  /**
   * Gathers what a lambda asks for.
   *
   * @param point where to start, over the patterns there are; left at the last network
   * @param exhausted whether a limit has been hit
   * @param listener receives the gap that each search would leave
   * @return what the last search has found; null where a limit has let none come to its end
   */
  SearchEvidence gather(ConePoint point, BooleanSupplier exhausted, DoubleConsumer listener) {
    if (exhausted.getAsBoolean()) {
      return null;
    }
    SearchEvidence searched = null;
    double floor = search.tolerance();
    double target = Math.max(floor, point.candidate().size() > 0 ? FIRST * FIRST : FIRST);
    Effort effort = Effort.GLANCE;
    boolean last = false;
    double growth = LARGEST_CLIMB;
    while (true) {
      approach(point, target, exhausted);
      if (exhausted.getAsBoolean()) {
        return searched;
      }
      BlockWeights weights = point.last().weights();
      SearchStarts from = starts(weights, last ? Effort.THOROUGH : effort);
      List<DirectionClimb.Climbed> found = climb.search(weights, from, sample, growth, exhausted);
      if (exhausted.getAsBoolean()) {
        // The search may have been cut short, and its best value bounds too little.
        return searched;
      }
      double largest = found.isEmpty() ? 0 : Math.max(0, found.get(0).value());
      double gap = point.roughGap(largest);
      searched = new SearchEvidence(largest / point.lambda(), gap);
      listener.accept(gap);
      growth = Math.max(SMALLEST_CLIMB, Math.min(LARGEST_CLIMB, CLIMB * gap));
      boolean within = gap <= search.tolerance();
      if (within && last) {
        return searched;
      }
      int wanted = Math.max(SMALLEST_BATCH, weights.size());
      List<Block> gathered = within ? List.of() : gather(found, point.lambda(), wanted);
      boolean nothing = !within && gathered.isEmpty();
      boolean full = table.count() >= table.limit();
      if (nothing && target <= floor && (last || full)) {
        return searched;
      }
      last = within || (nothing && target <= floor);
      effort = gathered.size() < wanted ? effort.more() : effort;
      target = Math.max(floor, nothing ? 0.1 * target : EARLY * gap);
      if (!gathered.isEmpty()) {
        point.propose(weights, 0);
        point.restart(program.zero(point.lambda()));
        program.join(point, gathered);
      }
    }
  }

  /** Solves the program over the patterns so far, roughly: its network may leave its cones. */
  private void approach(ConePoint point, double target, BooleanSupplier exhausted) {
    program.grow(point);
    boolean more = true;
    for (int pass = 0; pass < MOST_PASSES && more; pass++) {
      more =
          program.solve(point, target, exhausted)
              && program.evaluate(List.of(point), exhausted)
              && point.roughGap() > target;
    }
  }

  private SearchStarts starts(BlockWeights weights, Effort effort) {
    long seed = Seeds.derive(search.seed(), "pattern search", searches++);
    SearchStarts own =
        SearchStarts.around(
            whitening, weights, Model.RELU, table::gate, seed, search.starts(), effort);
    List<double[]> anchors = new ArrayList<>(sums(weights));
    for (int i = 0; i < own.anchors().rows(); i++) {
      anchors.add(own.anchors().row(i));
    }
    Matrix all =
        anchors.isEmpty() ? own.anchors() : Matrix.ofRows(anchors.toArray(double[][]::new));
    return new SearchStarts(seed, own.random(), own.rows(), all, own.copies(), own.thorough());
  }

  /**
   * The sums of neurons of one sign that are close to the largest one left, if there are several.
   */
  private List<double[]> sums(BlockWeights weights) {
    List<Integer> left = new ArrayList<>();
    List<double[]> units = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      left.add(i);
      units.add(whitening.unitCoordinates(weights.weights(i)));
    }
    left.sort((i, j) -> Double.compare(weights.norm(j), weights.norm(i)));
    List<double[]> sums = new ArrayList<>();
    while (!left.isEmpty()) {
      int first = left.get(0);
      int sign = weights.blocks().get(first).sign();
      List<Integer> near =
          left.stream()
              .filter(i -> weights.blocks().get(i).sign() == sign)
              .filter(i -> i == first || Vectors.dot(units.get(first), units.get(i)) > TOGETHER)
              .toList();
      left.removeAll(near);
      if (near.size() > 1) {
        double[] sum = new double[weights.d()];
        near.forEach(i -> Vectors.axpy(1, weights.weights(i), 0, sum, 0, sum.length));
        sums.add(sum);
      }
    }
    return sums;
  }

  /** Adds the patterns of the best violators, by one pass: the blocks that are new. */
  private List<Block> gather(List<DirectionClimb.Climbed> found, double lambda, int most) {
    List<DirectionClimb.Climbed> chosen = new ArrayList<>();
    for (DirectionClimb.Climbed own : found) {
      if (chosen.size() < most
          && own.value() > lambda
          && chosen.stream().noneMatch(other -> near(other, own))) {
        chosen.add(own);
      }
    }
    if (chosen.isEmpty() || table.count() >= table.limit()) {
      return List.of();
    }
    int pattern = table.count();
    List<Block> blocks = new ArrayList<>();
    for (int i :
        table.add(
            Matrix.ofRows(
                chosen.stream().map(DirectionClimb.Climbed::w).toArray(double[][]::new)))) {
      blocks.add(RowWeights.block(pattern++, chosen.get(i).sign(), table.limit()));
    }
    return blocks;
  }

  private static boolean near(DirectionClimb.Climbed a, DirectionClimb.Climbed b) {
    return a.sign() == b.sign() && Vectors.dot(a.z(), b.z()) > NEAR;
  }
}
