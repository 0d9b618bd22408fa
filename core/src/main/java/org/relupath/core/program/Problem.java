package org.relupath.core.program;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.data.ColumnScales;
import org.relupath.core.data.Coordinates;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.Loss;
import org.relupath.core.loss.SquaredLoss;

/**
 * What every block of a program shares: X, y, which of the two models is meant, and what errors
 * cost. Patterns come apart ({@link ConvexProgram}), because they may live on other machines.
 */
public final class Problem implements java.io.Serializable {
  /** |x_r'w| / (||x_r|| ||w||) up to this makes a row tight. */
  private static final double TIGHT = 1e-9;

  /**
   * Columns from which on what is kept or iterated for many columns is worth its overhead: products
   * of two rows, coordinates of the row space, conjugate gradients.
   */
  private static final int WIDE = 128;

  private final Design x;
  private final double[] y;
  private final Model model;
  private final Loss loss;
  private final Design sides;
  private final double[] roots;
  private final UnitRows unitRows;

  /** Null until it is asked for: only searches do. */
  private Coordinates coordinates;

  /** Null until it is asked for. */
  private transient RowSpace rowSpace;

  /** A problem of the squared loss. */
  public Problem(Design x, double[] y, Model model) {
    this(x, y, model, SquaredLoss.INSTANCE);
  }

  /**
   * Checks shapes and that every number is finite.
   *
   * @param x X, n x d with n, d >= 1
   * @param y n targets
   * @param model C-ReLU or C-GReLU
   * @param loss what errors y - f(X) cost
   */
  public Problem(Design x, double[] y, Model model, Loss loss) {
    this(x, y, model, loss, x, new double[0], null);
  }

  /** Rows whose unit rows are known already where {@code unit} is not null. */
  private Problem(
      Design x, double[] y, Model model, Loss loss, Design sides, double[] roots, UnitRows unit) {
    if (x.rows() < 1 || x.columns() < 1) {
      throw new IllegalArgumentException("X is " + x + ", expected at least one row and column");
    }
    if (y.length != x.rows()) {
      throw new IllegalArgumentException("y has " + y.length + " entries, expected " + x.rows());
    }
    if (x.defect() != null) {
      throw new IllegalArgumentException("X " + x.defect());
    }
    requireFinite("y", y);
    this.x = x;
    this.y = y;
    this.model = model;
    this.loss = loss;
    this.sides = sides;
    this.roots = roots;
    this.unitRows = model == Model.GATED ? null : unit == null ? UnitRows.of(x) : unit;
  }

  /**
   * The problem of the squared loss of some rows. A row of weight m is m rows in one: X and y have
   * it sqrt(m) times, its ones column included, which changes no pattern.
   *
   * @param preprocessing makes X and y of the raw rows
   * @param rows labelled raw rows, weighted or not
   */
  public static Problem of(Preprocessing preprocessing, Observations rows, Model model) {
    Design x = preprocessing.design(rows.cells());
    double[] y = preprocessing.targets(rows.targets());
    return rows.weighted()
        ? weighted(x, y, model, Arrays.stream(rows.weights()).map(Math::sqrt).toArray())
        : new Problem(x, y, model);
  }

  private static Problem weighted(Design x, double[] y, Model model, double[] roots) {
    double[] targets = y.clone();
    for (int r = 0; r < y.length; r++) {
      targets[r] *= roots[r];
    }
    Design own = x.scaledRows(roots);
    return new Problem(own, targets, model, SquaredLoss.INSTANCE, x, roots, null);
  }

  /** The problem of these rows with the other model. */
  public Problem with(Model other) {
    return new Problem(x, y, other, loss, sides, roots, unitRows);
  }

  /**
   * The problem of these rows with other targets; what depends on X alone is shared.
   *
   * @param targets n targets, of rows that count once: the roots of weights are multiplied in here
   */
  public synchronized Problem with(double[] targets) {
    double[] own = targets.clone();
    for (int r = 0; r < roots.length; r++) {
      own[r] *= roots[r];
    }
    Problem other = new Problem(x, own, model, loss, sides, roots, unitRows);
    other.coordinates = coordinates;
    return other;
  }

