package org.relupath.core.program;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;

/**
 * Where a search over all patterns climbs from: random directions, directions of rows and their
 * opposites, and anchors - the active neurons - as they are and perturbed.
 *
 * <p>Start i depends on the seed and on i alone, so that any machine can draw any part of them.
 *
 * @param seed of this search, another one for each
 * @param random how many random directions
 * @param rows how many times a row is drawn
 * @param anchors a direction a row (k x d), each a start as it is
 * @param copies how many perturbed starts there are to an anchor
 * @param thorough whether to climb from every start, not from the most promising ones alone
 */
public record SearchStarts(
    long seed, int random, int rows, Matrix anchors, int copies, boolean thorough)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  private static final double[] SCALES = {0.03, 0.1, 0.3};

  /** Directions with a larger cosine than this are one. */
  private static final double ALIKE = 1 - 1e-6;

  /** Starts that are climbed from together: the unit of work that may go elsewhere. */
  public static final int CHUNK = 32;

  /** How much a search of all patterns looks at. */
  public enum Effort {
    /** Enough while violators are everywhere. */
    GLANCE(0.125, 0),
    QUICK(0.5, 1),
    FULL(1, 3),
    /** What comes before it is believed that there are no more: from every start. */
    THOROUGH(2, 8);

    private final double share;
    private final int copies;

    Effort(double share, int copies) {
      this.share = share;
      this.copies = copies;
    }

    /** The next one, but for the last. */
    public Effort more() {
      return this == GLANCE ? QUICK : FULL;
    }
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
   * @param weights the solution
   * @param model of the program
   * @param gates a gate of each pattern (d entries)
   * @param seed of this search
   * @param starts how many random directions, and how many rows, a full search has
   * @param effort how much of that, and how many copies of the anchors
   */
  public static SearchStarts around(
      BlockWeights weights,
      Model model,
      IntFunction<double[]> gates,
      long seed,
      int starts,
      Effort effort) {
    List<double[]> anchors = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      double[] direction =
          unit(
              switch (model) {
                case RELU -> weights.weights(i);
                case GATED -> gates.apply(weights.blocks().get(i).pattern()).clone();
              });
      if (anchors.stream().noneMatch(other -> alike(other, direction))) {
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

  /** Whether two unit vectors are the same but for rounding and small steps off a border. */
  public static boolean alike(double[] a, double[] b) {
    return Vectors.dot(a, b) > ALIKE;
  }

  /** The number of starts. */
  public int count() {
    return random + rows + anchors.rows() * (1 + copies);
  }

  /** The number of chunks. */
  public int chunks() {
    return (count() + CHUNK - 1) / CHUNK;
  }

  /** Start i, of length one; zero only where a row or an anchor is (d entries). */
  public double[] start(Matrix x, int i) {
    SplittableRandom draw = new SplittableRandom(Seeds.derive(seed, "start", i));
    double[] w;
    if (i < random) {
      w = gaussian(draw, x.columns());
    } else if (i < random + rows) {
      w = x.row(draw.nextInt(x.rows()));
      Vectors.scale(draw.nextBoolean() ? 1 : -1, w, 0, w.length);
    } else {
      int k = i - random - rows;
      w = unit(anchors.row(k % anchors.rows()));
      int copy = k / anchors.rows();
      if (copy > 0) {
        double scale = SCALES[(copy - 1) % SCALES.length];
        Vectors.axpy(scale, gaussian(draw, w.length), 0, w, 0, w.length);
      }
    }
    return unit(w);
  }

  private static double[] gaussian(SplittableRandom draw, int d) {
    double[] w = new double[d];
    for (int k = 0; k < d; k++) {
      w[k] = Seeds.gaussian(draw);
    }
    return w;
  }

  private static double[] unit(double[] w) {
    double length = Vectors.norm(w);
    Vectors.scale(length > 0 ? 1 / length : 0, w, 0, w.length);
    return w;
  }
}
