package org.relupath.core.program.pricing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.UnitRows;

/**
 * Prices the blocks of a program held on this machine.
 *
 * <p>Most blocks never need a projection. ||c_b|| &lt;= lambda already proves ||v_b|| &lt;= lambda,
 * and so does any rho >= 0 with ||c_b + A_b' rho|| &lt;= lambda; the direction a_b = A_b' rho of
 * the block's last projection is kept, and its best multiple costs one inner product:
 *
 * <pre>min over t >= 0 of ||c_b + t a_b||^2 = ||c_b||^2 - min(c_b' a_b, 0)^2 / ||a_b||^2.</pre>
 *
 * The rest are projected in the order of their last known norms, each from the rows that were tight
 * there last time, and each only until its bound falls to lambda.
 *
 * <p>All norms are upper bounds in spite of rounding: its largest possible share is added, and
 * where that share would matter the norm is proved apart ({@link DualNorms}). Not thread-safe.
 */
public final class Pricer implements Pricing {
  /** Blocks projected between two looks at whether enough violators are found. */
  private static final int CHUNK = 50;

  /** A norm above lambda by this many times its possible rounding is a violation all the same. */
  private static final double CLEAR = 1e3;

  /** Above this share of lambda, rounding in X'D_b u would lead a projection astray. */
  private static final double COARSE = 1e-10;

  /** Blocks that products with all rows are taken of at once. */
  private static final int TOGETHER = 16;

  private static final double UNIT = 0x1p-53;

  private final ConvexProgram program;
  private final Correlations correlations;
  private final ConeProjection projection;
  private final int d;
  private final double[] c;
  private final double[] signed;
  private final double[] bound;
  private final double[] last;
  private final double[] direction;

  /** a_r'(s_b c_b) of the unit rows for some blocks at a time, where X is wide; else null. */
  private final double[] products;

  private final double[] packed;
  private final int[][] tight;
  private final boolean canonical;
  private final DualNorms proved;

  /** A pricer without memory of earlier dual points. */
  public Pricer(ConvexProgram program) {
    this(program, false);
  }

  /**
   * A pricer without memory of earlier dual points.
   *
   * @param whole the program whose blocks to price
   * @param canonical whether norms above lambda are to have the same last bit whatever the pricer
   *     has seen before: a machine that takes over from a lost one then gives the same result
   */
  public Pricer(ConvexProgram whole, boolean canonical) {
    this.program = whole.inRowSpace();
    this.canonical = canonical;
    this.proved = new DualNorms(program.problem());
    this.correlations = Correlations.of(program.problem().design(), program.patterns());
    this.d = program.problem().d();
    this.c = new double[program.patterns().count() * d];
    this.signed = new double[d];
    this.bound = new double[program.blockCount()];
    this.last = new double[program.blockCount()];
    Arrays.fill(last, Double.POSITIVE_INFINITY);
    boolean cones = program.problem().model() == Model.RELU;
    this.projection = cones ? new ConeProjection(program.problem().unitRows()) : null;
    this.direction = new double[cones ? program.blockCount() * d : 0];
    boolean wide = cones && program.problem().unitRows().isWide();
    this.products = wide ? new double[TOGETHER * program.problem().n()] : null;
    this.packed = new double[wide ? TOGETHER * d : 0];
    this.tight = new int[cones ? program.blockCount() : 0][0];
  }

  @Override
  public Prices price(double[] u, double lambda, int wanted) {
    List<Integer> open = boundAll(u, lambda);
    List<Priced> violators = new ArrayList<>();
    double max = lambda;
    int chunk = (int) Math.min(Integer.MAX_VALUE, Math.max(CHUNK, 2L * wanted));
    boolean complete = true;
    for (int i = 0; i < open.size(); i++) {
      int b = open.get(i);
      if (i % TOGETHER == 0) {
        multiply(open, i);
      }
      double norm = norm(b, lambda, CLEAR, i % TOGETHER);
      last[b] = norm;
      max = Math.max(max, norm);
      if (norm > lambda) {
        violators.add(new Priced(program.block(b), norm));
      }
      if (violators.size() >= wanted && (i + 1) % chunk == 0 && i + 1 < open.size()) {
        complete = false;
        break;
      }
    }
    violators.sort(Comparator.comparingDouble(Priced::norm).reversed());
    return new Prices(complete, max, violators);
  }

