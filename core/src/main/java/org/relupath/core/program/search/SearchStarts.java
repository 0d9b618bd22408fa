package org.relupath.core.program.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.relupath.core.data.Coordinates;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * Where a search over all patterns climbs from: random directions, directions of rows and their
 * opposites, and anchors - the active neurons - as they are and perturbed. What is random, and what
 * is alike, is so in {@link Coordinates} of X: the patterns that starts have do not depend on the
 * units and offsets of X's columns, nor on how these are correlated.
 *
 * <p>Start i depends on the seed and on i alone, so that any machine can draw any part of them.
 *
 * @param seed of this search, another one for each
 * @param random how many random directions
 * @param rows how many times a row is drawn
 * @param anchors a direction a row (k x d), each a start as it is
 * @param copies how many perturbed starts there are to an anchor
 * @param thorough whether to climb on from wherever ascents lead, and from the starts as they are,
 *     not from the most promising ones alone
 */
public record SearchStarts(
    long seed, int random, int rows, Matrix anchors, int copies, boolean thorough)
    implements java.io.Serializable {
  private static final double[] SCALES = {0.03, 0.1, 0.3};

  /** Directions with a larger cosine than this are one. */
  private static final double ALIKE = 1 - 1e-6;

  /** Random directions, and rows, that find as much as more of them would among few columns. */
  private static final int BASE = 8;

  private static final int PER_COLUMN = 2;

  /** Starts that are climbed from together: the unit of work that may go elsewhere. */
  public static final int CHUNK = 32;

  /** How much a search of all patterns looks at. */
  public enum Effort {
    /** Enough while violators are everywhere. */
    GLANCE(0.125, 0),
    QUICK(0.5, 1),
    FULL(1, 3),
    /** With more starts near the active neurons, where most of what a full search misses is. */
    CAREFUL(1, 8),
    /**
     * Twice the random directions and rows, and from the starts as they are: where it costs little.
     */
    THOROUGH(2, 8);

    /** Entries of X up to which a thorough search takes a few milliseconds. */
    private static final long FEW = 2048;

    /** Gaps from which on a full search is enough. */
    private static final double LOOSE = 1e-3;

    private final double share;
    private final int copies;

    Effort(double share, int copies) {
      this.share = share;
      this.copies = copies;
    }

    /**
     * The one after which it is believed that there are no more patterns.
     *
     * @param tolerance the gap that they may leave
     */
    public static Effort last(Problem problem, double tolerance) {
      if (isSmall(problem)) {
        return THOROUGH;
      }
      return tolerance >= LOOSE ? FULL : CAREFUL;
    }

    private static boolean isSmall(Problem problem) {
      return (long) problem.n() * problem.d() <= FEW;
    }

    /** The next one, up to {@link #FULL}. */
    public Effort more() {
      return ordinal() < FULL.ordinal() ? values()[ordinal() + 1] : this;
    }
  }

  /**
   * How many starts of a kind a full search of a problem needs, of those it may have: on tables of
   * 9 to 34 columns four to eight times as many seldom found what mattered to a gap of 1e-3.
   */
  public static int enough(Problem problem, int most) {
    return Effort.isSmall(problem) ? most : Math.min(most, BASE + PER_COLUMN * problem.d());
  }

  /** Checks the counts. */
  public SearchStarts {
    if (random < 0 || rows < 0 || copies < 0) {
      throw new IllegalArgumentException(
          "starts are %d random, %d rows and %d copies, expected none below 0"
              .formatted(random, rows, copies));
    }
  }

  /**
   * Starts around a solution: its active neurons are the anchors, one a ray; where gated their
   * gates.
   *
   * @param coordinates of X
   * @param weights the solution
   * @param model of the program
   * @param gates a gate of each pattern (d entries)
   * @param seed of this search
   * @param starts how many random directions, and how many rows, a full search has
   * @param effort how much of that, and how many copies of the anchors
   */
  public static SearchStarts around(
      Coordinates coordinates,
      BlockWeights weights,
      Model model,
      IntFunction<double[]> gates,
      long seed,
      int starts,
      Effort effort) {
    List<double[]> anchors = new ArrayList<>();
    List<double[]> known = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      double[] direction =
          unit(
              switch (model) {
                case RELU -> weights.weights(i);
                case GATED -> gates.apply(weights.blocks().get(i).pattern()).clone();
              });
      if (isNew(coordinates.unitCoordinates(direction), known)) {
        anchors.add(direction);
      }
    }
    Matrix rows =
        anchors.isEmpty()
            ? Matrix.zeros(0, weights.d())
            : Matrix.ofRows(anchors.toArray(double[][]::new));
    int own = (int) Math.ceil(effort.share * starts);
    return new SearchStarts(seed, own, own, rows, effort.copies, effort == Effort.THOROUGH);
  }

  /**
   * Adds a direction to those known, unless one of them is the same but for rounding and small
   * steps off a border.
   *
   * @param z its coordinates, of length one
   * @param known those of others
   * @return whether it was added
   */
  public static boolean isNew(double[] z, List<double[]> known) {
    return known.stream().noneMatch(other -> Vectors.dot(z, other) > ALIKE) && known.add(z);
  }

  /** The number of starts. */
  public int count() {
    return random + rows + anchors.rows() * (1 + copies);
  }

  /** The number of chunks. */
  public int chunks() {
    return (count() + CHUNK - 1) / CHUNK;
  }

  /**
   * Start i, of length one; zero only where a row or an anchor is (d entries).
   *
   * @param coordinates of X
   * @param x rows that starts may take their directions from
   */
  public double[] start(Coordinates coordinates, Design x, int i) {
    SplittableRandom draw = new SplittableRandom(Seeds.derive(seed, "start", i));
    if (i < random) {
      return unit(coordinates.direction(gaussian(draw, coordinates.rank())));
    }
    if (i < random + rows) {
      double[] row = x.row(draw.nextInt(x.rows()));
      Vectors.scale(draw.nextBoolean() ? 1 : -1, row, 0, row.length);
      return unit(coordinates.direction(coordinates.whitened(row)));
    }
    int k = i - random - rows;
    double[] anchor = unit(anchors.row(k / (1 + copies)));
    int copy = k % (1 + copies);
    if (copy > 0) {
      double[] step = gaussian(draw, coordinates.rank());
      double length = Vectors.norm(coordinates.coordinates(anchor));
      Vectors.scale(length * SCALES[(copy - 1) % SCALES.length], step, 0, step.length);
      Vectors.axpy(1, coordinates.direction(step), 0, anchor, 0, anchor.length);
    }
    return unit(anchor);
  }

  private static double[] gaussian(SplittableRandom draw, int size) {
    double[] z = new double[size];
    for (int k = 0; k < size; k++) {
      z[k] = Seeds.gaussian(draw);
    }
    return z;
  }

  private static double[] unit(double[] w) {
    double length = Vectors.norm(w);
    Vectors.scale(length > 0 ? 1 / length : 0, w, 0, w.length);
    return w;
  }
}
