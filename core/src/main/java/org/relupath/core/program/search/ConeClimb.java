package org.relupath.core.program.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.relupath.core.data.Coordinates;
import org.relupath.core.data.Design;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Problem;
import org.relupath.core.program.RowSpace;
import org.relupath.core.program.TightRows;
import org.relupath.core.program.UnitRows;
import org.relupath.core.program.pricing.Projector;

/**
 * The climb of C-ReLU, where max over all patterns of ||Proj_K(s X' D u)|| is
 *
 * <pre>max over ||w|| &lt;= 1 of h(w) = s u'(X w)_+.</pre>
 *
 * <p>First over directions ({@link HingeAscent}), all starts of a chunk at once; where each ends
 * gives a pattern. Then over patterns: v = Proj_K(s X' D u) = s X' D u + A_T' rho_T, and a tight
 * row j changes its side where rho_j + s u_j > 0. On its other side D' that row's multiplier would
 * have to be rho'_j = -(rho_j + s u_j) for v to stay the projection; where that is negative the
 * norm grows. A climb ends where no change of one tight row makes it larger, or where an earlier
 * one has been.
 *
 * <p>The gate of the pattern found is v moved into the cone, so that every tight row is as far from
 * its border as the other rows allow; how far that is, is measured where X'X = n I.
 */
final class ConeClimb implements PatternClimb {
  /** Patterns of a chunk and sign to climb on from, at most. */
  private static final int PROMISING = 8;

  /** A cone of many columns is dear to project on: this over d of them, where that is fewer. */
  private static final int COLUMNS = 2048;

  /** Where that costs little, this over n d of them. */
  private static final long WORK = 1 << 18;

  /** Moves from pattern to pattern at most. */
  private static final int FLIPS = 40;

  /** After so many rounds of changing all rows at once, one row at a time. */
  private static final int TOGETHER = 4;

  /** A norm counts as larger from this factor on: rounding makes smaller ones. */
  private static final double GROWTH = 1 + 1e-10;

  /**
   * What is below this part of the best found in a chunk is not climbed on from: on the tables of
   * the benchmark a climb that ends at the largest norm begins at .96 of it or more.
   */
  private static final double HOPE = 0.94;

  /** rho_j + s u_j at or below this part of max |u| is zero. */
  private static final double NOTHING = 1e-9;

  /** A projection this much shorter than what is projected is rounding. */
  private static final double ROUNDING = 1e-13;

  /** A whitened row of unit slack below this is on the border, as far as a gate is concerned. */
  private static final double BORDER = 1e-9;

  private final Design x;
  private final RowSpace space;

  /** X in coordinates of its row space, n x d. */
  private final Design own;

  private final int n;
  private final int d;
  private final UnitRows unit;
  private final Coordinates whitening;

  /** Rows of Q, X w = Q z, of length one. */
  private final UnitRows whitened;

  private final PatternReader reader;
  private final ConeProjection projection;
  private final Projector projector;

  /** x_r'w / ||x_r|| of a step and of a point, where X'X = n I. */
  private final double[] rise;

  private final double[] slack;

  /** s X' D u of the pattern that a climb is at. */
  private double[] c;

  ConeClimb(Problem problem) {
    this.x = problem.design();
    this.space = problem.rowSpace();
    this.own = space.problem().design();
    this.n = problem.n();
    this.d = own.columns();
    this.unit = space.problem().unitRows();
    this.whitening = problem.coordinates();
    this.whitened = UnitRows.of(whitening.rows(x));
    this.reader = new PatternReader(problem.sides());
    this.projection = new ConeProjection(unit);
    this.projector = new Projector(space.problem());
    this.rise = new double[n];
    this.slack = new double[n];
  }

