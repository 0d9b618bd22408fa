package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.BorderPass;
import org.relupath.core.program.rows.BorderRows;
import org.relupath.core.program.rows.RowPasses;
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
 *   twice, and while the gap is far: violators join as neurons, and the neurons of each network
 *     move together over all rows
 *   repeat: settle each network near where it is ({@link BorderProgram}), until it stays there
 *   climb s u'(X w)_+ from many directions at once: the best above lambda are the violators
 * until the gap that the largest one would leave is within the tolerance
 * gather the patterns of all neurons
 * </pre>
 *
 * <p>At many rows a cone is hardly more than the ray of its gate, so that a neuron can move in the
 * network's own objective alone. That is rough on the scale of single rows: the rest is for convex
 * programs, over the patterns next to each neuron, for which the rows near their borders and sums
 * over all others are enough.
 */
final class RowGathering {
  /** Times that neurons move at first; and while the gap is far, up to so many. */
  private static final int FIRST_SLIDES = 2;

  private static final int SLIDES = 6;

  private static final double FAR = 5e-3;

  /** Steps of a slide, each a pass or two, and what part of one is too short to try. */
  private static final int SLIDE_STEPS = 8;

  private static final double SHORTEST = 0.05;

  /** A slide ends where a step gains less than this part of the objective. */
  private static final double GAIN = 2e-6;

  /** Rounds at most. */
  private static final int ROUNDS = 20;

  /** Times in a row that networks are settled before there is a search, each a pass. */
  private static final int SETTLEMENTS = 4;

  /** Steps of a climb at most, and before it may end as there are violators. */
  private static final int CLIMB_STEPS = 8;

  private static final int FEWEST_STEPS = 4;

  /** Climbs go on while a step gains this part of the gap that the search before has found. */
  private static final double CLIMB = 0.03;

  /** A climb ends where a step gains less than a share of its value between these two. */
  private static final double LARGEST_CLIMB = 1e-3;

  private static final double SMALLEST_CLIMB = 1e-6;

  private final RowPasses rows;
  private final double[] gram;
  private final PatternTable table;
  private final ReluRowSolver.Search search;
  private final MovingNetworks moving;
  private final SampledRows sample;
  private final int d;
  private int settlements;

  RowGathering(RowPasses rows, double[] gram, PatternTable table, ReluRowSolver.Search search) {
    this.rows = rows;
    this.gram = gram;
    this.table = table;
    this.search = search;
    this.d = rows.columns();
    this.sample = new SampledRows(rows, gram, search);
    this.moving = new MovingNetworks(rows);
  }

  /** Passes of networks so far, and one for the sample. */
  int passes() {
    return 1 + settlements + moving.passes();
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
    number(zero.violators().stream().map(Climbed::w).toList());
  }

  /**
   * Gathers what lambdas ask for.
   *
   * @param grid the largest lambda first; each point is left at about its optimum
   * @param exhausted whether a limit has been hit
   * @param listener receives every network that has been searched at
   * @return what the last search at each lambda has found; null where a limit has let none end, or
   *     has left a pattern of the network out
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
      slide(open.stream().filter(OneLambda::slides).toList(), exhausted);
      if (round > 0) {
        settle(open, exhausted);
      }
      open = searched(open, exhausted, listener);
    }
    gatherPatterns(all);
    List<SearchEvidence> evidence = new ArrayList<>();
    for (int k = 0; k < grid.size(); k++) {
      evidence.add(all.isEmpty() ? null : all.get(k).evidence);
    }
    return evidence;
  }

  /** A lambda's network, and where its program is to start. */
  private final class OneLambda {
    private final ConePoint point;
    private final MovingNetwork network;
    private SearchEvidence evidence;
    private int slides;

    OneLambda(ConePoint point, BlockWeights start) {
      this.point = point;
      this.network = new MovingNetwork(point.lambda(), start);
    }

    /** Whether its neurons are to move on all rows: at first, and while the gap is far. */
    boolean slides() {
      return slides < FIRST_SLIDES || (slides < SLIDES && network.gap() > FAR);
    }

    /** Lets violators join that are beside no neuron. */
    void join() {
      int most = Math.max(MovingNetwork.SMALLEST_BATCH, network.width());
      sample.join(network, Math.min(most, search.limit() - network.width()));
    }
  }

  private void slide(List<OneLambda> some, BooleanSupplier exhausted) {
    for (OneLambda own : some) {
      if (own.slides++ > 0) {
        own.join();
      }
    }
    Descent.Limits limits = new Descent.Limits(SLIDE_STEPS, GAIN, 1, SHORTEST);
    moving.slide(networks(some), limits, true, exhausted);
  }

  /** Settles networks near where they are, again and again those that do not stay there. */
  private void settle(List<OneLambda> some, BooleanSupplier exhausted) {
    List<OneLambda> going = some;
    for (int k = 0; k < SETTLEMENTS; k++) {
      List<OneLambda> moved = new ArrayList<>();
      List<OneLambda> few = going.stream().filter(own -> !borders(own).isEmpty()).toList();
      for (List<OneLambda> part :
          RowPasses.parts(few, RowPasses.MOST_NUMBERS, own -> borders(own).numbers())) {
        if (!exhausted.getAsBoolean()) {
          BorderRows.Question question =
              new BorderRows.Question(part.stream().map(this::borders).toList());
          settlements += question.passes();
          List<BorderRows> found = question.ask(rows, gram);
          for (int l = 0; l < part.size(); l++) {
            BorderProgram near = new BorderProgram(found.get(l), sample.whitening(), search);
            if (near.solve(part.get(l).network, exhausted)) {
              moved.add(part.get(l));
            }
          }
        }
      }
      going = moved;
    }
  }

  private BorderPass.Borders borders(OneLambda own) {
    return BorderProgram.borders(own.network, rows.rows(), gram);
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
        own -> own.gap() > search.tolerance() && own.finds(sample.whitening()),
        exhausted);
  }

  /** The numbers of the patterns of gates, which join the table, each of them unless it has one. */
  private int[] number(List<double[]> gates) {
    return gates.isEmpty() ? new int[0] : table.add(Matrix.ofRows(gates.toArray(double[][]::new)));
  }

  /** Makes the patterns of all neurons known: programs start from them. */
  private void gatherPatterns(List<OneLambda> all) {
    List<double[]> gates = new ArrayList<>();
    all.forEach(own -> gates.addAll(own.network.directions()));
    int[] numbers = number(gates);
    int at = 0;
    for (OneLambda own : all) {
      int[] mine = Arrays.copyOfRange(numbers, at, at + own.network.width());
      at += mine.length;
      own.point.start(own.network.numbered(mine, table.limit()));
      // A search at a network that is not in the table says nothing.
      own.evidence = Arrays.stream(mine).allMatch(number -> number >= 0) ? own.evidence : null;
    }
  }
}
