package org.relupath.core.gates.arrangement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.linalg.Vectors;

/**
 * Rows x_l as whole numbers in barycentric coordinates: those in which r of them, a basis B of
 * their span, are the unit vectors. An invertible map of the columns changes neither which rows
 * depend on each other nor on which side of a hyperplane others are, so both may be asked here:
 *
 * <pre>x_l'g = a_l'z times a positive number,    a_l = |det B| x_l B^-1,    g = |det B| B^-1 z.
 * </pre>
 *
 * <p>Everything about whole numbers here is exact. B is chosen by complete pivoting, so that the
 * coordinates of all rows are of order one, however far from the origin the rows lie, and
 * {@linkplain #normals rounded} they are fit for floating-point arithmetic that decides all but the
 * closest questions.
 */
final class IntegerRows implements java.io.Serializable {
  /** The unit roundoff of doubles. */
  static final double UNIT = 0x1p-53;

  private final BigInteger[][] rows;
  private final double[][] normals;
  private final int rank;
  private final int dimension;

  /** Where g is not zero, and there g_p = sum_k map_pk z_k. */
  private final int[] columns;

  private final BigInteger[][] map;
  private final double[][] roundedMap;

  private IntegerRows(
      BigInteger[][] rows, int dimension, int[] columns, BigInteger[][] map, int[] exponents) {
    this.rows = rows;
    this.rank = columns.length;
    this.dimension = dimension;
    this.columns = columns;
    this.map = map;
    this.normals = new double[rows.length][];
    for (int l = 0; l < rows.length; l++) {
      normals[l] = unit(rows[l]);
    }
    this.roundedMap = roundedMap(exponents);
  }

  /** A row as a unit vector, to within 4 (r + 2) UNIT. */
  static double[] unit(BigInteger[] row) {
    double[] unit = Dyadic.rounded(row);
    Vectors.scale(1 / Vectors.norm(unit), unit, 0, unit.length);
    return unit;
  }

  private double[][] roundedMap(int[] exponents) {
    int top = Integer.MIN_VALUE;
    for (int p = 0; p < rank; p++) {
      for (BigInteger entry : map[p]) {
        top = Math.max(top, entry.bitLength() - exponents[columns[p]]);
      }
    }
    double[][] rounded = new double[rank][rank];
    for (int p = 0; p < rank; p++) {
      for (int k = 0; k < rank; k++) {
        rounded[p][k] = Dyadic.scaled(map[p][k], -exponents[columns[p]] - top);
      }
    }
    return rounded;
  }

  /**
   * Changes coordinates.
   *
   * @param matrix rows of c whole numbers, none of them zero
   * @param exponents for each column the e by which its true entries are 2^e times these
   */
  static IntegerRows of(List<BigInteger[]> matrix, int[] exponents) {
    Elimination chosen = new Elimination();
    int[] basis = basis(matrix, exponents.length, chosen);
    int r = basis.length;
    int[] columns = new int[r];
    Arrays.setAll(columns, chosen::column);
    BigInteger[][] map = inverse(matrix, basis, columns);
    BigInteger[][] rows = new BigInteger[matrix.size()][];
    for (int l = 0; l < rows.length; l++) {
      BigInteger[] row = new BigInteger[r];
      Arrays.fill(row, BigInteger.ZERO);
      for (int p = 0; p < r; p++) {
        BigInteger x = matrix.get(l)[columns[p]];
        for (int k = 0; k < r && x.signum() != 0; k++) {
          row[k] = row[k].add(x.multiply(map[p][k]));
        }
      }
      rows[l] = Elimination.primitive(row);
    }
    return new IntegerRows(rows, exponents.length, columns, map, exponents);
  }

