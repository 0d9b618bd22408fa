package org.relupath.core.optimalset.polytope;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A small polytope {beta >= 0 : M beta = M anchor}. Its name ends in the seed that makes it again.
 *
 * @param name what it is, as test reports show it
 * @param m M by rows
 * @param further rows that are given as further equations
 * @param anchor beta_0
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record PolytopeCase(String name, double[][] m, double[][] further, double[] anchor) {

  /** Kinds of polytopes that break algorithms. */
  public enum Shape {
    GAUSSIAN,
    WIDE,
    BOUNDARY_ANCHOR,
    DUPLICATE_COLUMNS,
    ZERO_COLUMNS,
    ONE_RAY,
    POINT,
    INTEGERS,
    SIMPLEX,
    PRODUCT_OF_SIMPLICES,
    TRANSPORTATION,
    OCTAHEDRON,
    CROSS_POLYTOPE,
    CUBE,
    SCALED_COLUMNS,
    FIXED_COORDINATES,
    FURTHER_ROWS
  }

  /** Three of every shape. */
  public static Stream<PolytopeCase> all() {
    return Stream.of(Shape.values())
        .flatMap(shape -> LongStream.range(0, 3).mapToObj(seed -> of(shape, seed)));
  }

  /** A random polytope of a shape. */
  public static PolytopeCase of(Shape shape, long seed) {
    Random random = new Random(1000 * seed + shape.ordinal());
    double[][] none = new double[0][];
    double[][] m = gaussian(random, 5, 9);
    Arrays.fill(m[0], 1);
    double[] anchor = random.doubles(9, 0.2, 1).toArray();
    String name = shape + " seed " + seed;
    return switch (shape) {
      case GAUSSIAN -> new PolytopeCase(name, m, none, anchor);
      case WIDE -> {
        double[][] wide = gaussian(random, 8, 12);
        Arrays.fill(wide[0], 1);
        yield new PolytopeCase(name, wide, none, random.doubles(12, 0, 1).toArray());
      }
      case BOUNDARY_ANCHOR -> {
        Arrays.fill(anchor, 2, 7, 0);
        yield new PolytopeCase(name, m, none, anchor);
      }
      case DUPLICATE_COLUMNS -> {
        for (double[] row : m) {
          row[3] = row[0];
          row[4] = 2 * row[0];
          row[8] = row[7];
        }
        yield new PolytopeCase(name, m, none, anchor);
      }
      case ZERO_COLUMNS -> {
        double[][] rows = Arrays.copyOfRange(m, 1, 5);
        for (double[] row : rows) {
          row[1] = 0;
          row[5] = 0;
        }
        yield new PolytopeCase(name, rows, new double[][] {m[0]}, anchor);
      }
      case ONE_RAY -> {
        double[] multiples = random.doubles(7, 0.1, 10).toArray();
        double[][] ray = new double[4][];
        for (int r = 0; r < 4; r++) {
          double entry = m[r][0];
          ray[r] = Arrays.stream(multiples).map(t -> t * entry).toArray();
        }
        yield new PolytopeCase(name, ray, none, Arrays.copyOf(anchor, 7));
      }
      case POINT -> new PolytopeCase(name, gaussian(random, 6, 5), none, Arrays.copyOf(anchor, 5));
      case INTEGERS -> {
        double[][] integers = new double[5][10];
        Arrays.fill(integers[0], 1);
        for (int r = 1; r < 5; r++) {
          integers[r] = random.ints(10, -1, 2).asDoubleStream().toArray();
        }
        double[] sparse = random.ints(10, 0, 3).asDoubleStream().toArray();
        sparse[0] = 1;
        yield new PolytopeCase(name, integers, none, sparse);
      }
      case SIMPLEX -> new PolytopeCase(name, new double[][] {m[0]}, none, anchor);
      case PRODUCT_OF_SIMPLICES -> {
        double[][] product = new double[3][9];
        for (int b = 0; b < 9; b++) {
          product[b % 3][b] = 1 + random.nextDouble();
        }
        yield new PolytopeCase(name, product, none, anchor);
      }
      case TRANSPORTATION -> {
        // Row and column sums of a 3 x 4 table; equal margins make many vertices degenerate.
        double[][] sums = new double[7][12];
        for (int b = 0; b < 12; b++) {
          sums[b / 4][b] = 1;
          sums[3 + b % 4][b] = 1;
        }
        double[] table = seed == 0 ? constant(12) : random.doubles(12, 0.1, 1).toArray();
        yield new PolytopeCase(name, sums, none, table);
      }
      case OCTAHEDRON -> facets(name, signs(3), random);
      case CROSS_POLYTOPE -> facets(name, signs(4), random);
      case CUBE -> {
        double[][] sides = new double[8][4];
        for (int i = 0; i < 8; i++) {
          sides[i][i / 2] = i % 2 == 0 ? 1 : -1;
        }
        yield facets(name, sides, random);
      }
      case SCALED_COLUMNS -> {
        for (int b = 0; b < 9; b++) {
          double scale = Math.pow(10, 12 * random.nextDouble() - 6);
          anchor[b] /= scale;
          for (double[] row : m) {
            row[b] *= scale;
          }
        }
        yield new PolytopeCase(name, m, none, anchor);
      }
      case FIXED_COORDINATES -> {
        // Columns 0 and 1 are the only ones with entries in rows 3 and 4: their weights are fixed.
        for (int b = 2; b < 9; b++) {
          m[3][b] = 0;
          m[4][b] = 0;
        }
        anchor[1] = 0;
        yield new PolytopeCase(name, m, none, anchor);
      }
      case FURTHER_ROWS -> {
        double[][] two = {m[0], gaussian(random, 1, 9)[0]};
        yield new PolytopeCase(name, Arrays.copyOfRange(m, 1, 4), two, anchor);
      }
    };
  }

  /** {x = 1 + A z >= 0} by equations: the rows of M span the complement of the range of A. */
  private static PolytopeCase facets(String name, double[][] a, Random random) {
    int s = a.length;
    int k = a[0].length;
    double[][] m = gaussian(random, s - k, s);
    for (double[] row : m) {
      // Gram-Schmidt against the columns of A, which are orthogonal.
      for (int j = 0; j < k; j++) {
        double product = 0;
        double square = 0;
        for (int b = 0; b < s; b++) {
          product += row[b] * a[b][j];
          square += a[b][j] * a[b][j];
        }
        for (int b = 0; b < s; b++) {
          row[b] -= product / square * a[b][j];
        }
      }
    }
    return new PolytopeCase(name, m, new double[0][], constant(s));
  }

  private static double[][] signs(int k) {
    double[][] signs = new double[1 << k][k];
    for (int i = 0; i < signs.length; i++) {
      for (int j = 0; j < k; j++) {
        signs[i][j] = (i >> j & 1) == 0 ? 1 : -1;
      }
    }
    return signs;
  }

  private static double[] constant(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[][] gaussian(Random random, int rows, int columns) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      Arrays.setAll(row, b -> random.nextGaussian());
    }
    return numbers;
  }

  /** M and the further rows, by rows. */
  public double[][] equations() {
    double[][] all = Arrays.copyOf(m, m.length + further.length);
    System.arraycopy(further, 0, all, m.length, further.length);
    return all;
  }

  /** M, column-major. */
  public double[] columns() {
    double[] columns = new double[m.length * anchor.length];
    for (int r = 0; r < m.length; r++) {
      for (int b = 0; b < anchor.length; b++) {
        columns[r + b * m.length] = m[r][b];
      }
    }
    return columns;
  }

  /** As the code under test has it. */
  public Polytope polytope() {
    return Polytope.of(m.length, columns(), List.of(further), anchor, 0);
  }

  /** As its definition has it. */
  public BasisEnumeration bases() {
    return new BasisEnumeration(equations(), anchor);
  }

  /** The largest violation of an equation by beta, relative to the sum of its absolute terms. */
  public double violation(double[] beta) {
    double worst = 0;
    for (double[] row : equations()) {
      double difference = 0;
      double size = Double.MIN_NORMAL;
      for (int b = 0; b < beta.length; b++) {
        difference += row[b] * beta[b] - row[b] * anchor[b];
        size += Math.abs(row[b] * anchor[b]) + Math.abs(row[b] * beta[b]);
      }
      worst = Math.max(worst, Math.abs(difference) / size);
    }
    return worst;
  }

  @Override
  public String toString() {
    return name;
  }
}
