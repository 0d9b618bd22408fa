package org.relupath.core.program;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.CholeskyQr;
import org.relupath.core.linalg.Vectors;

/**
 * The tight rows of a cone, as the factorisation A_T' = Q R of their signed unit normals, and the
 * multipliers rho_T of the last vector projected onto their orthogonal complement.
 *
 * <p>Rows are appended by Gram-Schmidt, twice, and removed by Givens rotations; a row whose part
 * orthogonal to the others is below 1e-11 is called dependent and refused. Many rows come at once,
 * by {@link CholeskyQr}.
 */
public final class TightRows {
  /** A unit normal whose part orthogonal to the others is shorter depends on them. */
  private static final double DEPENDENT = 1e-11;

  /** A sum of A' rho this much smaller than its parts has a direction to 12 digits and no more. */
  static final double CANCELLED = 1e-4;

  /** Products with Q of at least this size go to BLAS. */
  private static final int BLAS_SIZE = 4096;

  /** As many entries of normals at once are orthogonalised by matrix products. */
  private static final int BULK = 4096;

  private final UnitRows rows;
  private final int d;
  private final boolean[] contains;
  private int count;
  private int[] index = new int[8];

  /** Row l of Q' (d entries) from l d on. */
  private double[] q = new double[0];

  /** Column l of R, entries 0 to l, from l (l + 1) / 2 on. */
  private double[] r = new double[0];

  private double[] qc = new double[8];
  private double[] rho = new double[8];
  private double[] solution = new double[8];
  private double[] column = new double[8];
  private double[] cosine = new double[8];
  private double[] sine = new double[8];
  private int version;
  private int complementVersion = -1;
  private double[] complement = new double[0];
  private double[] target = new double[0];
  private int targetOffset;

  public TightRows(UnitRows rows) {
    this.rows = rows;
    this.d = rows.d();
    this.contains = new boolean[rows.n()];
  }

  /** The number t of tight rows. */
  public int count() {
    return count;
  }

  /** The i-th tight row's number. */
  public int row(int i) {
    return index[i];
  }

  /** Its multiplier, for the normal of length one. */
  public double multiplier(int i) {
    return rho[i];
  }

  /** An orthonormal basis of the tight normals: vector l at l d, t vectors; not to be changed. */
  public double[] basis() {
    return q;
  }

  /**
   * An orthonormal basis of {w : A_T w = 0}, the orthogonal complement of {@link #basis}: vector l
   * at l d, d - t vectors; not to be changed.
   */
  public double[] complement() {
    if (complementVersion != version) {
      complement = Complement.of(q, count, d);
      complementVersion = version;
    }
    return complement;
  }

  /**
   * A direction h into the cone at which every tight row has the same slack: A_T h = 1 for unit
   * normals, h in their span (d entries).
   */
  public double[] inward() {
    double[] z = new double[count];
    double[] h = new double[d];
    for (int l = 0; l < count; l++) {
      int c = l * (l + 1) / 2;
      z[l] = (1 - Vectors.dot(r, c, z, 0, l)) / r[c + l];
      Vectors.axpy(z[l], q, l * d, h, 0, d);
    }
    return h;
  }

  /**
   * A direction h into a cone at which some rows have the same slack: A_T h = 1 for unit normals.
   *
   * @param unit all rows of length one
   * @param some the rows
   * @param side of every row
   */
  public static double[] inward(UnitRows unit, int[] some, double[] side) {
    if (unit.design().isSparse()) {
      return new TightEquations(unit, some, some.length, side).inward();
    }
    TightRows tight = new TightRows(unit);
    tight.start(some, side);
    return tight.inward();
  }

  /** The numbers of the tight rows. */
  public int[] toArray() {
    return Arrays.copyOf(index, count);
  }

  boolean contains(int row) {
    return contains[row];
  }

  /** Rows with their multipliers, of a sparse X, whose basis is not kept. */
  void assign(int[] rows, IntToDoubleFunction multiplier) {
    clear();
    if (index.length < rows.length) {
      index = new int[rows.length];
      rho = new double[rows.length];
    }
    for (int r : rows) {
      index[count] = r;
      rho[count++] = multiplier.applyAsDouble(r);
      contains[r] = true;
    }
  }

  void clear() {
    for (int i = 0; i < count; i++) {
      contains[index[i]] = false;
    }
    count = 0;
    version++;
  }