  /** Chooses independent rows, and their columns, by the largest entry left in proportion. */
  private static int[] basis(List<BigInteger[]> matrix, int c, Elimination chosen) {
    double[] columnScale = new double[c];
    Arrays.fill(columnScale, Double.NEGATIVE_INFINITY);
    for (BigInteger[] row : matrix) {
      for (int k = 0; k < c; k++) {
        columnScale[k] = Math.max(columnScale[k], log2(row[k]));
      }
    }
    double[] rowScale = new double[matrix.size()];
    for (int l = 0; l < rowScale.length; l++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < c; k++) {
        BigInteger x = matrix.get(l)[k];
        most = x.signum() == 0 ? most : Math.max(most, log2(x) - columnScale[k]);
      }
      rowScale[l] = most;
    }
    List<Integer> basis = new ArrayList<>();
    boolean[] spanned = new boolean[matrix.size()];
    while (true) {
      double most = Double.NEGATIVE_INFINITY;
      BigInteger[] best = null;
      int column = -1;
      int row = -1;
      for (int l = 0; l < spanned.length; l++) {
        if (spanned[l]) {
          continue;
        }
        BigInteger[] rest = chosen.residual(matrix.get(l));
        spanned[l] = true;
        for (int k = 0; k < c; k++) {
          if (rest[k].signum() != 0) {
            spanned[l] = false;
            double size = log2(rest[k]) - rowScale[l] - columnScale[k];
            if (size > most) {
              most = size;
              best = rest;
              column = k;
              row = l;
            }
          }
        }
      }
      if (best == null) {
        return basis.stream().mapToInt(Integer::intValue).toArray();
      }
      chosen.append(best, column);
      spanned[row] = true;
      basis.add(row);
    }
  }

  private static double log2(BigInteger v) {
    return v.signum() == 0 ? Double.NEGATIVE_INFINITY : Dyadic.log2(v);
  }

  /** |det B| B^-1 for the basis rows B in the chosen columns, by elimination of [B I]. */
  private static BigInteger[][] inverse(List<BigInteger[]> matrix, int[] basis, int[] columns) {
    int r = basis.length;
    Elimination both = new Elimination();
    for (int i = 0; i < r; i++) {
      BigInteger[] row = new BigInteger[2 * r];
      Arrays.fill(row, BigInteger.ZERO);
      for (int p = 0; p < r; p++) {
        row[p] = matrix.get(basis[i])[columns[p]];
      }
      row[r + i] = BigInteger.ONE;
      BigInteger[] rest = both.residual(row);
      int column = 0;
      while (rest[column].signum() == 0) {
        column++;
      }
      both.append(rest, column);
    }
    BigInteger[][] inverse = new BigInteger[r][r];
    boolean negative = both.pivot().signum() < 0;
    for (int i = 0; i < r; i++) {
      for (int k = 0; k < r; k++) {
        BigInteger entry = both.entry(i, r + k);
        inverse[both.column(i)][k] = negative ? entry.negate() : entry;
      }
    }
    return inverse;
  }

  /** The number of rows. */
  int count() {
    return rows.length;
  }

  /** r. */
  int rank() {
    return rank;
  }

  /** The rows as unit vectors of R^r, to within 4 (r + 2) {@link #UNIT}; not to be changed. */
  double[][] normals() {
    return normals;
  }

  /** Some of the rows by themselves, of a rank of their own; g of theirs is z of these. */
  IntegerRows only(int[] chosen) {
    return of(Arrays.stream(chosen).mapToObj(l -> rows[l]).toList(), new int[rank]);
  }

  /**
   * The rows on the hyperplane of one of them, {z : a_l'z = 0}, in r - 1 coordinates; those on the
   * line of row l are zero there.
   */
  BigInteger[][] across(int l) {
    int p = 0;
    while (rows[l][p].signum() == 0) {
      p++;
    }
    BigInteger[][] across = new BigInteger[rows.length][rank - 1];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0, j = 0; k < rank; k++) {
        if (k != p) {
          BigInteger minor =
              rows[l][p].multiply(rows[i][k]).subtract(rows[i][p].multiply(rows[l][k]));
          across[i][j++] = rows[l][p].signum() > 0 ? minor : minor.negate();
        }
      }
    }
    return across;
  }

  /** Whether the first {@code size} of the chosen rows are independent. */
  boolean independent(int[] chosen, int size) {
    Elimination elimination = new Elimination();
    for (int i = 0; i < size; i++) {
      if (!elimination.append(rows[chosen[i]])) {
        return false;
      }
    }
    return true;
  }

  /** The vector orthogonal to r - 1 of the rows, up to its sign; null if these are dependent. */
  BigInteger[] normal(int[] chosen) {
    Elimination elimination = new Elimination();
    for (int l : chosen) {
      if (!elimination.append(rows[l])) {
        return null;
      }
    }
    return Elimination.primitive(elimination.normal(rank));
  }

  /** a_l'z. */
  BigInteger product(int l, BigInteger[] z) {
    return Elimination.dot(rows[l], z);
  }

  /** a_l'z for vectors scaled to length one: of the right sign, and to some ten digits. */
  double height(int l, BigInteger[] z) {
    BigInteger product = product(l, z);
    if (product.signum() == 0) {
      return 0;
    }
    double exponent = Dyadic.log2(product) - length2(rows[l]) - length2(z);
    return product.signum() * Math.max(Double.MIN_NORMAL, Math.exp(exponent * Math.log(2)));
  }

  /** log2 of the length of a vector. */
  private static double length2(BigInteger[] vector) {
    return 0.5 * Dyadic.log2(Elimination.dot(vector, vector));
  }

  /** g for a direction z, scaled by some power of two. */
  double[] embed(double[] z) {
    double[] g = new double[dimension];
    for (int p = 0; p < rank; p++) {
      g[columns[p]] = Vectors.dot(roundedMap[p], z);
    }
    return g;
  }

  /** g for a direction z. */
  BigInteger[] embed(BigInteger[] z) {
    BigInteger[] g = new BigInteger[dimension];
    Arrays.fill(g, BigInteger.ZERO);
    for (int p = 0; p < rank; p++) {
      g[columns[p]] = Elimination.dot(map[p], z);
    }
    return g;
  }

  /** By how much of its length the rounded g of a unit vector z, itself within an error, is off. */
  double embeddingError(double[] z, double error) {
    double size = 0;
    for (double[] row : roundedMap) {
      size = Math.max(size, Vectors.norm(row));
    }
    double length = Vectors.norm(embed(z));
    return rank * size * (error + 4 * (rank + 2) * UNIT) / length;
  }
}
