package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.RayMerging;
import org.relupath.core.program.rows.BorderPass;
import org.relupath.core.program.rows.BorderRows;
import org.relupath.core.program.rows.RowWeights;
import org.relupath.core.solve.rows.relu.DirectionClimb.Climbed;

/**
 * Settles a network near where it is, on {@link BorderRows}, without a pass over all rows:
 *
 * <pre>
 * repeat
 *   climb s u'(X w)_+ from the neurons, and from what the last search over all rows has found
 *   w = about the optimum over the patterns of the network and of what is above lambda
 * until the gap that the largest one would leave is small
 * </pre>
 */
final class BorderProgram {
  /** Rows near borders that are wanted: twice a sample of rows. */
  private static final int ROWS = 16_384;

  /** Order of the products at most: they then take half a GB. */
  private static final int MOST_DIMENSIONS = 8000;

  /** Unit vectors this far apart have one centre. */
  private static final double ONE_CENTRE = 1e-3;

  /** So do a neuron and a violator of a larger cosine. */
  private static final double BESIDE = 1 - 1e-4;

  private static final int ROUNDS = 30;

  /** Programs are solved to this part of the gap that a climb has found. */
  private static final double EARLY = 0.05;

  /** The gap aimed at, as a part of the search's; a network this many times closer stays. */
  private static final double SHARE = 0.3;

  private static final double SETTLED = 3;

  /** Evaluations for one program at most: with these patterns it need not be certified. */
  private static final int MOST_EVALUATIONS = 12;

  private static final int CLIMB_STEPS = 30;

  /** A climb ends where a step gains less than this part. */
  private static final double GROWTH = 1e-9;

  private final Whitening whitening;
  private final PatternTable table;
  private final PatternProgram program;
  private final MovingNetworks moving;
  private final double target;

  BorderProgram(BorderRows rows, Whitening whitening, ReluRowSolver.Search search) {
    this.whitening = whitening;
    this.table = new PatternTable(rows, search.limit());
    this.program = new PatternProgram(rows, table, 0, rows.gram());
    this.moving = new MovingNetworks(rows);
    this.target = SHARE * search.tolerance();
  }

  /**
   * What rows are to be asked, around the neurons of a network and what a search has found beside
   * them; of no directions where there are too many neurons, or none.
   *
   * @param n rows
   * @param gram X'X
   */
  static BorderPass.Borders borders(MovingNetwork network, long n, double[] gram) {
    BlockWeights merged = RayMerging.merge(network.weights(), ONE_CENTRE);
    int d = merged.d();
    List<double[]> centres = new ArrayList<>();
    for (int j = 0; j < merged.size() && merged.size() * d <= MOST_DIMENSIONS; j++) {
      centres.add(merged.weights(j));
    }
    for (Climbed c : network.violators()) {
      boolean apart =
          centres.stream().noneMatch(v -> Vectors.dot(v, c.w()) > BESIDE * Vectors.norm(v));
      if (apart && !centres.isEmpty() && (centres.size() + 1) * d <= MOST_DIMENSIONS) {
        centres.add(c.w());
      }
    }
    Matrix directions =
        centres.isEmpty() ? Matrix.zeros(0, d) : Matrix.ofRows(centres.toArray(double[][]::new));
    return BorderRows.borders(directions, n, gram, ROWS);
  }

  /**
   * Settles a network, which it changes.
   *
   * @param exhausted whether a limit has been hit
   * @return whether the network was not settled before
   */
  boolean solve(MovingNetwork network, BooleanSupplier exhausted) {
    ConePoint point = new ConePoint(network.lambda(), program.zero(network.lambda()));
    climb(network, exhausted);
    boolean settled = network.gap() <= SETTLED * target;
    if (!settled) {
      int[] numbers = table.add(Matrix.ofRows(network.directions().toArray(double[][]::new)));
      point.start(network.numbered(numbers, table.limit()));
    }
    boolean more = !settled;
    for (int round = 0; round < ROUNDS && more && !exhausted.getAsBoolean(); round++) {
      more = join(point, network.violators()) || round == 0;
      if (more) {
        approach(point, Math.max(target, EARLY * network.gap()), exhausted);
        network.become(point.last().weights());
        climb(network, exhausted);
        more = network.gap() > target;
      }
    }
    return !settled;
  }

  /** Lets directions join a program as blocks; whether any is new. */
  private boolean join(ConePoint point, List<Climbed> directions) {
    double[][] gates = directions.stream().map(Climbed::w).toArray(double[][]::new);
    int[] numbers = gates.length == 0 ? new int[0] : table.add(Matrix.ofRows(gates));
    point.restart(program.zero(point.lambda()));
    boolean any = false;
    for (int i = 0; i < numbers.length; i++) {
      int sign = directions.get(i).sign();
      any |=
          numbers[i] >= 0
              && program.join(point, List.of(RowWeights.block(numbers[i], sign, table.limit())));
    }
    return any;
  }

  /** Solves the program over a point's blocks, roughly: the network may leave their cones. */
  private void approach(ConePoint point, double gap, BooleanSupplier exhausted) {
    boolean going = true;
    for (int i = 0; i < MOST_EVALUATIONS && going; i++) {
      going =
          program.solve(point, gap, exhausted)
              && program.evaluate(List.of(point), exhausted)
              && point.roughGap() > gap;
    }
  }

  private void climb(MovingNetwork network, BooleanSupplier exhausted) {
    DirectionClimb climb = new DirectionClimb(whitening, GROWTH);
    int[] signs = network.signs();
    for (int j = 0; j < signs.length; j++) {
      climb.start(network.weights().weights(j), signs[j]);
    }
    network.violators().forEach(c -> climb.start(c.w(), c.sign()));
    moving.climb(
        List.of(network), List.of(climb), CLIMB_STEPS, CLIMB_STEPS, own -> false, exhausted);
  }
}