  /** Appends a row's normal, side x_r / ||x_r||; false if it depends on those there. */
  public boolean append(int row, double side) {
    if (count >= d) {
      return false;
    }
    reserve(count + 1);
    int at = count * d;
    for (int k = 0; k < d; k++) {
      q[at + k] = side * rows.values()[row * d + k];
    }
    Arrays.fill(column, 0, count, 0);
    for (int pass = 0; pass < 2; pass++) {
      orthogonalise(at);
    }
    double length = Vectors.norm(q, at, d);
    if (length < DEPENDENT) {
      return false;
    }
    Vectors.scale(1 / length, q, at, d);
    int c = count * (count + 1) / 2;
    System.arraycopy(column, 0, r, c, count);
    r[c + count] = length;
    index[count] = row;
    contains[row] = true;
    rho[count] = 0;
    count++;
    version++;
    return true;
  }

  /**
   * Starts anew with rows' normals, side_r x_r / ||x_r||, leaving out those that depend on others.
   */
  public void start(int[] some, double[] side) {
    clear();
    append(some, some.length, side);
  }

  /** Appends normals, all at once where they are many; rows that depend on others are left out. */
  private void append(int[] some, int number, double[] side) {
    if (number * d < BULK || count + number > d || !appendAtOnce(some, number, side)) {
      for (int i = 0; i < number; i++) {
        append(some[i], side[some[i]]);
      }
    }
  }

  /** Whether the rows were independent enough to be taken at once: Gram-Schmidt by blocks. */
  private boolean appendAtOnce(int[] some, int number, double[] side) {
    double[] block = new double[number * d];
    for (int j = 0; j < number; j++) {
      Vectors.axpy(side[some[j]], rows.values(), some[j] * d, block, j * d, d);
    }
    int height = count + number;
    double[] columns = CholeskyQr.append(d, count, q, number, block);
    if (columns == null) {
      return false;
    }
    reserve(height);
    System.arraycopy(block, 0, q, count * d, number * d);
    for (int j = 0; j < number; j++) {
      System.arraycopy(columns, j * height, r, count * (count + 1) / 2, count + 1);
      index[count] = some[j];
      contains[some[j]] = true;
      rho[count++] = 0;
    }
    version++;
    return true;
  }

  /** Subtracts from the vector at {@code at} its part in the span of Q, adding it to column. */
  private void orthogonalise(int at) {
    if (count * d < BLAS_SIZE) {
      for (int l = 0; l < count; l++) {
        double h = Vectors.dot(q, l * d, q, at, d);
        column[l] += h;
        Vectors.axpy(-h, q, l * d, q, at, d);
      }
      return;
    }
    double[] vector = Arrays.copyOfRange(q, at, at + d);
    Blas.gemv(true, d, count, 1, q, d, vector, 0, solution);
    Blas.gemv(false, d, count, -1, q, d, solution, 1, vector);
    System.arraycopy(vector, 0, q, at, d);
    Vectors.axpy(1, solution, 0, column, 0, count);
  }

  /** Turns to a new c, kept by reference until the next call: computes Q'c. */
  void setTarget(double[] c, int offset) {
    target = c;
    targetOffset = offset;
    if (count * d < BLAS_SIZE) {
      for (int l = 0; l < count; l++) {
        qc[l] = Vectors.dot(q, l * d, c, offset, d);
      }
    } else {
      Blas.gemv(true, d, count, 1, q, d, Arrays.copyOfRange(c, offset, offset + d), 0, qc);
    }
  }

  /** v = c - Q Q'c = c + A_T' rho. */
  void residual(double[] v) {
    System.arraycopy(target, targetOffset, v, 0, d);
    if (count * d < BLAS_SIZE) {
      for (int l = 0; l < count; l++) {
        Vectors.axpy(-qc[l], q, l * d, v, 0, d);
      }
    } else {
      Blas.gemv(false, d, count, -1, q, d, qc, 1, v);
    }
  }

  /** Subtracts from v its part in the span of Q. */
  void orthogonalise(double[] v) {
    for (int l = 0; l < count; l++) {
      Vectors.axpy(-Vectors.dot(q, l * d, v, 0, d), q, l * d, v, 0, d);
    }
  }

  /**
   * A_T' rho = -Q Q'c, the direction of v - c, to a relative error that does not grow where c
   * hardly moves, as that of the difference would: a multiple of it may be as large as it likes.
   * Zero where the rows' parts cancel so far that rounding has its share in the direction.
   */
  void correction(double[] into) {
    Arrays.fill(into, 0);
    double parts = 0;
    for (int l = 0; l < count; l++) {
      Vectors.axpy(-qc[l], q, l * d, into, 0, d);
      parts += Math.abs(rho[l]);
    }
    if (Vectors.norm(into) < CANCELLED * parts) {
      Arrays.fill(into, 0);
    }
  }