  @Override
  public double maxNorm(double[] u) {
    double max = 0;
    for (int b : boundAll(u, -1)) {
      if (bound[b] > max) {
        last[b] = norm(b, max, Double.POSITIVE_INFINITY, -1);
        max = Math.max(max, last[b]);
      }
    }
    return max;
  }

  /** ||v_b|| of every block, by id, or an upper bound of it, as the last pass found it. */
  public double[] bounds() {
    return last.clone();
  }

  /** Bounds every ||v_b||; the blocks whose bound is above lambda, by last known norm. */
  private List<Integer> boundAll(double[] u, double lambda) {
    correlations.of(u, c);
    proved.setPoint(u);
    List<Integer> open = new ArrayList<>();
    for (int b = 0; b < bound.length; b++) {
      int at = program.patternOf(b) * d;
      double norm = Vectors.norm(c, at, d) * (1 + (d + 4) * UNIT);
      if (norm + proved.correlationError() > lambda && projection != null) {
        norm = directionBound(b, at, norm);
      }
      norm += proved.correlationError();
      bound[b] = norm;
      if (norm > lambda) {
        open.add(b);
      } else {
        last[b] = norm;
      }
    }
    open.sort(Comparator.comparingDouble((Integer b) -> -Math.min(last[b], bound[b])));
    return open;
  }

  private double directionBound(int b, int at, double norm) {
    double product = program.signOf(b) * Vectors.dot(c, at, direction, b * d, d);
    if (product >= 0) {
      return norm;
    }
    double square = Vectors.dot(direction, b * d, direction, b * d, d);
    double rest = Math.max(0, norm * norm - product * product / square);
    double rounding = 8 * (d + 4) * UNIT * norm * norm;
    double pushed = Math.abs(product) / Math.sqrt(square);
    return Math.sqrt(rest + rounding) + ConeProjection.correctionRounding(d) * pushed;
  }

  /** The products of the next blocks, all at once. */
  private void multiply(List<Integer> blocks, int from) {
    if (products == null) {
      return;
    }
    int count = Math.min(TOGETHER, blocks.size() - from);
    for (int i = 0; i < count; i++) {
      int b = blocks.get(from + i);
      for (int k = 0, at = program.patternOf(b) * d; k < d; k++) {
        packed[i * d + k] = program.signOf(b) * c[at + k];
      }
    }
    UnitRows rows = program.problem().unitRows();
    Blas.gemm(
        true, false, rows.n(), count, d, 1, rows.values(), d, packed, d, 0, products, rows.n());
  }

  /**
   * An upper bound of ||v_b||; above the threshold only where ||v_b|| is, but for what rounding in
   * u and c leaves open.
   *
   * @param place where {@link #products} has its products, -1 if it has not
   * @param clear how many times its possible rounding a norm is to be above the threshold for that
   *     rounding to be put up with
   */
  private double norm(int b, double threshold, double clear, int place) {
    Block block = program.block(b);
    double error = proved.correlationError();
    if (projection == null) {
      return isSettled(bound[b] - error, error, threshold, clear) ? bound[b] : proved.bound(block);
    }
    int at = program.patternOf(b) * d;
    int sign = program.signOf(b);
    for (int k = 0; k < d; k++) {
      signed[k] = sign * c[at + k];
    }
    double[] known = place < 0 ? null : products;
    int from = place * program.problem().n();
    if (error > COARSE * threshold) {
      proved.correlation(block, signed);
      known = null;
    }
    projection.setCone(block, tight[b]);
    double norm = projection.project(signed, 0, threshold, known, from);
    double rounding = error + projection.rounding();
    if (norm <= threshold && norm + rounding > threshold) {
      norm = projection.project(signed, 0, -1, known, from);
      rounding = error + projection.rounding();
    }
    if (canonical && norm > threshold) {
      int[] rows = projection.tight().toArray();
      Arrays.sort(rows);
      projection.setCone(block, rows);
      norm = projection.project(signed, 0, -1, known, from);
      rounding = error + projection.rounding();
    }
    System.arraycopy(projection.correction(), 0, direction, b * d, d);
    tight[b] = projection.tight().toArray();
    return isSettled(norm, rounding, threshold, clear)
        ? norm + rounding
        : Math.min(norm + rounding, proved.bound(block, projection.tight()));
  }

  /** Whether rounding does not change what a norm says. */
  private static boolean isSettled(double norm, double rounding, double threshold, double clear) {
    return norm + rounding <= threshold || norm - threshold > clear * rounding;
  }
}
