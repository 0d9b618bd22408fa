package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.rows.RowWeights;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.rows.relu.DirectionClimb.Climbed;
import org.relupath.core.solve.slide.Descent;

/**
 * Gathers patterns for a grid of lambdas, all of them by the same passes
 * (core/docs/solver.md#rows-that-are-elsewhere):
 *
 * <pre>
 * networks = about the optima on a sample of the rows
 * repeat
 *   twice, and while the gap is far:
 *     violators join as neurons; the neurons of each network move together over all rows
 *   else:
 *     gather the patterns of neurons and violators
 *     w = about the optimum over the patterns of the last network and the violators
 *   climb s u'(X w)_+ from many directions at once: the best above lambda are the violators
 * until the gap that the largest one would leave is within the tolerance
 * </pre>
 *
 * <p>At many rows a cone is hardly more than the ray of its gate, so that a neuron can move in the
 * network's own objective alone; the convex program then weighs neighbours, as the objective is
 * rough on the scale of single rows.
 */
final class RowGathering {
  /** Violators to take in after a search at most, where fewer neurons than that are active. */
  private static final int SMALLEST_BATCH = 10;

  /** Times that neurons move at first; and while the gap is far, up to so many. */
  private static final int FIRST_SLIDES = 2;

  private static final int SLIDES = 6;

  private static final double FAR = 5e-3;

  /** Steps of a slide, each a pass or two, and what part of one is too short to try. */
  private static final int SLIDE_STEPS = 8;

  private static final double SHORTEST = 0.05;

  /** A slide ends where a step gains less than this part of the objective. */
  private static final double GAIN = 2e-6;

  /** Rounds of programs at most. */
  private static final int ROUNDS = 40;

  /** Passes for one program at most: with these patterns it need not be certified. */
  private static final int MOST_PASSES = 12;

  /** Programs are solved to this part of the gap that a search has found, or of the tolerance. */
  private static final double EARLY = 0.05;

  private static final double LAST = 0.3;

  /** Steps of a climb at most, and before it may end as there are violators. */
  private static final int CLIMB_STEPS = 8;

  private static final int FEWEST_STEPS = 4;

  /** Climbs go on while a step gains this part of the gap that the search before has found. */
  private static final double CLIMB = 0.03;

  /** A climb ends where a step gains less than a share of its value between these two. */
  private static final double LARGEST_CLIMB = 1e-3;

  private static final double SMALLEST_CLIMB = 1e-6;

