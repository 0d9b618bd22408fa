package org.relupath.core.solve.rows.relu;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.rows.RowSample;
import org.relupath.core.program.search.SearchStarts;
import org.relupath.core.program.search.SearchStarts.Effort;
import org.relupath.core.solve.slide.Descent;

/**
 * A sample of rows that are elsewhere, half by leverage and half uniform, scaled so that its sums
 * are about those of all rows: where networks start from and where searches of all rows begin.
 */
final class SampledRows {
  /** Rows on average. */
  private static final int ROWS = 8192;

  /** A network on the sample has come near enough at this gap. */
  private static final double ROUGH = 1e-3;

  /** Or if a round lowers its objective by less than this part. */
  private static final double SLOW = 1e-4;

  private static final int ROUNDS = 12;

  /** Descent on the sample: steps are cheap. */
  private static final Descent.Limits LIMITS = new Descent.Limits(60, 0.02 * ROUGH, 3, 1e-3);

  /** Steps of a climb that all starts are given, and then the best. */
  private static final int FIRST_STEPS = 2;

  private static final int STEPS = 10;

  /** Climbers that go on after the first steps, beside three for each neuron. */
  private static final int BEST = 64;

  /** A climb on the sample ends where a step gains less than this part. */
  private static final double GROWTH = 1e-3;

  /** Directions found on the sample that climb on all rows, beside as many as there are neurons. */
  private static final int FINDS = 48;

  /** Random directions that do. */
  private static final int RANDOM = 16;

  /** Directions near each neuron that do. */
  private static final int COPIES = 3;

  private final RowBlock sample;
  private final Whitening whitening;
  private final MovingNetworks passes;
  private final ReluRowSolver.Search search;
  private long searches;

  /**
   * Draws a sample, by one pass.
   *
   * @param gram X'X
   */
  SampledRows(RowPasses rows, double[] gram, ReluRowSolver.Search search) {
    long seed = Seeds.derive(search.seed(), "search rows", 0);
    this.sample = rows.draw(new RowSample(rows.rows(), gram, ROWS, seed));
    this.passes = new MovingNetworks(new LocalRows(List.of(sample), 0));
    this.search = search;
    // The sample has all digits, X'X only half of them; but a sample may lack a direction.
    Whitening ofSample = Whitening.of(sample.x());
    Whitening ofAll = Whitening.ofGram(gram, rows.rows());
    this.whitening = ofSample.rank() < ofAll.rank() ? ofAll : ofSample;
  }

  /** The coordinates of searches. */
  Whitening whitening() {
    return whitening;
  }

  /** Lets violators of a network join it as neurons, at most so many; whether any have. */
  boolean join(MovingNetwork network, int most) {
    return network.join(most, sample.x(), whitening);
  }

  /**
   * Solves for a network on the sample, roughly.
   *
   * @param network where to start, which it changes
   * @param most neurons at most
   * @param exhausted whether a limit has been hit
   */
  void solve(MovingNetwork network, int most, BooleanSupplier exhausted) {
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS && !exhausted.getAsBoolean(); round++) {
      passes.slide(List.of(network), LIMITS, false, exhausted);
      look(network, Effort.FULL, exhausted);
      boolean slow = network.objective() > (1 - SLOW) * before;
      if (slow || network.gap() <= ROUGH || !join(network, most - network.width())) {
        break;
      }
      before = network.objective();
    }
  }

  /** Looks for large directions at a network's residual on the sample. */
  private void look(MovingNetwork network, Effort effort, BooleanSupplier exhausted) {
    BlockWeights w = network.weights();
    SearchStarts starts =
        SearchStarts.around(whitening, w, Model.RELU, w::weights, seed(), search.starts(), effort);
    DirectionClimb climb = new DirectionClimb(whitening, GROWTH);
    for (int i = 0; i < starts.count(); i++) {
      startBoth(climb, starts.start(whitening, sample.x(), i));
    }
    for (int j = 0; j < w.size(); j++) {
      double[] reflection = w.weights(j);
      Vectors.scale(-1, reflection, 0, reflection.length);
      startBoth(climb, reflection);
    }
    climb(network, climb, FIRST_STEPS, exhausted);
    climb.keep(BEST + 3 * w.size());
    climb(network, climb, STEPS, exhausted);
  }

  private void climb(
      MovingNetwork network, DirectionClimb climb, int steps, BooleanSupplier exhausted) {
    passes.climb(List.of(network), List.of(climb), steps, steps, own -> false, exhausted);
  }

  private static void startBoth(DirectionClimb climb, double[] w) {
    climb.start(w, 1);
    climb.start(w, -1);
  }

  private long seed() {
    return Seeds.derive(search.seed(), "pattern search", searches++);
  }

  /**
   * Where to climb from on all rows, at a network's residual: what is large on the sample, the
   * neurons and what is near them, and a few random directions.
   *
   * @param growth a step that climbs by less than this part is the last one of its start
   * @param exhausted whether a limit has been hit: a step of each climb is taken all the same
   */
  DirectionClimb starts(MovingNetwork network, double growth, BooleanSupplier exhausted) {
    BlockWeights w = network.weights();
    MovingNetwork here = new MovingNetwork(network.lambda(), w);
    look(here, Effort.THOROUGH, exhausted);
    DirectionClimb climb = new DirectionClimb(whitening, growth);
    here.found().stream().limit(FINDS + w.size()).forEach(c -> climb.start(c.w(), c.sign()));
    Matrix anchors = new Matrix(w.size(), w.d(), Arrays.copyOf(w.values(), w.values().length));
    SearchStarts starts = new SearchStarts(seed(), RANDOM, 0, anchors, COPIES, false);
    for (int i = 0; i < starts.count(); i++) {
      double[] start = starts.start(whitening, sample.x(), i);
      if (i < RANDOM) {
        startBoth(climb, start);
      } else {
        climb.start(start, w.blocks().get((i - RANDOM) % w.size()).sign());
      }
    }
    return climb;
  }
}
