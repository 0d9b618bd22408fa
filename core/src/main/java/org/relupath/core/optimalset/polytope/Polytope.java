package org.relupath.core.optimalset.polytope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relupath.core.linalg.Vectors;

/**
 * The polytope {beta in R^m : beta >= 0, M beta = M beta_0} around an anchor beta_0 >= 0: all
 * optimal networks of a convex program, when the columns of M (n x m) are the fits of the unit rays
 * of its equicorrelation set and beta_0 the weights of one solution
 * (core/docs/mathematics.md#the-optimal-set-of-a-program). Further equations R beta = R beta_0 can
 * be asked for, such as the sum of the weights.
 *
 * <p>The right-hand side is the anchor's own, so the set is not empty whatever the accuracy of the
 * solution. Everything is computed in the coordinates
 *
 * <pre>beta_b = center_b (1 + (N z)_b) on S_max, 0 elsewhere,</pre>
 *
 * <p>with S_max the union of all supports, center the analytic center of the polytope and N an
 * orthonormal basis of the null space of M diag(center): members keep the fit M beta to rounding.
 * Members are functions of the input, bit by bit. A polytope is immutable.
 */
public final class Polytope {
  private final PolytopeInput input;
  private final int m;
  private final Rank rank;
  private final MaximalSupport maximal;
  private final Rank supportRank;
  private final int[] support;
  private final double[] center;
  private final AffineCoordinates affine;
  private final boolean resolved;

  private Polytope(
      PolytopeInput input,
      Rank rank,
      MaximalSupport maximal,
      Rank supportRank,
      int[] support,
      double[] center,
      AffineCoordinates affine,
      boolean resolved) {
    this.input = input;
    this.m = input.anchor().length;
    this.rank = rank;
    this.maximal = maximal;
    this.supportRank = supportRank;
    this.support = support;
    this.center = center;
    this.affine = affine;
    this.resolved = resolved;
  }

  /**
   * The polytope without further equations.
   *
   * @param n number of rows of M, at least 1
   * @param columns M, n x m, column-major, finite; m may be 0
   * @param anchor beta_0, m entries, finite and >= 0
   * @param gap the relative gap of the solution that M was computed from, in [0, 1]: sets the
   *     tolerance max(1e-9, 100 gap) of ranks and supports
   * @throws IllegalArgumentException if a shape or a number is not as said, or the set is unbounded
   */
  public static Polytope of(int n, double[] columns, double[] anchor, double gap) {
    return of(n, columns, List.of(), anchor, gap);
  }

  /**
   * The polytope.
   *
   * @param rows the rows of R, m entries each
   */
  public static Polytope of(
      int n, double[] columns, List<double[]> rows, double[] anchor, double gap) {
    return of(new PolytopeInput(n, columns, rows, anchor, gap));
  }

  /**
   * The polytope.
   *
   * @throws IllegalArgumentException if the set is unbounded
   */
  public static Polytope of(PolytopeInput input) {
    ColumnSpace space = input.space();
    double[] x0 = input.unitAnchor(space);
    if (!input.bounded(space, x0)) {
      throw new IllegalArgumentException(
          "the set is unbounded: a non-negative combination of the columns is zero");
    }
    return of(input, space, x0);
  }

  /**
   * The polytope of an optimum, which is bounded: all optima share the sum of beta. Where the
   * columns are too far off for that to be seen, or a program over them does not come to its end,
   * it is {@link #ofAnchor}.
   */
  public static Polytope ofOptimum(
      int n, double[] columns, List<double[]> rows, double[] anchor, double gap) {
    PolytopeInput input = new PolytopeInput(n, columns, rows, anchor, gap);
    ColumnSpace space = input.space();
    double[] x0 = input.unitAnchor(space);
    try {
      return input.bounded(space, x0) ? of(input, space, x0) : ofAnchor(n, columns, anchor, gap);
    } catch (ArithmeticException beyondRounding) {
      return ofAnchor(n, columns, anchor, gap);
    }
  }

