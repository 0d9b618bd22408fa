package org.relupath.core.program;

import java.util.Arrays;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Selection;
import org.relupath.core.linalg.Vectors;

/**
 * The projection v = Proj_K(c) onto an activation cone K = {w : A w >= 0}, A = (2D - I) X, by
 * Lawson and Hanson's active set method on the dual
 *
 * <pre>v = c + A' rho,   rho = argmin over rho >= 0 of ||c + A' rho||^2.</pre>
 *
 * <p>The tight rows T = {r : rho_r > 0} are kept as {@link TightRows}, so v is the part of c that
 * is orthogonal to them. The state survives from one call to the next: where the tight rows have
 * not changed a projection is a few products with Q and one look at the slacks. Rows have length
 * one here, so multipliers are rho_r ||x_r||.
 *
 * <p>Every intermediate rho is non-negative, so ||c + A' rho|| bounds ||v|| from above at any time:
 * a call stops as soon as that bound is at or below the caller's threshold. The direction a = A'
 * rho of the last call is tried first: its best multiple costs two inner products.
 */
public final class ConeProjection {
  /** A row is violated when its slack is below -FEASIBILITY ||v||. */
  private static final double FEASIBILITY = 1e-12;

  private static final double ROUNDING = 1e-13;

  /** Rounding of a slack that is summed up from products of rows, per unit of what it sums. */
  private static final double SUMMED = 1e-14;

  /** Roundoffs of a basis of up to d rows, appended and removed, and of sums with it, per entry. */
  private static final double ROUNDOFFS = 64 * 0x1p-53;

  /** Where so little of c is left, what rounding left of the tight rows' part is taken out too. */
  private static final double LITTLE = 1e-3;

  /** How a projection ended. */
  public enum Outcome {
    /** v is the projection. */
    EXACT,
    /** ||v|| is an upper bound of the projection's norm, at or below the threshold. */
    BOUND,
    /** The iteration limit was hit: v is an upper bound only, and not inside the cone. */
    FAILED
  }

  /** Rows of fewer columns are multiplied faster than the ones of small slack are selected. */
  private static final int NARROW = 24;

  /** Candidates pay where there are more rows than this for each: products of all are faster. */
  private static final int MANY = 8;

  private final UnitRows rows;
  private final int n;
  private final int d;
  private final double[] side;
  private final TightRows tight;

  /** What projects where X is sparse; else null. */
  private final SparseProjection sparse;

  private final double[] v;
  private final double[] correction;
  private final double[] slack;
  private final boolean[] banned;
  private final int[] candidates;
  private final int[] entering;
  private int enteringCount;
  private int candidateCount;
  private int bannedCount;

  /** a_r'c of all rows, in whatever array it is; null where it is not known. */
  private double[] scores;

  private int scoresAt;

  /** c, where its products are to be computed. */
  private double[] target;

  private double[] ownScores = new double[0];
  private Outcome outcome = Outcome.EXACT;
  private double rounding;
  private double targetLength;

  /** A projection onto the cone of no block yet: {@link #setCone} gives it one. */
  public ConeProjection(UnitRows rows) {
    this.rows = rows;
    this.n = rows.n();
    this.d = rows.d();
    this.side = new double[n];
    this.tight = new TightRows(rows);
    this.v = new double[d];
    this.correction = new double[d];
    boolean keepsZeros = !rows.design().isSparse();
    this.sparse = keepsZeros ? null : new SparseProjection(rows, side, v);
    this.slack = new double[keepsZeros ? n : 0];
    this.banned = new boolean[slack.length];
    int few = 4 * d + 16;
    this.candidates = new int[d < NARROW || n < MANY * few ? 0 : few];
    this.entering = new int[Math.max(1, d / 16)];
  }

  /** Turns to another block's cone, with rows that were tight there before as a start. */
  public void setCone(Block block, int[] start) {
    for (int r = 0; r < n; r++) {
      side[r] = block.side(r);
    }
    if (sparse == null) {
      tight.start(start, side);
    } else {
      tight.clear();
      sparse.setCone(start);
    }
    Arrays.fill(correction, 0);
    candidateCount = 0;
  }

  /** The projection, or the last bound's c + A' rho (d entries, reused by the next call). */
  public double[] v() {
    return v;
  }

  /** How the last call ended. */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * By how much the last call's norm may be below ||c + A' rho|| of the multipliers that it is for:
   * in proportion to the lengths of all that cancels.
   */
  public double rounding() {
    return rounding;
  }