  private static void requireFinite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(name + " entry " + i + " is " + values[i]);
      }
    }
  }

  /**
   * X, n x d, where it is dense: of a row that has a weight the root of it times the row.
   *
   * @throws IllegalStateException where it is sparse
   */
  public Matrix x() {
    if (x instanceof Matrix matrix) {
      return matrix;
    }
    throw new IllegalStateException("X is " + x + ", expected a dense one");
  }

  /** X, n x d, dense or sparse: of a row that has a weight the root of it times the row. */
  public Design design() {
    return x;
  }

  /** This problem with all numbers of X: the very problem where it is dense. */
  public Problem dense() {
    return x.isSparse()
        ? new Problem(
            x.dense(), y, model, loss, sides == x ? x.dense() : sides.dense(), roots, null)
        : this;
  }

  /**
   * The rows whose signs patterns are, n x d: X before its rows were weighted. Weights change no
   * pattern, but rounding their products may carry a row over the border of a gate that it lies on.
   */
  public Design sides() {
    return sides;
  }

  /** The root of the weight of row r: 1 where rows have none. */
  public double root(int r) {
    return roots.length == 0 ? 1 : roots[r];
  }

  /** The n targets, each times the root of its row's weight; not to be changed. */
  public double[] y() {
    return y;
  }

  /** Which program. */
  public Model model() {
    return model;
  }

  /** n, the number of rows. */
  public int n() {
    return x.rows();
  }

  /** d, the number of columns. */
  public int d() {
    return x.columns();
  }

  /** The normals of the cones; null for C-GReLU, which has none. */
  public UnitRows unitRows() {
    return unitRows;
  }

  /**
   * Coordinates in which X'X is n times the identity, of a sparse X its diagonal; made when first
   * asked for.
   */
  public synchronized Coordinates coordinates() {
    if (coordinates == null) {
      coordinates = ColumnScales.of(x);
    }
    return coordinates;
  }

  /** Whether so many columns are many. */
  public static boolean isWide(int columns) {
    return columns >= WIDE;
  }

  /** Coordinates of as many dimensions as X has independent columns; made when first asked for. */
  public synchronized RowSpace rowSpace() {
    if (rowSpace == null) {
      rowSpace = RowSpace.of(this);
    }
    return rowSpace;
  }

  /** A projection onto a block's cone, started from rows that may be tight. */
  public ConeProjection projection(Block block, int[] start) {
    ConeProjection projection = new ConeProjection(unitRows);
    projection.setCone(block, start);
    return projection;
  }

  /**
   * The rows that are tight at w: |x_r'w| &lt;= 1e-9 ||x_r|| ||w||, at most d of them.
   *
   * @param w d entries from {@code offset} on
   */
  public int[] tightRows(double[] w, int offset) {
    int d = d();
    double bar = TIGHT * Vectors.norm(w, offset, d);
    double[] own = Arrays.copyOfRange(w, offset, offset + d);
    double[] scores = new double[n()];
    unitRows.design().multiply(own, scores);
    return IntStream.range(0, n())
        .filter(r -> unitRows.lengths()[r] > 0 && Math.abs(scores[r]) <= bar)
        .limit(d)
        .toArray();
  }

  /** What errors y - f(X) cost. */
  public Loss loss() {
    return loss;
  }

  /**
   * Refuses another loss than the squared one, in the name of what is only right for squares.
   *
   * @param what it is, for the message
   */
  public void requireSquares(String what) {
    if (loss != SquaredLoss.INSTANCE) {
      throw new IllegalArgumentException(
          what + " is for the squared loss, the loss of this problem is " + loss);
    }
  }

  /** The objective of the zero network: ||y||^2 / 2 of the squared loss. */
  public double zeroObjective() {
    return loss == SquaredLoss.INSTANCE ? SquaredLoss.ofSquare(Vectors.dot(y, y)) : loss.value(y);
  }

  /**
   * The residuals of the zero network, not to be changed: y of the squared loss. The largest
   * ||v_b|| there is lambda_max.
   */
  public double[] zeroResidual() {
    return loss == SquaredLoss.INSTANCE ? y : loss.residuals(y.clone());
  }
}
