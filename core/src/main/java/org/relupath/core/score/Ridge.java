package org.relupath.core.score;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.linalg.Vectors;

/**
 * Ridge regression on the columns that a network's solver sees, for a grid of penalties at once:
 *
 * <pre>min over w and b of sum_r weight_r (y_r - b - (x_r - mean)'w)^2 + penalty ||w||^2</pre>
 *
 * <p>In the eigenvectors V of the centred Gram matrix V diag(s) V', w = V diag(1 / (s + penalty))
 * q. Rows are prepared block by block, so that it takes memory for a block and a d x d matrix.
 *
 * <p>Not MLlib's, whose linear regression is a job on executors and has no leave-one-out error.
 *
 * @param preprocessing from raw columns to x and from labels to y; with a column of ones, that has
 *     mean 1 and w = 0, as b is not penalised
 * @param penalties k, smallest last
 * @param mean d, of the columns of x over the training rows, weighted
 * @param coefficients k x d, a row w for each penalty
 * @param intercept b, the weighted mean of y
 * @param leaveOneOut for each penalty the weighted mean squared error of every training row by the
 *     regression of all others, in closed form: (y_r - prediction_r) / (1 - h_r), h_r = weight_r (1
 *     / sum of weights + sum_j z_rj^2 / (s_j + penalty)), z_r = V'(x_r - mean)
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record Ridge(
    Preprocessing preprocessing,
    double[] penalties,
    double[] mean,
    Matrix coefficients,
    double intercept,
    double[] leaveOneOut) {
  /** Columns that an eigendecomposition of a second at most has. */
  public static final int MOST_COLUMNS = 500;

  /** Rows that are prepared at once. */
  private static final int BLOCK = 1024;

  /** Penalties a factor of 10. */
  private static final int PER_DECADE = 2;

  /** The largest penalty over the largest eigenvalue: of that on, w is all but zero. */
  private static final int LARGEST = 2;

  /** The smallest penalty over it, above what rounding leaves of the Gram matrix. */
  private static final int SMALLEST = -8;

  /**
   * Fits all penalties of the grid, from 100 to 1e-8 times the largest eigenvalue.
   *
   * @param rows labelled, at least one, with at most {@link #MOST_COLUMNS} prepared columns
   */
  public static Ridge fit(Observations rows, Preprocessing preprocessing) {
    int d = preprocessing.dimension();
    double[] y = preprocessing.mapped(rows.targets());
    Scores targets = new Scores(y, y, rows.weights());
    double total = targets.weight();
    double intercept = targets.meanTarget();
    double[] mean = new double[d];
    for (int from = 0; from < y.length; from += BLOCK) {
      Matrix x = block(rows.cells(), preprocessing, from);
      for (int r = 0; r < x.rows(); r++) {
        Vectors.axpy(targets.weight(from + r) / total, x.values(), r * d, mean, 0, d);
      }
    }
    double[] gram = new double[d * d];
    double[] product = new double[d];
    for (int from = 0; from < y.length; from += BLOCK) {
      Block own = Block.of(rows.cells(), preprocessing, targets, mean, from);
      Blas.syrk(false, d, own.rows, 1, own.x, d, 1, gram, d);
      Blas.gemv(false, d, own.rows, 1, own.x, d, own.y(targets, from, intercept), 1, product);
    }
    SymmetricEigen eigen = SymmetricEigen.of(d, gram);
    double[] s = Arrays.stream(eigen.values()).map(value -> Math.max(0, value)).toArray();
    double[] penalties = grid(s[0]);
    double[] q = new double[d];
    Blas.gemv(true, d, d, 1, eigen.vectors(), d, product, 0, q);
    Matrix coefficients = Matrix.zeros(penalties.length, d);
    for (int k = 0; k < penalties.length; k++) {
      double penalty = penalties[k];
      double[] along = IntStream.range(0, d).mapToDouble(j -> q[j] / (s[j] + penalty)).toArray();
      double[] w = new double[d];
      Blas.gemv(false, d, d, 1, eigen.vectors(), d, along, 0, w);
      System.arraycopy(w, 0, coefficients.values(), k * d, d);
    }
    double[] errors = new double[penalties.length];
    for (int from = 0; from < y.length; from += BLOCK) {
      Block own = Block.of(rows.cells(), preprocessing, targets, mean, from);
      double[] z = new double[d * own.rows];
      Blas.gemm(true, false, d, own.rows, d, 1, eigen.vectors(), d, own.x, d, 0, z, d);
      double[] left = own.y(targets, from, intercept);
      for (int k = 0; k < penalties.length; k++) {
        double penalty = penalties[k];
        double[] inverse = Arrays.stream(s).map(value -> 1 / (value + penalty)).toArray();
        for (int r = 0; r < own.rows; r++) {
          double residual = left[r];
          double leverage = targets.weight(from + r) / total;
          for (int j = 0; j < d; j++) {
            double share = z[r * d + j] * inverse[j];
            residual -= share * q[j];
            leverage += share * z[r * d + j];
          }
          double error = residual / (1 - leverage);
          errors[k] += error * error / total;
        }
      }
    }
    return new Ridge(preprocessing, penalties, mean, coefficients, intercept, errors);
  }

  private static double[] grid(double largest) {
    double unit = largest > 0 ? largest : 1;
    return IntStream.rangeClosed(0, (LARGEST - SMALLEST) * PER_DECADE)
        .mapToDouble(k -> unit * Math.pow(10, LARGEST - (double) k / PER_DECADE))
        .toArray();
  }

  private static Matrix block(Design raw, Preprocessing preprocessing, int from) {
    int to = Math.min(raw.rows(), from + BLOCK);
    return preprocessing.design(raw.selectRows(IntStream.range(from, to).toArray()).dense());
  }

  /**
   * Some training rows, centred, times the root of their weight.
   *
   * @param x d x rows, column-major
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Block(int rows, double[] x) {
    static Block of(
        Design raw, Preprocessing preprocessing, Scores targets, double[] mean, int from) {
      Matrix x = block(raw, preprocessing, from);
      int d = mean.length;
      for (int r = 0; r < x.rows(); r++) {
        Vectors.axpy(-1, mean, 0, x.values(), r * d, d);
        Vectors.scale(Math.sqrt(targets.weight(from + r)), x.values(), r * d, d);
      }
      return new Block(x.rows(), x.values());
    }

    double[] y(Scores targets, int from, double intercept) {
      return IntStream.range(from, from + rows)
          .mapToDouble(r -> Math.sqrt(targets.weight(r)) * (targets.targets()[r] - intercept))
          .toArray();
    }
  }

  /** What the regression of every penalty predicts of raw rows: an array a penalty. */
  public double[][] predict(Design raw) {
    return predict(raw, coefficients);
  }

  /** What the regression of one penalty predicts of raw rows. */
  public double[] predict(Design raw, int penalty) {
    return predict(raw, coefficients.selectRows(new int[] {penalty}))[0];
  }

  private double[][] predict(Design raw, Matrix chosen) {
    int d = mean.length;
    int k = chosen.rows();
    double[][] predictions = new double[k][raw.rows()];
    for (int from = 0; from < raw.rows(); from += BLOCK) {
      Matrix x = block(raw, preprocessing, from);
      for (int r = 0; r < x.rows(); r++) {
        Vectors.axpy(-1, mean, 0, x.values(), r * d, d);
        for (int i = 0; i < k; i++) {
          predictions[i][from + r] =
              intercept + Vectors.dot(x.values(), r * d, chosen.values(), i * d, d);
        }
      }
    }
    return predictions;
  }
}
