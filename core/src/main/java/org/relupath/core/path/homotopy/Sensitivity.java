package org.relupath.core.path.homotopy;

import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.path.piece.Linearization;
import org.relupath.core.path.piece.Piece;
import org.relupath.core.path.piece.PiecePoint;
import org.relupath.core.program.BlockWeights;

/**
 * How the optimum of one smooth piece of the path moves (core/docs/mathematics.md#path): with H =
 * N'Z'Z N + lambda blockdiag(N_b'(I - w_b w_b' / ||w_b||^2) N_b / ||w_b||),
 *
 * <pre>dw/dlambda = -N H^-1 N'[w_b / ||w_b||],   dw/dy = N H^-1 N'Z',   df = trace(Z dw/dy).</pre>
 *
 * <p>The loss is a sum here: with a mean over n rows dw/dlambda is n times this one's. Weights of
 * neurons that are several blocks on one ray are written on the first of them.
 */
public final class Sensitivity {
  /** Larger Jacobians than this many numbers are not formed. */
  private static final long LARGEST = 1L << 26;

  private final PiecePoint point;
  private final Linearization linearization;

  /** The derivatives at the base of a piece, whose linearised conditions are its base's own. */
  Sensitivity(Piece piece) {
    this.point = piece.base();
    this.linearization = piece.linearization();
  }

  /** The regularization that the derivatives are for. */
  public double lambda() {
    return point.lambda();
  }

  /** w, the optimum itself, to rounding. */
  public BlockWeights weights() {
    return point.weights();
  }

  /** dw/dlambda. */
  public BlockWeights alongLambda() {
    return weightChange(linearization.alongLambda());
  }

  /**
   * (dw/dy) dy, the change of the weights for a change of the targets.
   *
   * @param dy n entries, each times the root of its row's weight
   */
  public BlockWeights alongTargets(double[] dy) {
    if (dy.length != point.problem().n()) {
      throw new IllegalArgumentException(
          "dy has " + dy.length + " entries, expected " + point.problem().n());
    }
    return weightChange(linearization.alongTargets(dy));
  }

  /**
   * dw/dy of the targets before they were weighted, with d rows for every block of {@link
   * #alongTargets} in their order, and n columns.
   *
   * @throws IllegalStateException if it has more than 2^26 entries
   */
  public Matrix targetsJacobian() {
    int n = point.problem().n();
    int rows = point.size() * point.problem().d();
    if ((long) rows * n > LARGEST) {
      throw new IllegalStateException(
          "dw/dy has " + rows + " x " + n + " entries, more than " + LARGEST);
    }
    Matrix jacobian = Matrix.zeros(rows, n);
    for (int r = 0; r < n; r++) {
      double[] unit = new double[n];
      unit[r] = point.problem().root(r);
      double[] column = alongTargets(unit).values();
      for (int i = 0; i < rows; i++) {
        jacobian.values()[i * n + r] = column[i];
      }
    }
    return jacobian;
  }

  /**
   * df = trace(Z dw/dy), the degrees of freedom of the fit in Stein's unbiased estimate of its
   * risk.
   *
   * <p>Where the label's mean was taken off before, the fit is 1 m + f(y - 1 m) with m = 1'y / n,
   * and J = d f(X) / dy acts on what is left: df = tr J + 1 - 1'J 1 / n. The mean is one more
   * degree as far as the network does not fit it already; df is at most n. Of weighted rows the
   * ones are the roots of the weights, and n their sum.
   *
   * @param centred whether it was
   */
  public double degreesOfFreedom(boolean centred) {
    double own = linearization.degreesOfFreedom();
    return centred ? own + meanLeft() : own;
  }

  /** 1'(1 - J 1) / 1'1, the mean of the residual's change when all targets rise by one. */
  private double meanLeft() {
    double[] ones =
        IntStream.range(0, point.problem().n()).mapToDouble(point.problem()::root).toArray();
    return Vectors.dot(ones, linearization.alongTargets(ones).residual()) / Vectors.dot(ones, ones);
  }

  /** d(a N z) = N (da z + a dz). */
  private BlockWeights weightChange(Linearization.Step step) {
    double[][] rows = new double[point.size()][];
    for (int b = 0; b < rows.length; b++) {
      double[] z = point.directions()[b].clone();
      Vectors.scale(step.norms()[b], z, 0, z.length);
      Vectors.axpy(point.norms()[b], step.directions()[b], 0, z, 0, z.length);
      rows[b] = point.neurons().get(b).face().lift(z);
    }
    return point.onBlocks(rows);
  }
}