  @Override
  public List<PatternCandidate> climb(double[] u, SearchStarts starts, int chunk) {
    int from = chunk * SearchStarts.CHUNK;
    int count = Math.min(SearchStarts.CHUNK, starts.count() - from);
    double[] w = new double[count * d];
    for (int i = 0; i < count; i++) {
      System.arraycopy(space.inside(starts.start(whitening, x, from + i)), 0, w, i * d, d);
    }
    // Near an active neuron, where h of one sign is positive, the other seldom leads to a violator.
    int anywhere = Math.max(0, starts.random() + starts.rows() - from);
    List<PatternCandidate> found = new ArrayList<>();
    double most = 0;
    for (int sign = 1; sign >= -1; sign -= 2) {
      Set<BitSet> visited = new HashSet<>();
      HingeAscent ascent =
          new HingeAscent(own, u, sign, w.clone(), count, anywhere, starts.thorough());
      for (long[] pattern : promising(ascent, most, starts.thorough())) {
        PatternCandidate top = climb(u, sign, pattern, visited, HOPE * most);
        if (top != null) {
          found.add(top);
          most = Math.max(most, top.norm());
        }
      }
      int best = largest(ascent.values());
      if (ascent.values()[best] > most) {
        // Projections were too hard, but a norm is no less than what the ascent has seen.
        double[] gate = space.outside(ascent.point(best));
        long[] bits = reader.pattern(gate);
        // Where no row is active h is zero, and what has been summed is rounding.
        if (!BitSet.valueOf(bits).isEmpty()) {
          most = ascent.values()[best];
          found.add(new PatternCandidate(gate, bits, sign, most));
        }
      }
    }
    return PatternCandidate.best(found, Integer.MAX_VALUE);
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /**
   * The distinct patterns to climb on from: those that the ascent leads to with hope, of largest
   * h(w) first; of a thorough search all of them, and those of the starts themselves.
   */
  private List<long[]> promising(HingeAscent ascent, double most, boolean thorough) {
    long[][] reached = ascent.reached();
    double[] value = ascent.values();
    double bar = HOPE * Math.max(most, value[largest(value)]);
    Set<BitSet> seen = new HashSet<>();
    Stream<long[]> ascended =
        IntStream.range(0, value.length)
            .boxed()
            .filter(i -> thorough || value[i] >= bar)
            .sorted(Comparator.comparingDouble((Integer i) -> -value[i]))
            .map(i -> reached[i]);
    Stream<long[]> all =
        thorough ? Stream.concat(ascended, Arrays.stream(ascent.first())) : ascended;
    long few = Math.max(1, Math.min(PROMISING, COLUMNS / d));
    return all.filter(bits -> seen.add(BitSet.valueOf(bits)))
        .limit(Math.max(few, WORK / ((long) n * d)))
        .toList();
  }

  /**
   * The local maximum that changing tight rows leads to: all of them at once first, and one at a
   * time from where that no longer helps. The best pattern on the way where it comes to one that an
   * earlier climb has been at; null if the norm is zero, or below a bar when the time of large
   * steps is over.
   */
  private PatternCandidate climb(
      double[] u, int sign, long[] start, Set<BitSet> visited, double bar) {
    Block at = new Block(0, 0, sign, start.clone());
    c = projector.correlation(at, u);
    double nothing = NOTHING * Arrays.stream(u).map(Math::abs).max().orElse(0);
    int[] tight = {};
    Top top = null;
    boolean together = true;
    for (int round = 0; round < FLIPS && visited.add(BitSet.valueOf(at.bits())); round++) {
      double norm = project(at, tight);
      if (norm > (top == null ? 0 : top.norm * GROWTH)) {
        top = top(norm, at);
        together &= round + 1 < TOGETHER;
      } else if (top == null || !together) {
        break;
      } else {
        together = false;
        at = top.copy();
        c = projector.correlation(at, u);
        project(at, top.tight);
      }
      if (!together && top.norm < bar) {
        return null;
      }
      if (!flip(u, at, nothing, together)) {
        break;
      }
      Block next = at;
      tight = Arrays.stream(top.tight).filter(r -> next.side(r) == projection.sideOf(r)).toArray();
    }
    return top == null ? null : found(u, top);
  }

  /**
   * ||Proj_K(c)||; zero where the projection failed, or left nothing but rounding, which has no
   * direction: so that nothing is made of it.
   */
  private double project(Block at, int[] tight) {
    projection.setCone(at, tight);
    double norm = projection.project(c, 0, -1);
    boolean known = projection.outcome() == ConeProjection.Outcome.EXACT;
    return known && norm > ROUNDING * Vectors.norm(c) ? norm : 0;
  }

  private Top top(double norm, Block at) {
    TightRows rows = projection.tight();
    return new Top(norm, at, projection.v().clone(), rows.toArray());
  }

  /** A block with v = Proj_K(s X' D u), its norm and its tight rows. */
  @SuppressWarnings("ArrayRecordComponent") // a state on its way, never compared
  private record Top(double norm, Block block, double[] v, int[] tight) {
    /** The climb goes on with bits of its own. */
    Top {
      block = new Block(0, 0, block.sign(), block.bits().clone());
    }

    Block copy() {
      return new Block(0, 0, block.sign(), block.bits().clone());
    }
  }

  /** Changes the side of the tight rows that hold the norm down, or of the worst; false if none. */
  private boolean flip(double[] u, Block at, double nothing, boolean together) {
    TightRows rows = projection.tight();
    int worst = -1;
    double most = nothing;
    boolean flipped = false;
    for (int i = 0; i < rows.count(); i++) {
      int r = rows.row(i);
      double excess = rows.multiplier(i) / unit.lengths()[r] + at.sign() * u[r];
      if (together && excess > nothing) {
        flip(u, at, r);
        flipped = true;
      } else if (excess > most) {
        most = excess;
        worst = r;
      }
    }
    if (!together && worst >= 0) {
      flip(u, at, worst);
      flipped = true;
    }
    return flipped;
  }

  private void flip(double[] u, Block at, int r) {
    at.bits()[r >> 6] ^= 1L << r;
    own.addRow(at.side(r) * at.sign() * u[r], r, c, 0);
  }

  /** v moved into the cone off the tight rows, half as far as the nearest other row. */
  private double[] gate(Top top) {
    int rank = whitening.rank();
    double[] z = whitening.unitCoordinates(space.outside(top.v));
    double[] side = new double[n];
    Arrays.setAll(side, top.block::side);
    double[] inward = TightRows.inward(whitened, top.tight, side);
    double length = Vectors.norm(inward);
    whitened.design().multiply(inward, rise);
    // Tight rows that depend on each other may have no direction into all of their sides.
    boolean out = Arrays.stream(top.tight).anyMatch(r -> side[r] * rise[r] < -BORDER);
    if (length == 0 || !Double.isFinite(length) || (out && x.isSparse())) {
      return unit(space.outside(top.v.clone()));
    }
    double step = 1 / length;
    whitened.design().multiply(z, slack);
    for (int r = 0; r < n; r++) {
      double fall = -side[r] * rise[r];
      double room = Math.abs(slack[r]);
      if (fall > 0 && room > BORDER) {
        step = Math.min(step, 0.5 * room / fall);
      }
    }
    Vectors.axpy(step, inward, 0, z, 0, rank);
    return unit(whitening.direction(z));
  }

  private double[] unit(double[] w) {
    Vectors.scale(1 / Vectors.norm(w), w, 0, w.length);
    return w;
  }

  /** The pattern that the gate has: the one meant, but for rows on the border of its cone. */
  private PatternCandidate found(double[] u, Top top) {
    double[] gate = gate(top);
    int sign = top.block.sign();
    Block read = new Block(0, 0, sign, reader.pattern(gate));
    if (Arrays.equals(read.bits(), top.block.bits())) {
      return new PatternCandidate(gate, read.bits(), sign, top.norm);
    }
    c = projector.correlation(read, u);
    int[] start =
        Arrays.stream(top.tight).filter(r -> read.active(r) == top.block.active(r)).toArray();
    double norm = project(read, start);
    return norm > 0 ? new PatternCandidate(gate, read.bits(), sign, norm) : null;
  }
}