  /** The one member that is known without a program, the anchor; not {@link #resolved}. */
  public static Polytope ofAnchor(int n, double[] columns, double[] anchor, double gap) {
    PolytopeInput input = new PolytopeInput(n, columns, List.of(), anchor, gap);
    int[] support = IntStream.range(0, anchor.length).filter(b -> anchor[b] > 0).toArray();
    boolean[] members = new boolean[anchor.length];
    double[] ones = new double[support.length];
    Arrays.fill(ones, 1);
    for (int b : support) {
      members[b] = true;
    }
    MaximalSupport maximal = new MaximalSupport(members, anchor.clone(), 0, 1, false);
    Rank rank = input.space().rank();
    Rank own = input.restrict(support).space().rank();
    AffineCoordinates point = AffineCoordinates.of(ones, new double[0]);
    return new Polytope(input, rank, maximal, own, support, anchor.clone(), point, false);
  }

  private static Polytope of(PolytopeInput input, ColumnSpace space, double[] x0) {
    double[] anchor = input.anchor();
    MaximalSupport maximal = MaximalSupport.of(space, x0);
    SupportFace face = SupportFace.of(input, x0, maximal);
    double[] center = new double[anchor.length];
    for (int i = 0; i < face.support().length; i++) {
      center[face.support()[i]] = face.inner()[i] * input.total(space) / face.space().norms()[i];
    }
    return new Polytope(
        input,
        space.rank(),
        maximal,
        face.space().rank(),
        face.support(),
        center,
        face.affine(),
        true);
  }

  /** m, the number of coordinates. */
  public int size() {
    return m;
  }

  /** n, the number of rows of M. */
  public int n() {
    return input.n();
  }

  /** M, n x m, column-major; a copy. */
  public double[] columns() {
    return input.columns().clone();
  }

  /** M, the further equations, the anchor and the gap. */
  public PolytopeInput input() {
    return input;
  }

  /** The relative gap that the tolerances were set by. */
  public double gap() {
    return input.gap();
  }

  /**
   * N: the members are center_b (1 + (N z)_b) on the support, for all z that leave this
   * non-negative.
   *
   * @return |S_max| x dimension, column-major, orthonormal
   */
  public double[] basis() {
    return affine.basis().clone();
  }

  /** The rank of M with the further equations, its columns at length one. */
  public Rank rank() {
    return rank;
  }

  /** The rank of the columns in S_max. */
  public Rank supportRank() {
    return supportRank;
  }

  /** S_max, the coordinates that are positive for some member, ascending. */
  public int[] support() {
    return support.clone();
  }

  /** The dimension |S_max| - rank(M_{S_max}). */
  public int dimension() {
    return affine.dimension();
  }

  /**
   * Whether the members were looked for. Where the columns are too far off from those of an
   * optimum, only the anchor is known to be one: supports, dimension and vertices are its own, and
   * say nothing of the set.
   */
  public boolean resolved() {
    return resolved;
  }

  /**
   * Whether the rank of M, S_max and the rank on it, and with them the dimension, were decided by
   * figures a factor of a thousand apart.
   */
  public boolean certain() {
    return resolved && rank.certain() && maximal.certain() && supportRank.certain();
  }

  /** The analytic center, positive on all of S_max; the one member where the dimension is zero. */
  public double[] center() {
    return center.clone();
  }

  /**
   * The least and largest value of c'beta.
   *
   * <p>Where ||N'D c|| &lt;= 1e-9 ||D c||, D = diag(center), the functional is taken for constant
   * and no program runs: its values then differ by at most 2e-9 |S_max| ||D c||.
   *
   * @param c m entries
   * @throws ArithmeticException if a program could not be solved to rounding
   */
  public Range range(double[] c) {
    double[] relative = relative("c", c);
    double[] gradient = affine.gradient(relative);
    if (Vectors.norm(gradient) <= 1e-9 * Vectors.norm(relative)) {
      double value = Vectors.dot(c, center);
      return new Range(value, value, center(), center(), true);
    }
    double[] argmax = member(ascent().maximise(gradient));
    Vectors.scale(-1, gradient, 0, gradient.length);
    double[] argmin = member(ascent().maximise(gradient));
    return new Range(Vectors.dot(c, argmin), Vectors.dot(c, argmax), argmin, argmax, false);
  }

