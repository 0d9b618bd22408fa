package org.relupath.core.program.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.relupath.core.data.Coordinates;
import org.relupath.core.data.Design;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Projector;

/**
 * The climb of C-GReLU, towards a gate g with a large ||c||, c = X' D(g) u.
 *
 * <p>Gates are z here, X g = Q z with Q'Q = n I. Along a great circle z cos t + h sin t each row is
 * active on one half, so all patterns on it are met by changing one row at a time, and ||c||^2
 * changes by (+-2 x_r'c + u_r x_r'x_r u_r) u_r: the best gate of the whole circle costs O(n d). The
 * circles go through the best gate so far towards c, towards sum_r u_r (x_r'c) q_r - the gate that
 * would activate what lengthens c - and towards random directions; the climb ends when none of a
 * few helps.
 *
 * <p>Only open cells are looked at: a gate on a border, with the rows on it active, is an exact
 * coincidence that a network in raw features does not keep.
 */
final class GateClimb implements PatternClimb {
  /** Circles of gates gone round at most. */
  private static final int CIRCLES = 40;

  /** Circles in a row without growth that end a climb. */
  private static final int PATIENCE = 5;

  /** A norm counts as larger from this factor on: rounding makes smaller ones. */
  private static final double GROWTH = 1 + 1e-10;

  /** Rows that change sides closer than this do so at once: no gate lies in between. */
  private static final double THIN = 1e-9;

  private static final double TURN = 2 * Math.PI;

  private final Design x;
  private final int n;
  private final int d;
  private final Coordinates whitening;
  private final int rank;

  /** Q, n x r. */
  private final Design q;

  private final PatternReader reader;
  private final double[] squares;
  private final Projector projector;
  private final double[] angle;
  private final long[] order;
  private final long leading;

  GateClimb(Problem problem) {
    this.x = problem.design();
    this.n = problem.n();
    this.d = problem.d();
    this.whitening = problem.coordinates();
    this.rank = whitening.rank();
    this.q = whitening.rows(x);
    this.reader = new PatternReader(problem.sides());
    this.squares = new double[n];
    this.projector = new Projector(problem);
    this.angle = new double[2 * n];
    this.order = new long[2 * n];
    this.leading = ~(2 * Long.highestOneBit(2L * n) - 1);
    for (int r = 0; r < n; r++) {
      squares[r] = x.square(r);
    }
  }

  @Override
  public List<PatternCandidate> climb(double[] u, SearchStarts starts, int chunk) {
    List<PatternCandidate> found = new ArrayList<>();
    int from = chunk * SearchStarts.CHUNK;
    int to = Math.min(from + SearchStarts.CHUNK, starts.count());
    for (int i = from; i < to; i++) {
      long stream = Seeds.derive(starts.seed(), "circle", i);
      found.add(climb(u, starts.start(whitening, x, i), new SplittableRandom(stream)));
    }
    return PatternCandidate.best(found, Integer.MAX_VALUE);
  }

  private PatternCandidate climb(double[] u, double[] start, SplittableRandom draw) {
    PatternCandidate best = found(u, start);
    int idle = 0;
    for (int circle = 0; circle < CIRCLES && idle < PATIENCE; circle++) {
      double[] c = correlation(u, best.bits());
      double[] z = whitening.unitCoordinates(best.gate());
      double[] h = direction(u, c, z, circle % 3, draw);
      double[] gate = h == null ? null : bestOn(u, c, z, h);
      PatternCandidate next = gate == null ? best : found(u, gate);
      idle = next.norm() > best.norm() * GROWTH ? 0 : idle + 1;
      best = idle == 0 ? next : best;
    }
    return best;
  }

  private PatternCandidate found(double[] u, double[] gate) {
    long[] bits = reader.pattern(gate);
    return new PatternCandidate(gate, bits, 1, Vectors.norm(correlation(u, bits)));
  }

  private double[] correlation(double[] u, long[] bits) {
    return projector.correlation(new Block(0, 0, 1, bits), u);
  }

  /** A unit vector h orthogonal to z; null if the direction is z itself. */
  private double[] direction(double[] u, double[] c, double[] z, int kind, SplittableRandom draw) {
    double[] h = new double[rank];
    if (kind == 0) {
      for (int r = 0; r < n; r++) {
        double gain = u[r] * x.dot(r, c, 0);
        q.addRow(gain, r, h, 0);
      }
    } else if (kind == 1) {
      h = whitening.coordinates(c);
    } else {
      for (int k = 0; k < rank; k++) {
        h[k] = Seeds.gaussian(draw);
      }
    }
    double length = Vectors.norm(h);
    Vectors.axpy(-Vectors.dot(h, z), z, 0, h, 0, rank);
    double rest = Vectors.norm(h);
    if (rest <= 1e-12 * length) {
      return null;
    }
    Vectors.scale(1 / rest, h, 0, rank);
    return h;
  }

  /** The gate in the middle of the best arc of the circle; null if none is better. */
  private double[] bestOn(double[] u, double[] c, double[] start, double[] h) {
    int changes = changes(start, h);
    double[] sum = c.clone();
    double square = Vectors.dot(sum, sum);
    double most = square * GROWTH;
    int best = -1;
    for (int i = 0; i < changes; i++) {
      int change = place(i);
      int r = change >> 1;
      double by = (change & 1) == 0 ? u[r] : -u[r];
      square += by * (2 * x.dot(r, sum, 0) + by * squares[r]);
      x.addRow(by, r, sum, 0);
      double next = i + 1 < changes ? angle[place(i + 1)] : TURN;
      if (square > most && next - angle[change] > THIN) {
        most = square;
        best = i;
      }
    }
    if (best < 0) {
      return null;
    }
    double end = best + 1 < changes ? angle[place(best + 1)] : TURN;
    double middle = 0.5 * (angle[place(best)] + end);
    double[] z = start.clone();
    Vectors.scale(StrictMath.cos(middle), z, 0, rank);
    Vectors.axpy(StrictMath.sin(middle), h, 0, z, 0, rank);
    double[] gate = whitening.direction(z);
    Vectors.scale(1 / Vectors.norm(gate), gate, 0, d);
    return gate;
  }

  /** Which change comes i-th: 2 r where row r becomes active, 2 r + 1 where it ceases to be. */
  private int place(int i) {
    return (int) (order[i] & ~leading);
  }

  /**
   * Orders when, from 0 to a full turn, rows change sides; a row orthogonal to the plane never
   * does. An angle's leading bits sort it, its number rides in the last ones.
   */
  private int changes(double[] z, double[] h) {
    int changes = 0;
    for (int r = 0; r < n; r++) {
      double a = q.dot(r, z, 0);
      double b = q.dot(r, h, 0);
      if (a != 0 || b != 0) {
        double centre = StrictMath.atan2(b, a);
        // A row that the gate itself lies on is active there already, and stays so where b > 0.
        for (int on = a == 0 && b > 0 ? 1 : 0; on < 2; on++) {
          int place = 2 * r + on;
          angle[place] = turn(on == 0 ? centre - Math.PI / 2 : centre + Math.PI / 2);
          order[changes++] = (Double.doubleToRawLongBits(angle[place]) & leading) | place;
        }
      }
    }
    Arrays.sort(order, 0, changes);
    return changes;
  }

  /** The same angle from 0 (never -0, whose bits would come last) to a full turn. */
  private static double turn(double angle) {
    return angle < 0 ? angle + TURN : angle >= TURN ? angle - TURN : angle + 0.0;
  }
}