  /** Drops rows of non-positive multiplier until every multiplier is positive. */
  void dropNegative() {
    boolean dropped = true;
    while (count > 0 && dropped) {
      solve(rho);
      dropped = false;
      for (int l = count - 1; l >= 0; l--) {
        if (rho[l] <= 0) {
          remove(l);
          dropped = true;
        }
      }
    }
  }

  /**
   * One step of Lawson and Hanson: lets violated rows enter and moves the multipliers towards the
   * minimiser on the enlarged set, dropping each row whose multiplier reaches zero on the way.
   * Several rows may enter at once; those whose multiplier would not be positive leave again before
   * the move.
   *
   * @return false if none of the rows could stay; the set is then as it was
   */
  boolean enter(int[] violated, int number, double[] side) {
    int before = count;
    append(violated, number, side);
    for (int l = before; l < count; l++) {
      qc[l] = Vectors.dot(q, l * d, target, targetOffset, d);
    }
    boolean left = true;
    while (count > before && left) {
      solve(solution);
      left = false;
      for (int l = count - 1; l >= before; l--) {
        if (solution[l] <= 0) {
          remove(l);
          left = true;
        }
      }
    }
    if (count == before) {
      return false;
    }
    for (int blocking = moveTowardsSolution(); blocking >= 0; blocking = moveTowardsSolution()) {
      remove(blocking);
      solve(solution);
    }
    return true;
  }

  /** Goes from rho to the solution as far as rho >= 0 allows; the row that stops it, or -1. */
  private int moveTowardsSolution() {
    int blocking = -1;
    double step = 1;
    for (int l = 0; l < count; l++) {
      if (solution[l] <= 0) {
        double fall = rho[l] - solution[l];
        double reach = fall > 0 ? rho[l] / fall : 0;
        if (blocking < 0 || reach < step) {
          step = reach;
          blocking = l;
        }
      }
    }
    for (int l = 0; l < count; l++) {
      rho[l] = blocking < 0 ? solution[l] : rho[l] + step * (solution[l] - rho[l]);
    }
    return blocking;
  }

  /** Solves R rho = -Q'c. */
  private void solve(double[] into) {
    for (int l = count - 1; l >= 0; l--) {
      into[l] = -qc[l];
    }
    for (int l = count - 1; l >= 0; l--) {
      int c = l * (l + 1) / 2;
      double value = into[l] / r[c + l];
      into[l] = value;
      for (int k = 0; k < l; k++) {
        into[k] -= value * r[c + k];
      }
    }
  }

  /** Takes out the row at place p: columns behind it move up, rotations make R triangular again. */
  private void remove(int p) {
    contains[index[p]] = false;
    for (int m = p + 1; m < count; m++) {
      int from = m * (m + 1) / 2;
      System.arraycopy(r, from, column, 0, m + 1);
      for (int l = p; l < m - 1; l++) {
        double x = column[l];
        double y = column[l + 1];
        column[l] = cosine[l] * x + sine[l] * y;
        column[l + 1] = -sine[l] * x + cosine[l] * y;
      }
      double h = Math.hypot(column[m - 1], column[m]);
      cosine[m - 1] = column[m - 1] / h;
      sine[m - 1] = column[m] / h;
      column[m - 1] = h;
      System.arraycopy(column, 0, r, (m - 1) * m / 2, m);
      index[m - 1] = index[m];
      rho[m - 1] = rho[m];
      rotateBasis(m - 1);
    }
    count--;
    version++;
  }

  private void rotateBasis(int l) {
    double c = cosine[l];
    double s = sine[l];
    for (int k = l * d, j = k + d; k < (l + 1) * d; k++, j++) {
      double x = q[k];
      double y = q[j];
      q[k] = c * x + s * y;
      q[j] = -s * x + c * y;
    }
    double x = qc[l];
    double y = qc[l + 1];
    qc[l] = c * x + s * y;
    qc[l + 1] = -s * x + c * y;
  }

  private void reserve(int wanted) {
    if (wanted > index.length) {
      int capacity = Math.min(d, Math.max(wanted, 2 * count));
      index = Arrays.copyOf(index, capacity);
      qc = Arrays.copyOf(qc, capacity);
      rho = Arrays.copyOf(rho, capacity);
      solution = Arrays.copyOf(solution, capacity);
      column = Arrays.copyOf(column, capacity);
      cosine = Arrays.copyOf(cosine, capacity);
      sine = Arrays.copyOf(sine, capacity);
    }
    if (q.length < index.length * d) {
      q = Arrays.copyOf(q, index.length * d);
      r = Arrays.copyOf(r, index.length * (index.length + 1) / 2);
    }
  }
}