  /**
   * The member nearest to a point, argmin ||beta - target||^2; unique. The one of least norm is
   * that for zero.
   *
   * @param target m entries
   */
  public double[] nearest(double[] target) {
    requireLength("target", target, m);
    return member(new MemberPrograms(affine, onSupport(center)).nearest(onSupport(target)));
  }

  /**
   * A member of least squares, argmin ||Phi beta - t||^2, and of these the one of least norm.
   * Singular values of Phi on the directions of the polytope up to 1e-10 times the largest count as
   * zero.
   *
   * @param rows number of rows of Phi
   * @param phi rows x m, column-major
   * @param t as many entries as rows
   */
  public double[] leastSquares(int rows, double[] phi, double[] t) {
    requireLength("phi", phi, Math.multiplyExact(rows, m));
    requireLength("t", t, rows);
    double[] columns = new double[rows * support.length];
    for (int i = 0; i < support.length; i++) {
      System.arraycopy(phi, support[i] * rows, columns, i * rows, rows);
    }
    return member(new MemberPrograms(affine, onSupport(center)).leastSquares(rows, columns, t));
  }

  /** A member whose largest entry is least, and of these the one of least norm. */
  public double[] minimaxNorm() {
    return member(new MemberPrograms(affine, onSupport(center)).leastLargest());
  }

  /** A member whose smallest entry on S_max is largest, and of these the one of least norm. */
  public double[] maxSmallest() {
    return member(new MemberPrograms(affine, onSupport(center)).largestSmallest());
  }

  /**
   * All vertices where there are at most {@code limit}, and else at most that many of them.
   *
   * @param limit at least 1
   */
  public Vertices vertices(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + ", expected at least 1");
    }
    VertexEnumeration.Outcome outcome = new VertexEnumeration(affine, limit).run();
    List<Vertex> list = new ArrayList<>();
    for (Map.Entry<int[], double[]> entry : outcome.found().entrySet()) {
      int[] at = Arrays.stream(entry.getKey()).map(i -> support[i]).toArray();
      list.add(new Vertex(member(entry.getValue()), at));
    }
    return new Vertices(list, outcome.complete());
  }

  /**
   * Members drawn uniformly, by hit-and-run from the center: 100 k steps at first and 20 k before
   * each sample, in k dimensions.
   *
   * @param count how many, at least 0
   * @param seed of the draws: members are a function of it
   */
  public List<double[]> sample(int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + ", expected at least 0");
    }
    return new HitAndRun(affine.inequalities(), seed)
        .draw(count).stream().map(z -> member(affine.at(z))).toList();
  }

  private FeasibleAscent ascent() {
    return new FeasibleAscent(affine.inequalities(), new double[affine.dimension()]);
  }

  private double[] member(FeasibleAscent.Optimum optimum) {
    return member(affine.at(optimum));
  }

  /** beta from coordinates relative to the center. */
  private double[] member(double[] x) {
    double[] beta = new double[m];
    for (int i = 0; i < support.length; i++) {
      beta[support[i]] = center[support[i]] * x[i];
    }
    return beta;
  }

  private double[] onSupport(double[] values) {
    return Arrays.stream(support).mapToDouble(b -> values[b]).toArray();
  }

  /** D c on S_max. */
  private double[] relative(String name, double[] c) {
    requireLength(name, c, m);
    return Arrays.stream(support).mapToDouble(b -> center[b] * c[b]).toArray();
  }

  private static void requireLength(String name, double[] values, int expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " entries, expected " + expected);
    }
    Vectors.requireFinite(name, values);
  }
}
