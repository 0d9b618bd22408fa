package org.relupath.core.reference;

import java.util.Random;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/**
 * A small program to solve. Its name ends in the seed that makes it again.
 *
 * @param name what it is, as test reports show it
 * @param x X, a row an observation
 * @param y the targets
 * @param gates a row a gate vector
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record Instance(String name, double[][] x, double[] y, double[][] gates) {

  /** Shapes of X that have broken solvers. */
  public enum Shape {
    GAUSSIAN(24, 3, 14),
    TALL(70, 2, 20),
    WIDE(6, 11, 17),
    ONE_HOT(30, 13, 25),
    DUPLICATED_COLUMNS(25, 6, 20),
    CONSTANT_COLUMN(20, 4, 12),
    ZERO_COLUMN(20, 4, 12),
    REPEATED_ROWS(24, 3, 15),
    ZERO_ROWS(18, 3, 12),
    ONE_ROW(1, 4, 6),
    ONE_COLUMN(15, 1, 5),
    ONE_NUMBER(1, 1, 4),
    SCALED_COLUMNS(25, 4, 15),
    COLLINEAR_ROWS(16, 2, 10),
    SQUARE(9, 9, 30),
    LARGE_TARGETS(20, 3, 12),
    SMALL_TARGETS(20, 3, 12);

    private final int n;
    private final int d;
    private final int count;

    Shape(int n, int d, int count) {
      this.n = n;
      this.d = d;
      this.count = count;
    }
  }

  /** A random instance of a shape. */
  public static Instance of(Shape shape, long seed) {
    Random random = new Random(seed * 31 + shape.ordinal());
    double[][] x = gaussian(random, shape.n, shape.d);
    double[][] gates = gaussian(random, shape.count, shape.d);
    double[] teacher = gaussian(random, 1, shape.d)[0];
    for (int r = 0; r < shape.n; r++) {
      reshape(shape, x, r, random);
    }
    double scale = shape == Shape.LARGE_TARGETS ? 1e7 : shape == Shape.SMALL_TARGETS ? 1e-7 : 1;
    double[] y = new double[shape.n];
    for (int r = 0; r < shape.n; r++) {
      y[r] = scale * (Math.abs(Dense.dot(x[r], teacher)) + 0.5 * random.nextGaussian());
    }
    return new Instance(shape + " seed " + seed, x, y, gates);
  }

  private static void reshape(Shape shape, double[][] x, int r, Random random) {
    double[] row = x[r];
    switch (shape) {
      case ONE_HOT -> {
        java.util.Arrays.fill(row, 0);
        for (int feature = 0; feature < 4; feature++) {
          row[3 * feature + random.nextInt(3)] = 1;
        }
        row[12] = 1;
      }
      case DUPLICATED_COLUMNS -> {
        row[3] = row[0];
        row[4] = -row[1];
        row[5] = row[0] + row[1];
      }
      case CONSTANT_COLUMN -> row[row.length - 1] = 1;
      case ZERO_COLUMN -> row[1] = 0;
      case REPEATED_ROWS -> x[r] = x[r % 8].clone();
      case ZERO_ROWS -> {
        if (r % 3 == 0) {
          java.util.Arrays.fill(row, 0);
        }
      }
      case SCALED_COLUMNS -> {
        row[0] *= 1e-3;
        row[1] *= 1e3;
      }
      case COLLINEAR_ROWS -> x[r] = Dense.times(r % 2 == 0 ? 1 + r : -1 - r, x[r % 4]);
      default -> {}
    }
  }

  /** Independent standard normal numbers. */
  public static double[][] gaussian(Random random, int rows, int columns) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      for (int k = 0; k < columns; k++) {
        row[k] = random.nextGaussian();
      }
    }
    return numbers;
  }

  /** This data as the code under test takes it. */
  public ConvexProgram program(Model model) {
    Matrix matrix = Matrix.ofRows(x);
    return new ConvexProgram(
        new Problem(matrix, y.clone(), model), Patterns.of(matrix, Matrix.ofRows(gates)));
  }

  /** This data as the definitions have it. */
  public DenseProgram dense(Model model) {
    return new DenseProgram(x, y, model, DenseProgram.patternsOf(x, gates));
  }

  /** A new solver. */
  public Solver solver(Model model) {
    ConvexProgram program = program(model);
    return new Solver(program.problem(), new Pricer(program));
  }

  /** Solved from zero to a relative gap. */
  public Solution solve(Model model, double lambda, double tolerance) {
    return solver(model).solve(lambda, Settings.to(tolerance));
  }

  /** lambda_max by the code under test. */
  public double lambdaMax(Model model) {
    return new Pricer(program(model)).maxNorm(y);
  }

  @Override
  public String toString() {
    return name;
  }
}
