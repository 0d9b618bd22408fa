package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.ClimbPass;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.search.SearchStarts;

/**
 * Looks among all patterns of rows elsewhere for those with a large ||Proj_K(s X' D u)||, which is
 * at least h(w) / ||w||, h(w) = s u'(X w)_+, for every w in K: all starts climb h on the unit
 * sphere together, a pass a step. From w a step goes towards grad h(w) = s X' D(w) u, which a local
 * maximum is a multiple of, the whole way at first; a step that does not climb is cut to a quarter.
 * How far a step goes, and what is close, is measured in coordinates where X'X = n I. It proves
 * nothing: what it does not find may exist.
 */
final class DirectionClimb {
  /** Steps of a thorough search, and of one whose finds later searches will climb on from. */
  private static final int STEPS = 12;

  /** Steps of a climb that only looks for the most promising directions. */
  private static final int FEW_STEPS = 6;

  /** Starts that end up this close to a better one go on as one with it. */
  private static final double ALIKE = 1 - 1e-4;

  /** A climb ends below this share of the way to the gradient's direction. */
  private static final double SMALLEST_STEP = 1e-2;

  /** Steps that all starts are given before only the best go on. */
  private static final int ALL = 2;

  /** Share of the climbers that goes on after the first steps. */
  private static final double BEST = 0.25;

  private final RowPasses rows;
  private final Whitening whitening;
  private int passes;

  DirectionClimb(RowPasses rows, Whitening whitening) {
    this.rows = rows;
    this.whitening = whitening;
  }

  /** Passes so far. */
  int passes() {
    return passes;
  }

  /**
   * A direction found.
   *
   * @param w of length one
   * @param z its coordinates, of length one
   * @param sign s
   * @param value h(w) &lt;= ||Proj_K(s X' D(w) u)||
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by value
  record Climbed(double[] w, double[] z, int sign, double value) {}

  /** One start on its way. */
  private final class Climber {
    private final int sign;
    private final int start;
    private double[] w;

    /** The coordinates of w, of length one. */
    private double[] z;

    private double[] gradient;
    private double value = Double.NEGATIVE_INFINITY;
    private double[] candidate;
    private double step = 1;

    Climber(int start, int sign, double[] w) {
      this.start = start;
      this.sign = sign;
      this.candidate = w;
    }

    void take(double[] found, double growth) {
      double reached = Vectors.dot(found, candidate);
      if (reached > value) {
        boolean grown = gradient == null || reached > value + growth * Math.abs(value);
        step = grown ? Math.min(1, 2 * step) : 0;
        w = candidate;
        z = whitening.unitCoordinates(w);
        gradient = found;
        value = reached;
      } else {
        step /= 4;
      }
      aim();
    }

    /** The point at {@code step} of the way from w to the gradient's direction. */
    private void aim() {
      double length = Vectors.norm(whitening.coordinates(gradient));
      double own = Vectors.norm(whitening.coordinates(w));
      double[] to = w.clone();
      Vectors.scale(own > 0 ? (1 - step) / own : 0, to, 0, to.length);
      Vectors.axpy(length > 0 ? step / length : 0, gradient, 0, to, 0, to.length);
      double norm = Vectors.norm(to);
      step = length > 0 && norm > 0 ? step : 0;
      Vectors.scale(norm > 0 ? 1 / norm : 0, to, 0, to.length);
      candidate = to;
    }

    boolean climbs() {
      return step >= SMALLEST_STEP;
    }
  }

  /**
   * Searches.
   *
   * @param weights of the network whose residual is meant
   * @param starts where to climb from
   * @param sample rows that starts may take their directions from
   * @param growth a step that climbs by less than this part is the last one of its start
   * @param exhausted whether a limit has been hit: the first step is the last one then
   * @return where the climbs ended, the largest value first
   */
  List<Climbed> search(
      BlockWeights weights,
      SearchStarts starts,
      Matrix sample,
      double growth,
      BooleanSupplier exhausted) {
    List<Climber> climbers = new ArrayList<>();
    for (int i = 0; i < starts.count(); i++) {
      double[] w = starts.start(whitening, sample, i);
      if (Vectors.norm(w) > 0) {
        climbers.add(new Climber(i, 1, w));
        climbers.add(new Climber(i, -1, w));
      }
    }
    int steps = starts.thorough() ? STEPS : FEW_STEPS;
    for (int step = 0; step < steps; step++) {
      List<Climber> moving = climbers.stream().filter(Climber::climbs).toList();
      if (moving.isEmpty() || (step > 0 && exhausted.getAsBoolean())) {
        break;
      }
      advance(weights, moving, growth);
      climbers = distinct(climbers);
      if (step + 1 == ALL && !starts.thorough()) {
        int kept = Math.max(2 * SearchStarts.CHUNK, (int) (BEST * climbers.size()));
        climbers = climbers.subList(0, Math.min(kept, climbers.size()));
      }
    }
    return climbers.stream().map(c -> new Climbed(c.w, c.z, c.sign, c.value)).toList();
  }

  private void advance(BlockWeights weights, List<Climber> moving, double growth) {
    int d = rows.columns();
    Matrix directions = Matrix.zeros(moving.size(), d);
    int[] signs = new int[moving.size()];
    for (int j = 0; j < signs.length; j++) {
      System.arraycopy(moving.get(j).candidate, 0, directions.values(), j * d, d);
      signs[j] = moving.get(j).sign;
    }
    double[] gradients = rows.ask(new ClimbPass(weights, directions, signs));
    passes++;
    for (int j = 0; j < signs.length; j++) {
      double[] own = new double[d];
      System.arraycopy(gradients, j * d, own, 0, d);
      moving.get(j).take(own, growth);
    }
  }

  /** The best of each direction and sign, the largest value first. */
  private static List<Climber> distinct(List<Climber> climbers) {
    List<Climber> sorted = new ArrayList<>(climbers);
    sorted.sort(
        Comparator.comparingDouble((Climber c) -> -c.value)
            .thenComparingInt(c -> c.start)
            .thenComparingInt(c -> -c.sign));
    List<Climber> kept = new ArrayList<>();
    for (Climber own : sorted) {
      boolean apart =
          kept.stream().noneMatch(c -> c.sign == own.sign && Vectors.dot(c.z, own.z) > ALIKE);
      if (apart) {
        kept.add(own);
      }
    }
    return kept;
  }
}
