package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;

/**
 * One pass over rows for the gradients of h(w) = s u'(X w)_+ at many directions w of several ReLU
 * networks at once, u = y - sum_b s_b (X w_b)_+ the residual of the network:
 *
 * <pre>grad h(w) = s X' D(w) u,   h(w) = w' grad h(w).</pre>
 *
 * Directions may be looked for, or be the network's own neurons, whose gradients are those of its
 * loss.
 *
 * @param climbs the networks with their directions
 */
public record ClimbPass(List<Climb> climbs) implements RowQuestion<List<ClimbPass.Sums>> {
  /** Rows whose scores are held at once: they then stay in a cache of a few MB. */
  private static final int ROWS = 1024;

  /**
   * A network and what is asked about its residual.
   *
   * @param weights of the network
   * @param directions S x d, a direction a row
   * @param signs s of each direction, +1 or -1
   * @param widths where curvature is asked for, half the width of each direction's border; else
   *     empty
   */
  @SuppressWarnings("ArrayRecordComponent") // a question, never compared
  public record Climb(BlockWeights weights, Matrix directions, int[] signs, double[] widths)
      implements Serializable {
    /** Checks the shape and drops zero blocks. */
    public Climb {
      if (signs.length != directions.rows()) {
        throw new IllegalArgumentException(
            signs.length + " signs, expected one for each of " + directions.rows() + " directions");
      }
      if (widths.length != 0 && widths.length != signs.length) {
        throw new IllegalArgumentException(
            widths.length + " widths, expected none or one for each of " + signs.length + " signs");
      }
      weights = weights.compact();
    }

    /** How many numbers come back, but for two. */
    public long numbers() {
      long d = directions.columns();
      return signs.length * d + widths.length * d * d;
    }

    private Sums zero() {
      int d = directions.columns();
      return new Sums(
          new double[2], new double[signs.length * d], new double[widths.length * d * d]);
    }
  }

  /**
   * What rows add up to for one network.
   *
   * @param fit ||u||^2 and y'u
   * @param gradients of its directions, S x d
   * @param borders for each direction w with a width h, how fast its gradient turns as rows cross
   *     its border: s sum_r u_r / (2 h) x_r x_r' over the rows with |x_r'w| &lt; h, d x d each
   */
  @SuppressWarnings("ArrayRecordComponent") // sums, never compared
  public record Sums(double[] fit, double[] gradients, double[] borders) implements Serializable {
    /** ||u||^2. */
    public double square() {
      return fit[0];
    }

    /** y'u. */
    public double product() {
      return fit[1];
    }

    private Sums plus(Sums other) {
      return new Sums(
          LocalRows.plus(fit, other.fit),
          LocalRows.plus(gradients, other.gradients),
          LocalRows.plus(borders, other.borders));
    }
  }

  /** Copies the list. */
  public ClimbPass {
    climbs = List.copyOf(climbs);
  }

  @Override
  public String what() {
    int directions = climbs.stream().mapToInt(climb -> climb.signs.length).sum();
    return directions + " directions at " + climbs.size() + " networks";
  }

  @Override
  public List<Sums> plus(List<Sums> a, List<Sums> b) {
    List<Sums> sums = new ArrayList<>();
    for (int l = 0; l < a.size(); l++) {
      sums.add(a.get(l).plus(b.get(l)));
    }
    return sums;
  }

  @Override
  public List<Sums> with(OtherRows others, List<Sums> own) {
    for (int l = 0; l < own.size(); l++) {
      Climb climb = climbs.get(l);
      Sums sums = own.get(l);
      int d = climb.directions.columns();
      double[] w = climb.weights.values();
      OtherRows.Answer found = others.answer(climb.weights, b -> others.nearest(w, b * d));
      sums.fit[0] += found.square();
      sums.fit[1] += found.product();
      for (int j = 0; j < climb.signs.length; j++) {
        if (others.knows(climb.directions.values(), j * d)) {
          others.add(
              found, climb.signs[j], climb.directions.values(), j * d, sums.gradients, j * d);
        } else {
          Arrays.fill(sums.gradients, j * d, (j + 1) * d, 0);
        }
      }
    }
    return own;
  }

  @Override
  public Worker<List<Sums>> worker() {
    int widest =
        climbs.stream()
            .mapToInt(climb -> Math.max(climb.signs.length, climb.weights.size()))
            .max()
            .orElse(0);
    double[] scores = new double[ROWS * widest];
    return block -> {
      List<Sums> sums = new ArrayList<>();
      for (Climb climb : climbs) {
        Sums own = climb.zero();
        for (int from = 0; from < block.rows(); from += ROWS) {
          add(climb, block, from, Math.min(ROWS, block.rows() - from), scores, own);
        }
        sums.add(own);
      }
      return sums;
    };
  }

  private static void add(
      Climb climb, RowBlock block, int from, int rows, double[] scores, Sums sums) {
    int d = climb.directions.columns();
    int count = climb.signs.length;
    double[] x = block.x().values();
    double[] w = climb.directions.values();
    int at = from * d;
    double[] u = residual(climb.weights, block, from, rows, scores);
    sums.fit[0] += Vectors.dot(u, u);
    sums.fit[1] += Vectors.dot(block.y(), from, u, 0, rows);
    Blas.gemm(true, false, count, rows, d, 1, w, 0, d, x, at, d, 0, scores, 0, count);
    for (int j = 0; j < climb.widths.length; j++) {
      border(climb, j, block, from, u, scores, sums.borders);
    }
    for (int r = 0, i = 0; r < rows; r++) {
      for (int j = 0; j < count; j++, i++) {
        scores[i] = scores[i] >= 0 ? climb.signs[j] * u[r] : 0;
      }
    }
    Blas.gemm(false, true, d, count, rows, 1, x, at, d, scores, 0, count, 1, sums.gradients, 0, d);
  }

  private static void border(
      Climb climb, int j, RowBlock block, int from, double[] u, double[] scores, double[] borders) {
    int d = climb.directions.columns();
    double[] x = block.x().values();
    double width = climb.widths[j];
    double[] near = new double[u.length * d];
    double[] weighted = new double[u.length * d];
    int count = 0;
    for (int r = 0; r < u.length; r++) {
      if (Math.abs(scores[r * climb.signs.length + j]) < width) {
        System.arraycopy(x, (from + r) * d, near, count * d, d);
        double weight = climb.signs[j] * u[r] / (2 * width);
        Vectors.axpy(weight, x, (from + r) * d, weighted, count * d, d);
        count++;
      }
    }
    int at = j * d * d;
    Blas.gemm(false, true, d, d, count, 1, near, 0, d, weighted, 0, d, 1, borders, at, d);
  }

  private static double[] residual(
      BlockWeights weights, RowBlock block, int from, int rows, double[] scores) {
    int d = weights.d();
    int width = weights.size();
    double[] u = new double[rows];
    double[] w = weights.values();
    double[] x = block.x().values();
    Blas.gemm(true, false, width, rows, d, 1, w, 0, d, x, from * d, d, 0, scores, 0, width);
    for (int r = 0; r < rows; r++) {
      u[r] = block.y()[from + r];
      for (int b = 0; b < width; b++) {
        u[r] -= weights.blocks().get(b).sign() * Math.max(0, scores[r * width + b]);
      }
    }
    return u;
  }
}
