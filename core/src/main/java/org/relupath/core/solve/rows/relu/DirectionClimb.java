package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.ClimbPass;

/**
 * Looks among all patterns of rows elsewhere for those with a large ||Proj_K(s X' D u)||, which is
 * at least h(w) / ||w||, h(w) = s u'(X w)_+, for every w in K: all starts climb h on the unit
 * sphere together, a pass a step. From w a step goes towards grad h(w) = s X' D(w) u, which a local
 * maximum is a multiple of, the whole way at first; a step that does not climb is cut to a quarter.
 * How far a step goes, and what is close, is measured in coordinates where X'X = n I. It proves
 * nothing: what it does not find may exist.
 */
final class DirectionClimb {
  /** Climbers that come this close to a better one go on as one with it. */
  private static final double ALIKE = 1 - 1e-4;

  /** A climb ends below this share of the way to the gradient's direction. */
  private static final double SMALLEST_STEP = 1e-2;

  private final Whitening whitening;
  private final double growth;
  private List<Climber> climbers = new ArrayList<>();
  private List<Climber> moving = List.of();

  /**
   * A climb from no directions so far.
   *
   * @param growth a step that climbs by less than this part is the last one of its start
   */
  DirectionClimb(Whitening whitening, double growth) {
    this.whitening = whitening;
    this.growth = growth;
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

    void take(double[] found) {
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

  /** Adds a start of a sign, unless it is zero. */
  void start(double[] w, int sign) {
    double norm = Vectors.norm(w);
    if (norm > 0) {
      double[] unit = w.clone();
      Vectors.scale(1 / norm, unit, 0, unit.length);
      climbers.add(new Climber(climbers.size(), sign, unit));
    }
  }

  /** Whether any start goes on climbing. */
  boolean climbs() {
    return climbers.stream().anyMatch(Climber::climbs);
  }

  /** What the next pass is to be asked, of a network: the directions of those that climb. */
  ClimbPass.Climb ask(BlockWeights weights) {
    moving = climbers.stream().filter(Climber::climbs).toList();
    Matrix directions = Matrix.zeros(moving.size(), weights.d());
    int[] signs = new int[moving.size()];
    for (int j = 0; j < signs.length; j++) {
      System.arraycopy(
          moving.get(j).candidate, 0, directions.values(), j * weights.d(), weights.d());
      signs[j] = moving.get(j).sign;
    }
    return new ClimbPass.Climb(weights, directions, signs, new double[0]);
  }

  /** Takes the gradients that were asked for; climbers that meet go on as one. */
  void take(double[] gradients) {
    int d = moving.isEmpty() ? 0 : gradients.length / moving.size();
    for (int j = 0; j < moving.size(); j++) {
      double[] own = new double[d];
      System.arraycopy(gradients, j * d, own, 0, d);
      moving.get(j).take(own);
    }
    List<Climber> sorted = new ArrayList<>(climbers);
    sorted.sort(
        Comparator.comparingDouble((Climber c) -> -c.value)
            .thenComparingInt(c -> c.start)
            .thenComparingInt(c -> -c.sign));
    climbers = new ArrayList<>();
    for (Climber own : sorted) {
      boolean apart =
          climbers.stream().noneMatch(c -> c.sign == own.sign && Vectors.dot(c.z, own.z) > ALIKE);
      if (apart) {
        climbers.add(own);
      }
    }
  }

  /** Lets only the best go on, at most so many. */
  void keep(int most) {
    climbers = new ArrayList<>(climbers.subList(0, Math.min(most, climbers.size())));
  }

  /** Where climbs have come to, the largest value first. */
  List<Climbed> found() {
    return climbers.stream().map(c -> new Climbed(c.w, c.z, c.sign, c.value)).toList();
  }
}