  private final PatternTable table;
  private final PatternProgram program;
  private final ReluRowSolver.Search search;
  private final MovingNetworks moving;
  private final SampledRows sample;
  private final int d;

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
    this.sample = new SampledRows(rows, gram, search);
    this.moving = new MovingNetworks(rows);
  }

  /** Passes of networks so far, and one for the sample. */
  int passes() {
    return 1 + moving.passes();
  }

  /** The rank of X in the coordinates of searches. */
  int rank() {
    return sample.whitening().rank();
  }

  /**
   * The patterns of largest norm at u = y that a full search finds. Some there are to be: it takes
   * a step, and makes patterns known, whatever the limits.
   */
  void first(BooleanSupplier exhausted) {
    MovingNetwork zero = new MovingNetwork(0, BlockWeights.zero(d));
    climb(List.of(zero), exhausted);
    number(zero.violators(SMALLEST_BATCH).stream().map(Climbed::w).toList());
  }

  /**
   * Gathers what lambdas ask for.
   *
   * @param grid the largest lambda first; each point is left at about its optimum
   * @param exhausted whether a limit has been hit
   * @param listener receives every network that has been searched at
   * @return what the last search at each lambda has found; null where a limit has let none end
   */
  List<SearchEvidence> gather(
      List<ConePoint> grid, BooleanSupplier exhausted, Consumer<MovingNetwork> listener) {
    List<OneLambda> all = new ArrayList<>();
    if (!exhausted.getAsBoolean()) {
      BlockWeights start = BlockWeights.zero(d);
      for (ConePoint point : grid) {
        OneLambda own = new OneLambda(point, start);
        if (!exhausted.getAsBoolean()) {
          sample.solve(own.network, search.limit(), exhausted);
        }
        start = own.network.weights();
        all.add(own);
      }
    }
    List<OneLambda> open = all;
    for (int round = 0; round < ROUNDS && !open.isEmpty() && !exhausted.getAsBoolean(); round++) {
      List<OneLambda> far = open.stream().filter(OneLambda::slides).toList();
      if (!far.isEmpty()) {
        slide(far, exhausted);
      } else if (gatherPatterns(open, true) || open.stream().anyMatch(own -> own.rough)) {
        approach(open, exhausted);
      } else {
        break;
      }
      List<OneLambda> moved = far.isEmpty() ? open : far;
      List<OneLambda> left = searched(moved, exhausted, listener);
      open = open.stream().filter(own -> left.contains(own) || !moved.contains(own)).toList();
    }
    gatherPatterns(all.stream().filter(own -> own.slid).toList(), false);
    List<SearchEvidence> evidence = new ArrayList<>();
    for (int k = 0; k < grid.size(); k++) {
      evidence.add(all.isEmpty() ? null : all.get(k).evidence);
    }
    return evidence;
  }

  /** A lambda's network, and where its program is. */
  private final class OneLambda {
    private final ConePoint point;
    private final MovingNetwork network;
    private SearchEvidence evidence;
    private int slides;

    /** Whether its neurons have moved since its program has known their patterns. */
    private boolean slid = true;

    /** Whether its program was not to be solved as finely as the tolerance asks for. */
    private boolean rough;

    OneLambda(ConePoint point, BlockWeights start) {
      this.point = point;
      this.network = new MovingNetwork(point.lambda(), start);
    }

    /** Violators that it may take in. */
    int room() {
      int most = Math.max(SMALLEST_BATCH, network.width());
      return Math.min(most, search.limit() - network.width());
    }

    /** Whether its neurons are to move, rather than its program to be solved. */
    boolean slides() {
      return slides < FIRST_SLIDES || (slides < SLIDES && network.gap() > FAR);
    }

    List<Climbed> violators(boolean any) {
      return any ? network.violators(Math.max(SMALLEST_BATCH, network.width())) : List.of();
    }

    double target() {
      return Math.max(LAST * search.tolerance(), EARLY * network.gap());
    }
  }

  private void slide(List<OneLambda> some, BooleanSupplier exhausted) {
    for (OneLambda own : some) {
      if (own.slides++ > 0) {
        sample.join(own.network, own.room());
      }
      own.slid = true;
    }
    Descent.Limits limits = new Descent.Limits(SLIDE_STEPS, GAIN, 1, SHORTEST);
    moving.slide(networks(some), limits, true, exhausted);
  }

  private static List<MovingNetwork> networks(List<OneLambda> some) {
    return some.stream().map(own -> own.network).toList();
  }

  /** Searches at networks; those at which the gap found is not within the tolerance. */
  private List<OneLambda> searched(
      List<OneLambda> some, BooleanSupplier exhausted, Consumer<MovingNetwork> listener) {
    if (some.isEmpty() || exhausted.getAsBoolean()) {
      return some;
    }
    climb(networks(some), exhausted);
    if (exhausted.getAsBoolean()) {
      // The search may have been cut short, and its best value bounds too little.
      return some;
    }
    some.forEach(own -> own.evidence = own.network.searched());
    networks(some).forEach(listener);
    return some.stream().filter(own -> own.network.gap() > search.tolerance()).toList();
  }

  /** Climbs at the residuals of networks until there are violators, or for long. */
  private void climb(List<MovingNetwork> networks, BooleanSupplier exhausted) {
    List<DirectionClimb> climbs = new ArrayList<>();
    for (MovingNetwork network : networks) {
      double growth = Math.max(SMALLEST_CLIMB, Math.min(LARGEST_CLIMB, CLIMB * network.gap()));
      climbs.add(sample.starts(network, growth, exhausted));
    }
    moving.climb(
        networks,
        climbs,
        FEWEST_STEPS,
        CLIMB_STEPS,
        own -> own.gap() > search.tolerance(),
        exhausted);
  }

  /** The numbers of the patterns of gates, which join the table, each of them unless it has one. */
  private int[] number(List<double[]> gates) {
    return gates.isEmpty() ? new int[0] : table.add(Matrix.ofRows(gates.toArray(double[][]::new)));
  }

  /**
   * Makes the patterns of neurons that have moved and of violators known, by one pass, and lets the
   * programs go on from them.
   *
   * @param violating whether to take in violators
   * @return whether any block is new to its program
   */
  private boolean gatherPatterns(List<OneLambda> some, boolean violating) {
    List<double[]> gates = new ArrayList<>();
    for (OneLambda own : some) {
      BlockWeights w = own.network.weights();
      for (int j = 0; own.slid && j < w.size(); j++) {
        double[] gate = w.weights(j);
        Vectors.scale(1 / Vectors.norm(gate), gate, 0, d);
        gates.add(gate);
      }
      own.violators(violating).forEach(c -> gates.add(c.w()));
    }
    int[] numbers = number(gates);
    int at = 0;
    boolean any = false;
    for (OneLambda own : some) {
      if (own.slid) {
        at = start(own, numbers, at);
        any = true;
      }
      own.point.restart(program.zero(own.point.lambda()));
      for (Climbed c : own.violators(violating)) {
        int pattern = numbers[at++];
        any |= pattern >= 0 && program.join(own.point, List.of(block(pattern, c.sign())));
      }
      own.slid = false;
    }
    return any;
  }

  /** Starts a program from neurons, whose patterns have numbers; the place behind them. */
  private int start(OneLambda own, int[] numbers, int from) {
    int at = from;
    BlockWeights w = own.network.weights();
    BlockWeights start = BlockWeights.zero(d);
    for (int j = 0; j < w.size(); j++, at++) {
      if (numbers[at] >= 0) {
        Block block = block(numbers[at], w.blocks().get(j).sign());
        start = start.combine(1, new BlockWeights(List.of(block), d, w.weights(j)), 1);
      }
    }
    own.point.start(start);
    return at;
  }

  private Block block(int pattern, int sign) {
    return RowWeights.block(pattern, sign, table.limit());
  }

  /** Solves the programs over the patterns so far, roughly: networks may leave their cones. */
  private void approach(List<OneLambda> open, BooleanSupplier exhausted) {
    open.forEach(own -> own.rough = own.target() > LAST * search.tolerance());
    List<OneLambda> going = open;
    for (int pass = 0; pass < MOST_PASSES && !going.isEmpty(); pass++) {
      List<OneLambda> solved =
          going.stream().filter(own -> program.solve(own.point, own.target(), exhausted)).toList();
      boolean more = program.evaluate(solved.stream().map(own -> own.point).toList(), exhausted);
      going = solved.stream().filter(own -> more && own.point.roughGap() > own.target()).toList();
    }
    open.forEach(own -> own.network.become(own.point.last().weights()));
  }
}