  /** The side of row r that the cone is on: 1 where its pattern is active, else -1. */
  public double sideOf(int r) {
    return side[r];
  }

  /** The tight rows with their orthonormal basis. */
  public TightRows tight() {
    return tight;
  }

  /**
   * Projects c.
   *
   * @param c d entries from {@code offset} on
   * @param threshold stop once an upper bound of ||v|| is at or below it; negative to never stop
   * @return ||v||, or that upper bound
   */
  public double project(double[] c, int offset, double threshold) {
    return project(c, offset, threshold, null, 0);
  }

  /**
   * Projects c, of which the products with all rows may be known.
   *
   * @param products a_r'c of the unit rows a_r, n entries from {@code at} on; null if not known
   */
  public double project(double[] c, int offset, double threshold, double[] products, int at) {
    scores = products;
    scoresAt = at;
    target = rows.isWide() && products == null ? Arrays.copyOfRange(c, offset, offset + d) : null;
    double length = Vectors.norm(c, offset, d);
    targetLength = length;
    rounding = ROUNDOFFS * length;
    if (length <= threshold || length == 0) {
      System.arraycopy(c, offset, v, 0, d);
      outcome = length == 0 ? Outcome.EXACT : Outcome.BOUND;
      return length;
    }
    double quick = correctedNorm(c, offset, length);
    if (quick <= threshold) {
      rounding = correctionRounding(d) * length;
      outcome = Outcome.BOUND;
      return quick;
    }
    if (sparse != null) {
      return sparse(c, offset, threshold);
    }
    tight.setTarget(c, offset);
    tight.dropNegative();
    clearBans();
    boolean single = false;
    for (int step = 20 * d + 50; step > 0; step--) {
      tight.residual(v);
      double norm = Vectors.norm(v);
      if (norm < LITTLE * length) {
        tight.orthogonalise(v);
        norm = Vectors.norm(v);
      }
      if (norm <= threshold) {
        return end(Outcome.BOUND, norm);
      }
      if (norm <= ROUNDING * length || !findViolated(-FEASIBILITY * norm)) {
        return end(Outcome.EXACT, norm);
      }
      boolean entered = tight.enter(entering, single ? 1 : enteringCount, side);
      if (entered) {
        clearBans();
      } else if (single || enteringCount == 1) {
        banned[entering[0]] = true;
        bannedCount++;
      }
      single = !entered;
    }
    return end(Outcome.FAILED, Vectors.norm(v));
  }

  private double sparse(double[] c, int offset, double threshold) {
    double norm = sparse.project(c, offset, threshold);
    int[] positive = sparse.positive();
    tight.assign(positive, sparse::multiplier);
    sparse.correction(correction);
    double parts = Arrays.stream(positive).mapToDouble(sparse::multiplier).sum();
    if (Vectors.norm(correction) < TightRows.CANCELLED * parts) {
      Arrays.fill(correction, 0);
    }
    rounding = ROUNDOFFS * (d + 8) * (targetLength + parts);
    outcome = sparse.failed() ? Outcome.FAILED : norm <= threshold ? Outcome.BOUND : Outcome.EXACT;
    return norm;
  }

  /**
   * Subtracts from a vector its part in the span of the tight rows.
   *
   * @param w d entries
   * @param share of X sparse, what of the largest product with a row may be left
   */
  public void removeSpan(double[] w, double share) {
    if (sparse == null) {
      tight.orthogonalise(w);
    } else {
      sparse.removeSpan(w, share);
    }
  }

  /**
   * A' rho of the rows that were tight in the last projection, d entries: with any factor t >= 0,
   * ||c + t A' rho|| bounds the norm of the projection of whatever c. Zero where it is not known to
   * full relative accuracy, as v - c would not be where c hardly moves.
   */
  public double[] correction() {
    return correction;
  }

  /** By how much of ||t A' rho|| a multiple of {@link #correction} may be off. */
  public static double correctionRounding(int d) {
    return ROUNDOFFS * (d + 8) / TightRows.CANCELLED;
  }

  private double end(Outcome how, double norm) {
    tight.correction(correction);
    double parts = 0;
    for (int l = 0; l < tight.count(); l++) {
      parts += Math.abs(tight.multiplier(l));
    }
    rounding = ROUNDOFFS * (d + 8) * (targetLength + parts);
    outcome = how;
    return norm;
  }

