package org.relupath.core.path.piece;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;

/**
 * A point of a piece: w_b = a_b N_b z_b with ||z_b|| = 1 for the neurons b of a support.
 *
 * <p>In these polar coordinates the piece goes on smoothly where a norm passes through zero, which
 * is how the end of a neuron is found.
 *
 * @param problem X and y
 * @param neurons the k neurons
 * @param lambda the regularization
 * @param norms a_b, k; negative ones lie beyond the end of the piece
 * @param directions z_b, unit vectors of the faces' dimensions
 * @param residual u = y - sum_b a_b Z_b N_b z_b, n
 * @param error max_b ||N_b'Z_b'u - lambda z_b|| / lambda, 0 for no neurons
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a point, never compared as a whole
public record PiecePoint(
    Problem problem,
    List<Neuron> neurons,
    double lambda,
    double[] norms,
    double[][] directions,
    double[] residual,
    double error) {

  /** The point of given coordinates, with its residual and error computed. */
  public static PiecePoint of(
      Problem problem, List<Neuron> neurons, double lambda, double[] norms, double[][] directions) {
    problem.requireSquares("a piece of the path");
    double[] x = problem.x().values();
    double[] u = problem.y().clone();
    for (int b = 0; b < norms.length; b++) {
      neurons.get(b).addFit(x, -norms[b], neurons.get(b).face().lift(directions[b]), u);
    }
    PiecePoint point = new PiecePoint(problem, neurons, lambda, norms, directions, u, 0);
    double error = 0;
    for (double[] e : point.errors()) {
      error = Math.max(error, Vectors.norm(e) / lambda);
    }
    return new PiecePoint(problem, neurons, lambda, norms, directions, u, error);
  }

  /** k. */
  public int size() {
    return norms.length;
  }

  /** e_b = N_b'Z_b'u - lambda z_b for every neuron: zero on the piece. */
  double[][] errors() {
    double[][] errors = new double[size()][];
    for (int b = 0; b < size(); b++) {
      errors[b] = neurons.get(b).reducedCorrelation(problem.x().values(), problem.d(), residual);
      Vectors.axpy(-lambda, directions[b], 0, errors[b], 0, errors[b].length);
    }
    return errors;
  }

  /** N_b z_b, the unit vector of a neuron's ray. */
  public double[] ray(int b) {
    return neurons.get(b).face().lift(directions[b]);
  }

  /** These coordinates at another lambda, moved by t steps, with directions made unit again. */
  PiecePoint moved(double newLambda, double t, Linearization.Step step) {
    double[] a = norms.clone();
    double[][] z = new double[size()][];
    for (int b = 0; b < size(); b++) {
      a[b] += t * step.norms()[b];
      z[b] = directions[b].clone();
      Vectors.axpy(t, step.directions()[b], 0, z[b], 0, z[b].length);
      Vectors.scale(1 / Vectors.norm(z[b]), z[b], 0, z[b].length);
    }
    return of(problem, neurons, newLambda, a, z);
  }

  /** The weights, on the first block of every neuron; neurons of negative norm are left out. */
  public BlockWeights weights() {
    double[][] rows = new double[size()][];
    for (int b = 0; b < size(); b++) {
      rows[b] = ray(b);
      Vectors.scale(Math.max(norms[b], 0), rows[b], 0, rows[b].length);
    }
    return onBlocks(rows).compact();
  }

  /** A vector of d entries for every neuron, on its first block. */
  public BlockWeights onBlocks(double[][] rows) {
    int d = problem.d();
    List<Block> blocks = new ArrayList<>();
    double[] values = new double[size() * d];
    for (int b = 0; b < size(); b++) {
      blocks.add(neurons.get(b).block());
      System.arraycopy(rows[b], 0, values, b * d, d);
    }
    return new BlockWeights(blocks, d, values);
  }
}