  /** min over t >= 0 of ||c + t a|| for the last projection's a = A' rho; v is then that vector. */
  private double correctedNorm(double[] c, int offset, double length) {
    double square = Vectors.dot(correction, correction);
    double product = Vectors.dot(correction, 0, c, offset, d);
    if (product >= 0 || square == 0) {
      return length;
    }
    System.arraycopy(c, offset, v, 0, d);
    Vectors.axpy(-product / square, correction, 0, v, 0, d);
    return Vectors.norm(v);
  }

  private void clearBans() {
    if (bannedCount > 0) {
      Arrays.fill(banned, false);
      bannedCount = 0;
    }
  }

  /** Lists rows of slack below {@code bar}, worst first: of the candidates, or of all rows. */
  private boolean findViolated(double bar) {
    enteringCount = 0;
    if (rows.isWide()) {
      return findViolatedWide(bar);
    }
    for (int i = 0; i < candidateCount; i++) {
      int r = candidates[i];
      slack[r] = side[r] * Vectors.dot(rows.values(), r * d, v, 0, d);
      offer(r, bar);
    }
    if (enteringCount > 0) {
      return true;
    }
    if (look(bar) && candidates.length > 0) {
      chooseCandidates();
    }
    return enteringCount > 0;
  }

  /** Lists rows of slack below {@code bar} by a product of v with all rows. */
  private boolean look(double bar) {
    Blas.gemv(true, d, n, 1, rows.values(), d, v, 0, slack);
    double limit = bar;
    for (int r = 0; r < n; r++) {
      double s = side[r] * slack[r];
      slack[r] = s;
      if (s < limit) {
        offer(r, bar);
        limit = enteringCount < entering.length ? bar : slack[entering[enteringCount - 1]];
      }
    }
    return enteringCount > 0;
  }

  /**
   * Lists rows of slack below {@code bar} where products of rows are at hand: A v = A c + A A_T'
   * rho_T takes a multiple of the few tight rows, not of d. Where rounding may decide, v itself
   * does.
   */
  private boolean findViolatedWide(double bar) {
    double parts = targetLength;
    for (int l = 0; l < tight.count(); l++) {
      parts += Math.abs(tight.multiplier(l));
    }
    if (-bar < SUMMED * parts) {
      return look(bar);
    }
    if (scores == null) {
      if (ownScores.length == 0) {
        ownScores = new double[n];
      }
      Blas.gemv(true, d, n, 1, rows.values(), d, target, 0, ownScores);
      scores = ownScores;
      scoresAt = 0;
    }
    System.arraycopy(scores, scoresAt, slack, 0, n);
    addTightParts();
    for (int r = 0; r < n; r++) {
      slack[r] *= side[r];
      offer(r, bar);
    }
    return enteringCount > 0;
  }

  /** slack += A A_T' rho_T, two tight rows at a time: it is read and written half as often. */
  private void addTightParts() {
    int t = tight.count();
    double[] gram = t > 0 ? rows.gram() : null;
    for (int l = 0; l + 1 < t; l += 2) {
      int one = tight.row(l);
      int other = tight.row(l + 1);
      double a = side[one] * tight.multiplier(l);
      double b = side[other] * tight.multiplier(l + 1);
      for (int r = 0, i = one * n, j = other * n; r < n; r++, i++, j++) {
        slack[r] += a * gram[i] + b * gram[j];
      }
    }
    if (t % 2 == 1) {
      int last = tight.row(t - 1);
      Vectors.axpy(side[last] * tight.multiplier(t - 1), gram, last * n, slack, 0, n);
    }
  }

  /** Keeps row r if it is violated and among the worst, by insertion. */
  private void offer(int r, double bar) {
    double s = slack[r];
    boolean full = enteringCount == entering.length;
    if (s >= bar || (full && s >= slack[entering[enteringCount - 1]])) {
      return;
    }
    if (banned[r] || tight.contains(r)) {
      return;
    }
    int place = full ? enteringCount - 1 : enteringCount++;
    while (place > 0 && slack[entering[place - 1]] > s) {
      entering[place] = entering[place - 1];
      place--;
    }
    entering[place] = r;
  }

  /** Keeps the rows of smallest slack, found by selection. */
  private void chooseCandidates() {
    candidateCount = 0;
    double bar = Double.POSITIVE_INFINITY;
    if (candidates.length < n) {
      bar = Selection.smallest(slack.clone(), candidates.length);
    }
    for (int r = 0; r < n && candidateCount < candidates.length; r++) {
      if (slack[r] <= bar) {
        candidates[candidateCount++] = r;
      }
    }
  }
}
